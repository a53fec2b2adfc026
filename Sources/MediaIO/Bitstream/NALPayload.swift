/// The bytes of a NAL unit after its header.
///
/// Start codes must not appear in it: a 3 is inserted after two zeros where one would (ITU-T H.264,
/// 7.4.1; ITU-T H.265, 7.4.2).
enum NALPayload {
  /// The payload without these threes.
  static func bytes(of escaped: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(escaped.count)
    var zeros = 0
    for index in 0..<escaped.count {
      let byte = escaped[index]
      if zeros >= 2, byte == 3 {
        zeros = 0
        continue
      }
      zeros = byte == 0 ? zeros + 1 : 0
      bytes.append(byte)
    }
    return bytes
  }

  /// The payload with them.
  static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count + 8)
    var zeros = 0
    for byte in bytes {
      if zeros >= 2, byte <= 3 {
        escaped.append(3)
        zeros = 0
      }
      zeros = byte == 0 ? zeros + 1 : 0
      escaped.append(byte)
    }
    return escaped
  }
}
