import Testing

@testable import MediaIO

@Suite("User data in coded pictures")
struct UserDataTests {
  private static let vendor: [UInt8] = Array(repeating: 0x11, count: 16) + Array("SN 4711".utf8)
  private static let settings: [UInt8] =
    [
      0xDC, 0x45, 0xE9, 0xBD, 0xE6, 0xD9, 0x48, 0xB7, 0x96, 0x2C, 0xD8, 0x20, 0xD9, 0x23, 0xEE,
      0xEF,
    ] + Array("x264 - core 164".utf8)
  private static let captions: [UInt8] =
    [0xB5, 0x00, 0x31] + Array("GA94".utf8) + [0x03, 0x41, 0xFF]

  /// A unit of H.264 with messages of a type and a payload each.
  private static func unit(_ messages: [(type: UInt8, payload: [UInt8])]) -> [UInt8] {
    [6]
      + NALPayload.escaped(
        messages.flatMap { [$0.type, UInt8($0.payload.count)] + $0.payload } + [0x80])
  }

  private func cleaned(_ unit: [UInt8]) -> UserData.Cleaned {
    UserData.cleaned(unit.span, headerSize: 1)
  }

  private func cleaned(_ packet: [UInt8], _ units: CodedUnits) -> [UInt8]? {
    UserDataFilter.cleaned(packet.span, units)
  }
  private func cleanedAV1(_ packet: [UInt8]) -> [UInt8]? {
    OpenBitstreamUnits.cleaned(packet.span)
  }
  private func isInMPEG4(_ sample: [UInt8]) -> Bool { UserData.isInMPEG4(sample.span) }
  private func isInJPEG(_ parts: [UInt8]...) -> Bool {
    let picture = [UInt8](parts.joined())
    return UserData.isInJPEG(picture.span)
  }

  @Test("of a vendor is taken out, and what else stands in the unit stays")
  func vendors() {
    let timing: (UInt8, [UInt8]) = (1, [0x12, 0x00, 0x00, 0x01])
    #expect(cleaned(Self.unit([(5, Self.vendor)])) == .empty)
    #expect(
      cleaned(Self.unit([timing, (5, Self.vendor), (4, Self.captions)]))
        == .changed(Self.unit([timing, (4, Self.captions)])))
    // A registered message of a maker, and types that no standard has.
    #expect(cleaned(Self.unit([(4, [0xB5, 0x12, 0x34, 1, 2])])) == .empty)
    #expect(cleaned(Self.unit([(4, [0x26, 0x00, 0x04, 1, 2])])) == .empty)
    #expect(cleaned(Self.unit([(240, [1, 2, 3])])) == .empty)
  }

  @Test("that is known to be harmless stays, byte for byte")
  func harmless() {
    #expect(cleaned(Self.unit([(5, Self.settings), (4, Self.captions)])) == .unchanged)
    #expect(cleaned(Self.unit([(4, [0xB5, 0x00, 0x3C, 0x00, 0x01, 4])])) == .unchanged)
    #expect(cleaned(Self.unit([(137, [UInt8](repeating: 0, count: 24))])) == .unchanged)
    // The identifier alone does not make other text settings.
    #expect(
      cleaned(Self.unit([(5, Self.settings.prefix(16) + Array("GPS 52.4 13.3".utf8))])) == .empty)
  }

  @Test("in a unit that is cut off goes with the unit")
  func damaged() {
    #expect(cleaned([6, 5, 200, 1, 2, 3, 0x80]) == .empty)
    #expect(cleaned([6, 255, 255, 255, 0x80]) == .empty)
    #expect(cleaned([6]) == .unchanged)
    #expect(cleaned([6, 0x80]) == .unchanged)
    for byte in UInt8.min...UInt8.max { _ = cleaned([6, byte, byte, byte, 0, 0, 3, byte]) }
  }

  @Test("is taken out of a packet whose other units keep their bytes", arguments: [4, nil])
  func packets(lengthSize: Int?) {
    let units = CodedUnits(coding: .h264, lengthSize: lengthSize)
    func joined(_ parts: [[UInt8]]) -> [UInt8] {
      parts.flatMap { part in
        (lengthSize == nil ? [0, 0, 1] : [0, 0, 0, UInt8(part.count)]) + part
      }
    }
    let (delimiter, slice): ([UInt8], [UInt8]) = ([9, 0x10], [0x65, 0x88, 0x80, 0x40])
    let personal = Self.unit([(5, Self.vendor)])
    let packet = joined([delimiter, personal, slice, personal])
    #expect(cleaned(packet, units) == joined([delimiter, slice]))
    let plain = joined([delimiter, Self.unit([(5, Self.settings)]), slice])
    #expect(cleaned(plain, units) == nil)
  }

  @Test("of HEVC is taken out of packets and of the header")
  func hevc() {
    let message: [UInt8] = [5, UInt8(Self.vendor.count)] + Self.vendor + [0x80]
    let personal: [UInt8] = [39 << 1, 1] + message
    let left = UserData.cleaned(personal.span, headerSize: 2)
    #expect(left == .empty)
    let set: [UInt8] = [33 << 1, 1, 2, 3]
    func array(_ type: UInt8, _ unit: [UInt8]) -> [UInt8] {
      [type, 0, 1, 0, UInt8(unit.count)] + unit
    }
    let head: [UInt8] = [1] + [UInt8](repeating: 7, count: 21)
    let header = head + [2] + array(33, set) + array(39, personal)
    let units = CodedUnits(coding: .hevc, lengthSize: 4)
    #expect(UserData.cleaned(header: header, units) == head + [1] + array(33, set))
    #expect(
      UserData.cleaned(header: head + [1] + array(33, set), units) == head + [1] + array(33, set))
    // Whatever is cut off stays as it is.
    for count in 0..<header.count {
      _ = UserData.cleaned(header: Array(header.prefix(count)), units)
    }
  }

  @Test("of AV1 is taken out of packets")
  func av1() {
    // Header with a size field; types: 2 delimiter, 5 metadata, 6 frame.
    func unit(_ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
      [type << 3 | 2, UInt8(payload.count)] + payload
    }
    let (delimiter, frame) = (unit(2, []), unit(6, [1, 2, 3]))
    let (maker, hdr) = (unit(5, [4, 0xB5, 0x12, 0x34]), unit(5, [4, 0xB5, 0x00, 0x3C, 0, 1]))
    let packet = delimiter + maker + hdr + unit(5, [9, 1]) + frame
    #expect(cleanedAV1(packet) == delimiter + hdr + frame)
    #expect(cleanedAV1(delimiter + hdr + frame) == nil)
    for count in 0..<packet.count { _ = cleanedAV1(Array(packet.prefix(count))) }
  }

  @Test("of MPEG-4 and in pictures of JPEG is found")
  func others() {
    let encoder: [UInt8] = [0, 0, 1, 0xB2] + Array("Lavc59.37.100".utf8)
    let personal: [UInt8] = [0, 0, 1, 0xB2] + Array("GPS 52.4597".utf8) + [0, 0, 1, 0xB6, 1]
    #expect(!isInMPEG4(encoder))
    #expect(isInMPEG4(personal))
    let head: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 4, 1, 2]
    #expect(!isInJPEG(head, scan))
    #expect(!isInJPEG(head, [0xFF, 0xFE, 0, 8], Array("Lavc59".utf8), scan))
    #expect(isInJPEG(head, [0xFF, 0xE1, 0, 8], Array("Exif\0\0".utf8), scan))
    #expect(isInJPEG(head, [0xFF, 0xFE, 0, 8], Array("Jane D".utf8), scan))
  }
}
