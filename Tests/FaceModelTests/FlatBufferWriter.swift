/// A FlatBuffer as a tree, for crafting model files field by field.
indirect enum FlatValue {
  case byte(UInt8)
  case int(Int32)
  case table([Int: FlatValue])
  case tables([FlatValue])
  case ints([Int32])
  case bytes([UInt8])
  /// Elements wider than a byte, already in little-endian order.
  case elements([UInt8], count: Int)
}

/// Writes a tree front to back: a vtable, its table, then what the table refers to.
struct FlatBufferWriter {
  private(set) var bytes: [UInt8] = []

  /// A file with the identifier and the root table.
  static func file(identifier: String, root: FlatValue) -> [UInt8] {
    var writer = FlatBufferWriter()
    writer.append(UInt32(0))
    writer.bytes += identifier.utf8
    writer.patch(at: 0, with: writer.write(root))
    return writer.bytes
  }

  /// Writes a value that is referred to and returns its position.
  private mutating func write(_ value: FlatValue) -> Int {
    while bytes.count % 4 != 0 { bytes.append(0) }
    let position = bytes.count
    switch value {
    case .table(let fields): return writeTable(fields)
    case .tables(let tables):
      append(UInt32(tables.count))
      let slots = bytes.count
      for _ in tables { append(UInt32(0)) }
      for (index, table) in tables.enumerated() {
        patch(at: slots + 4 * index, with: write(table))
      }
    case .ints(let ints):
      append(UInt32(ints.count))
      for int in ints { append(UInt32(bitPattern: int)) }
    case .bytes(let elements):
      append(UInt32(elements.count))
      bytes += elements
    case .elements(let elements, let count):
      append(UInt32(count))
      bytes += elements
    case .byte, .int: preconditionFailure("a scalar is written inline")
    }
    return position
  }

  /// Every field takes a slot of four bytes.
  private mutating func writeTable(_ fields: [Int: FlatValue]) -> Int {
    let last = fields.keys.max() ?? -1
    let vtable = bytes.count
    append(UInt16(4 + 2 * (last + 1)))
    append(UInt16(4 + 4 * fields.count))
    var slot = 4
    for id in stride(from: 0, through: last, by: 1) {
      append(UInt16(fields[id] == nil ? 0 : slot))
      if fields[id] != nil { slot += 4 }
    }
    while bytes.count % 4 != 0 { bytes.append(0) }
    let position = bytes.count
    append(UInt32(position - vtable))
    let slots = bytes.count
    for _ in fields { append(UInt32(0)) }
    for (index, id) in fields.keys.sorted().enumerated() {
      let place = slots + 4 * index
      switch fields[id] {
      case .byte(let byte): bytes[place] = byte
      case .int(let int): set(UInt32(bitPattern: int), at: place)
      case .some(let value): patch(at: place, with: write(value))
      case nil: break
      }
    }
    return position
  }

  private mutating func patch(at place: Int, with position: Int) {
    set(UInt32(position - place), at: place)
  }

  private mutating func set(_ value: UInt32, at place: Int) {
    for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
  }

  private mutating func append(_ value: UInt32) {
    bytes += [0, 0, 0, 0]
    set(value, at: bytes.count - 4)
  }

  private mutating func append(_ value: UInt16) {
    bytes += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
}
