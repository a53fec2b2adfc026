/// The size that a JPEG or a PNG states.
struct PictureSize: Equatable {
  let width: UInt32
  let height: UInt32
  let isPNG: Bool

  /// Largest width and height: a camera's preview is smaller.
  private static let most: UInt32 = 4096

  /// `nil` if the bytes are neither, or state no size that a preview has.
  init?(_ bytes: [UInt8]) {
    let found = Self.png(bytes).map { ($0, $1, true) } ?? Self.jpeg(bytes).map { ($0, $1, false) }
    guard let (width, height, isPNG) = found, (1...Self.most).contains(width),
      (1...Self.most).contains(height)
    else { return nil }
    (self.width, self.height, self.isPNG) = (width, height, isPNG)
  }

  /// ISO/IEC 15948: the signature, then the chunk IHDR.
  private static func png(_ bytes: [UInt8]) -> (UInt32, UInt32)? {
    guard bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    else { return nil }
    func word(_ at: Int) -> UInt32 { bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    return (word(16), word(20))
  }

  /// ITU-T T.81: segments up to the start of a frame.
  private static func jpeg(_ bytes: [UInt8]) -> (UInt32, UInt32)? {
    guard bytes.starts(with: [0xff, 0xd8]) else { return nil }
    var at = 2
    while at + 9 < bytes.count, bytes[at] == 0xff {
      let marker = bytes[at + 1]
      let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
      // SOF0 to SOF15 without DHT, JPG and DAC.
      if (0xc0...0xcf).contains(marker), ![0xc4, 0xc8, 0xcc].contains(marker) {
        let height = UInt32(bytes[at + 5]) << 8 | UInt32(bytes[at + 6])
        let width = UInt32(bytes[at + 7]) << 8 | UInt32(bytes[at + 8])
        return (width, height)
      }
      guard length >= 2 else { return nil }
      at += 2 + length
    }
    return nil
  }
}
