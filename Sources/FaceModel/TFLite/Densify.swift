/// How a sparse constant's values are laid out.
///
/// The dimensions are stored one after another: a dense one repeats for each of its indices, a
/// compressed one (CSR) lists for each parent the indices that hold something.
/// Source: `SparsityParameters` in the TFLite schema.
struct Sparsity: Sendable {
  /// The order in which the dimensions are stored.
  let traversalOrder: [Int]
  /// Entries of the block map; blocks are not supported, so it must be empty.
  let blockMapCount: Int
  let dimensions: [Dimension]

  /// One stored dimension.
  enum Dimension: Sendable {
    case dense(size: Int)
    case compressed(segments: [Int], indices: [Int])
  }

  init(_ reader: FlatBufferReader, _ table: FlatBufferReader.Table) throws(ModelError) {
    let rank = TFLiteFile.Limit.rank
    traversalOrder = try reader.int32s(0, of: table, limit: rank)
    blockMapCount = try reader.int32s(1, of: table, limit: rank).count
    var dimensions: [Dimension] = []
    for entry in try reader.tables(2, of: table, limit: rank) {
      if try reader.uint8(0, of: entry, default: 0) == 0 {
        dimensions.append(.dense(size: Int(try reader.int32(1, of: entry, default: 0))))
      } else {
        dimensions.append(
          .compressed(
            segments: try Self.indexVector(reader, entry, typeField: 2),
            indices: try Self.indexVector(reader, entry, typeField: 4)))
      }
    }
    self.dimensions = dimensions
  }

  /// Reads a `SparseIndexVector`: a union of 32-bit signed, 16-bit and 8-bit unsigned vectors.
  private static func indexVector(
    _ reader: FlatBufferReader, _ entry: FlatBufferReader.Table, typeField: Int
  ) throws(ModelError) -> [Int] {
    let type = try reader.uint8(typeField, of: entry, default: 0)
    guard let table = try reader.table(typeField + 1, of: entry) else {
      throw reader.malformed("a compressed dimension without indices", at: entry.position)
    }
    let widths: [UInt8: Int] = [1: 4, 2: 2, 3: 1]
    guard let width = widths[type] else {
      throw reader.malformed("sparse index type \(type)", at: entry.position)
    }
    guard let vector = try reader.vector(0, of: table, stride: width) else { return [] }
    guard vector.count <= TFLiteFile.Limit.elements else {
      throw reader.malformed("\(vector.count) sparse indices", at: vector.start)
    }
    var values: [Int] = []
    values.reserveCapacity(vector.count)
    for offset in Swift.stride(from: vector.start, to: vector.byteRange.upperBound, by: width) {
      switch width {
      case 4: values.append(Int(try reader.int32(at: offset)))
      case 2: values.append(Int(try reader.uint16(at: offset)))
      default: values.append(Int(try reader.uint8(at: offset)))
      }
    }
    return values
  }

  /// Where each stored value belongs in the dense, row-major tensor.
  ///
  /// - Parameters:
  ///   - shape: the dense shape; also the bound of the work and of the result.
  ///   - refusal: makes the error from a cause.
  /// - Returns: one place for each value, in storage order; unique and below `shape.count`.
  func places(
    shape: TensorShape, refusal: (String) -> ModelError
  ) throws(ModelError) -> [Int] {
    guard blockMapCount == 0, traversalOrder == Array(0..<shape.rank) else {
      throw refusal("is stored in blocks or out of order")
    }
    guard dimensions.count == shape.rank else {
      throw refusal("stores \(dimensions.count) dimensions of \(shape.rank)")
    }
    // Row-major positions of the entries that exist so far, one level of dimensions at a time.
    // Indices within a parent strictly increase, so positions are unique and never outnumber
    // the elements of the dense tensor.
    var positions = [0]
    for (size, dimension) in zip(shape.dimensions, dimensions) {
      var next: [Int] = []
      switch dimension {
      case .dense(let stated):
        guard stated == size else { throw refusal("states \(stated) entries, not \(size)") }
        next.reserveCapacity(positions.count * size)
        for position in positions {
          for index in 0..<size { next.append(position * size + index) }
        }
      case .compressed(let segments, let indices):
        guard segments.count == positions.count + 1, segments.first == 0,
          segments.last == indices.count
        else { throw refusal("has segments that do not match its entries") }
        next.reserveCapacity(indices.count)
        for (parent, position) in positions.enumerated() {
          let (start, end) = (segments[parent], segments[parent + 1])
          guard start <= end, end <= indices.count else {
            throw refusal("has segments out of order")
          }
          var previous = -1
          for index in indices[start..<end] {
            guard index > previous, index < size else {
              throw refusal("has a sparse index \(index) out of order or range")
            }
            next.append(position * size + index)
            previous = index
          }
        }
      }
      positions = next
    }
    return positions
  }
}
