/// A bounds-checked reader of one FlatBuffer.
///
/// Every read checks its range against the file and throws `ModelError` with the offset; nothing
/// traps. References in a FlatBuffer are unsigned and point forwards only, so following them ends;
/// the schema that is read on top has a fixed depth.
/// Source of the layout: FlatBuffers "Internals" document (tables, vtables, vectors, little endian).
struct FlatBufferReader: Sendable {
  /// The whole file.
  let bytes: ModelBytes
  /// The name used in errors.
  let file: String

  /// A table and its verified vtable.
  struct Table: Sendable {
    /// Offset of the table's inline data.
    let position: Int
    /// Bytes of inline data, including the reference to the vtable.
    let size: Int
    /// Offset of the vtable.
    let vtable: Int
    /// Bytes of the vtable.
    let vtableSize: Int
  }

  /// A vector whose elements lie wholly inside the file.
  struct Vector: Sendable {
    /// Offset of the first element.
    let start: Int
    /// Number of elements.
    let count: Int
    /// Bytes an element.
    let stride: Int

    /// The bytes that the elements occupy.
    var byteRange: Range<Int> { start..<(start + count * stride) }
  }

  func malformed(_ cause: String, at offset: Int) -> ModelError {
    ModelError(.malformed, file: file, offset: offset, cause)
  }

  // MARK: Scalars

  func uint8(at offset: Int) throws(ModelError) -> UInt8 {
    try check(offset, 1)
    return bytes[offset]
  }

  func uint16(at offset: Int) throws(ModelError) -> UInt16 {
    try check(offset, 2)
    return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
  }

  func uint32(at offset: Int) throws(ModelError) -> UInt32 {
    try check(offset, 4)
    return UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8
      | UInt32(bytes[offset + 2]) << 16 | UInt32(bytes[offset + 3]) << 24
  }

  func int32(at offset: Int) throws(ModelError) -> Int32 {
    Int32(bitPattern: try uint32(at: offset))
  }

  private func check(_ offset: Int, _ length: Int) throws(ModelError) {
    guard offset >= 0, offset <= bytes.count - length else {
      throw malformed("the file ends before this value", at: offset)
    }
  }

  // MARK: Tables

  /// The root table, after checking the four-character file identifier.
  func root(identifier: StaticString) throws(ModelError) -> Table {
    var position = 4
    for expected in identifier.description.utf8 {
      guard try uint8(at: position) == expected else {
        throw malformed("not a \(identifier) file", at: 4)
      }
      position += 1
    }
    return try table(at: Int(try uint32(at: 0)))
  }

  /// The table at an offset, with its vtable's bounds verified.
  func table(at position: Int) throws(ModelError) -> Table {
    let vtable = position - Int(try int32(at: position))
    let vtableSize = Int(try uint16(at: vtable))
    let size = Int(try uint16(at: vtable + 2))
    guard vtableSize >= 4, vtableSize % 2 == 0, vtable <= bytes.count - vtableSize else {
      throw malformed("the vtable does not fit", at: vtable)
    }
    guard size >= 4, position <= bytes.count - size else {
      throw malformed("the table does not fit", at: position)
    }
    return Table(position: position, size: size, vtable: vtable, vtableSize: vtableSize)
  }

  /// The offset of a field's inline data of `width` bytes, or nil when the field is absent.
  func field(_ id: Int, of table: Table, width: Int) throws(ModelError) -> Int? {
    let entry = 4 + 2 * id
    guard entry + 2 <= table.vtableSize else { return nil }
    let offset = Int(try uint16(at: table.vtable + entry))
    guard offset != 0 else { return nil }
    guard offset >= 4, offset + width <= table.size else {
      throw malformed("field \(id) lies outside its table", at: table.vtable + entry)
    }
    return table.position + offset
  }

  func uint8(_ id: Int, of table: Table, default absent: UInt8) throws(ModelError) -> UInt8 {
    guard let offset = try field(id, of: table, width: 1) else { return absent }
    return try uint8(at: offset)
  }

  func int32(_ id: Int, of table: Table, default absent: Int32) throws(ModelError) -> Int32 {
    guard let offset = try field(id, of: table, width: 4) else { return absent }
    return try int32(at: offset)
  }

  func uint32(_ id: Int, of table: Table, default absent: UInt32) throws(ModelError) -> UInt32 {
    guard let offset = try field(id, of: table, width: 4) else { return absent }
    return try uint32(at: offset)
  }

  /// The table that a field refers to, or nil when the field is absent.
  func table(_ id: Int, of parent: Table) throws(ModelError) -> Table? {
    guard let offset = try field(id, of: parent, width: 4) else { return nil }
    return try table(at: offset + Int(try uint32(at: offset)))
  }

  // MARK: Vectors

  /// The vector that a field refers to, or nil when the field is absent.
  func vector(_ id: Int, of table: Table, stride: Int) throws(ModelError) -> Vector? {
    guard let offset = try field(id, of: table, width: 4) else { return nil }
    let position = offset + Int(try uint32(at: offset))
    let count = Int(try uint32(at: position))
    // `count` is below 2^32 and `stride` at most 8: the product cannot overflow.
    guard count * stride <= bytes.count - position - 4 else {
      throw malformed("a vector of \(count) elements does not fit", at: position)
    }
    return Vector(start: position + 4, count: count, stride: stride)
  }

  /// The tables that a vector of references points to, at most `limit` of them.
  func tables(_ id: Int, of table: Table, limit: Int) throws(ModelError) -> [Table] {
    guard let vector = try vector(id, of: table, stride: 4) else { return [] }
    guard vector.count <= limit else {
      throw malformed("\(vector.count) entries, more than \(limit)", at: vector.start)
    }
    var tables: [Table] = []
    tables.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      let offset = vector.start + 4 * index
      tables.append(try self.table(at: offset + Int(try uint32(at: offset))))
    }
    return tables
  }

  /// A vector of 32-bit integers, at most `limit` of them; empty when the field is absent.
  func int32s(_ id: Int, of table: Table, limit: Int) throws(ModelError) -> [Int] {
    guard let vector = try vector(id, of: table, stride: 4) else { return [] }
    guard vector.count <= limit else {
      throw malformed("\(vector.count) entries, more than \(limit)", at: vector.start)
    }
    var values: [Int] = []
    values.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      values.append(Int(try int32(at: vector.start + 4 * index)))
    }
    return values
  }
}
