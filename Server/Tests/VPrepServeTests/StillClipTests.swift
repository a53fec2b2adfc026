import Testing

@testable import VPrepServe

@Suite("A frame as a clip")
struct StillClipTests {
  private let jpeg: [UInt8] =
    [
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0x02, 0x80, 0x01, 0xe0, 1, 1, 0x11,
      0,
    ]

  @Test("The size is read from JPEG and PNG")
  func sizes() throws {
    let size = try #require(PictureSize(jpeg))
    #expect((size.width, size.height, size.isPNG) == (480, 640, false))
    let png: [UInt8] =
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
      + [0, 0, 2, 0, 0, 0, 1, 0]
    let other = try #require(PictureSize(png))
    #expect((other.width, other.height, other.isPNG) == (512, 256, true))
  }

  @Test("Whatever breaks off, or states no size of a camera, is refused")
  func refused() {
    for count in 0..<17 { #expect(PictureSize(Array(jpeg.prefix(count))) == nil) }
    var large = jpeg
    large[13] = 0xff
    #expect(PictureSize(large) == nil)
    #expect(StillClip(Array("GIF89a".utf8)) == nil)
  }

  @Test("The file says its own size, and holds the picture as it is")
  func avi() throws {
    let bytes = try #require(StillClip(jpeg)).bytes
    let stated = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(stated == bytes.count - 8)
    #expect(bytes.count % 2 == 0)
    let place = bytes.indices.first { bytes[$0...].starts(with: jpeg) }
    #expect(place != nil)
  }
}
