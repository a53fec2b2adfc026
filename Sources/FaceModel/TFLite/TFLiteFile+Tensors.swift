extension TFLiteFile {
  /// The element types that the face models use.
  ///
  /// Source: `TensorType` in the TFLite schema.
  enum ElementType: Equatable, Sendable {
    case float32
    case float16
    case int32
    case other(UInt8)

    init(code: UInt8) {
      switch code {
      case 0: self = .float32
      case 1: self = .float16
      case 2: self = .int32
      default: self = .other(code)
      }
    }

    /// Bytes an element, or nil for a type that is not read.
    var width: Int? {
      switch self {
      case .float32, .int32: 4
      case .float16: 2
      case .other: nil
      }
    }
  }

  /// One tensor of the file.
  struct Tensor: Sendable {
    /// Dimensions as written; they may still be negative or too large.
    let shape: [Int]
    let type: ElementType
    /// Where the constant's bytes lie in the file; nil when the tensor is computed.
    let data: Range<Int>?
    /// The table that says how the constant's values are packed, when it is stored sparsely.
    ///
    /// It is read when the values are: tensors may share it, and a crafted file would multiply it.
    let sparsity: FlatBufferReader.Table?
  }

  /// The byte ranges of the buffers: nil for an empty one, which marks a computed tensor.
  static func readBuffers(
    _ reader: FlatBufferReader, model: FlatBufferReader.Table
  ) throws(ModelError) -> [Range<Int>?] {
    let tables = try reader.tables(4, of: model, limit: Limit.buffers)
    var ranges: [Range<Int>?] = []
    ranges.reserveCapacity(tables.count)
    for table in tables {
      let range = try reader.vector(0, of: table, stride: 1)?.byteRange
      ranges.append(range.flatMap { $0.isEmpty ? nil : $0 })
    }
    return ranges
  }

  static func readTensors(
    _ reader: FlatBufferReader, graph: FlatBufferReader.Table, buffers: [Range<Int>?]
  ) throws(ModelError) -> [Tensor] {
    let tables = try reader.tables(0, of: graph, limit: Limit.tensors)
    var tensors: [Tensor] = []
    tensors.reserveCapacity(tables.count)
    for table in tables {
      let buffer = Int(try reader.uint32(2, of: table, default: 0))
      guard buffers.indices.contains(buffer) else {
        throw reader.malformed("buffer \(buffer) of \(buffers.count)", at: table.position)
      }
      tensors.append(
        Tensor(
          shape: try reader.int32s(0, of: table, limit: Limit.rank),
          type: ElementType(code: try reader.uint8(1, of: table, default: 0)),
          data: buffers[buffer],
          sparsity: try reader.table(6, of: table)))
    }
    return tensors
  }

  // MARK: Constants

  /// Refuses a tensor that is not a floating-point constant with the data that its shape asks for.
  ///
  /// Sparse tensors are checked when they are expanded.
  func checkFloats(of index: Int, shape: TensorShape) throws(ModelError) {
    let tensor = tensors[index]
    guard let data = tensor.data else { throw invalid(index, "has no data") }
    guard tensor.type == .float32 || tensor.type == .float16, let width = tensor.type.width else {
      throw invalid(index, "is not floating point")
    }
    guard tensor.sparsity != nil || data.count == shape.count * width else {
      throw invalid(index, "holds \(data.count) bytes, its shape asks \(shape.count * width)")
    }
  }

  /// The values of a constant float tensor where they stand in the program; `nil` for one that must
  /// be copied: in half precision, sparse, or in a file that is not part of the program.
  func residentFloats(of index: Int, shape: TensorShape) -> UnsafePointer<Float>? {
    let tensor = tensors[index]
    guard let data = tensor.data, tensor.type == .float32, tensor.sparsity == nil,
      data.count == shape.count * MemoryLayout<Float>.stride
    else { return nil }
    return unsafe reader.bytes.floats(data)
  }

  /// Writes the values of a constant float tensor, dense, in row-major order.
  ///
  /// Half-precision values are widened and sparse tensors are expanded with zeros.
  ///
  /// - Parameters:
  ///   - shape: the tensor's checked shape.
  ///   - destination: `shape.count` zeros.
  /// - Throws: what `checkFloats` throws, and `invalidGraph` when a sparse tensor contradicts itself.
  func copyFloats(
    of index: Int, shape: TensorShape, to destination: inout MutableSpan<Float>
  ) throws(ModelError) {
    try checkFloats(of: index, shape: shape)
    guard let data = tensors[index].data else { return }
    let isHalf = tensors[index].type == .float16
    var places: [Int]?
    if let table = tensors[index].sparsity {
      let found = try Sparsity(reader, table).places(shape: shape) { (cause) in
        self.invalid(index, cause)
      }
      guard found.count * (isHalf ? 2 : 4) == data.count else {
        throw invalid(index, "holds \(data.count) bytes for \(found.count) places")
      }
      places = found
    }
    if isHalf, places == nil { return reader.bytes.widenHalves(data, to: &destination) }
    reader.bytes.withSpan { bytes in
      let bytes = bytes.extracting(data)
      if let places {
        for (stored, place) in places.enumerated() {
          destination[place] = Self.float(at: stored, of: bytes, isHalf: isHalf)
        }
      } else {
        for place in 0..<shape.count {
          destination[place] = Self.float(at: place, of: bytes, isHalf: false)
        }
      }
    }
  }

  /// The values of a constant 32-bit integer tensor, at most `limit` of them.
  func int32s(of index: Int, limit: Int) throws(ModelError) -> [Int] {
    let tensor = tensors[index]
    guard tensor.type == .int32, tensor.sparsity == nil, let data = tensor.data else {
      throw invalid(index, "is not a constant of 32-bit integers")
    }
    guard data.count % 4 == 0, data.count / 4 <= limit else {
      throw invalid(index, "holds \(data.count) bytes")
    }
    var values: [Int] = []
    for offset in stride(from: data.lowerBound, to: data.upperBound, by: 4) {
      values.append(Int(try reader.int32(at: offset)))
    }
    return values
  }

  private func invalid(_ index: Int, _ cause: String) -> ModelError {
    ModelError(
      .invalidGraph, file: name, offset: tensors[index].data?.lowerBound,
      "tensor \(index) \(cause)")
  }

  /// Number `index` of a little-endian vector.
  private static func float(at index: Int, of bytes: Span<UInt8>, isHalf: Bool) -> Float {
    let byte = index * (isHalf ? 2 : 4)
    let low = UInt16(bytes[byte]) | UInt16(bytes[byte + 1]) << 8
    if isHalf { return widenHalf(low) }
    let high = UInt16(bytes[byte + 2]) | UInt16(bytes[byte + 3]) << 8
    return Float(bitPattern: UInt32(low) | UInt32(high) << 16)
  }
}
