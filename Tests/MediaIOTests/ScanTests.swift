import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("A scan of headers")
struct ScanTests {
  @Test("finds nothing wrong with any test clip", arguments: try TestClips.videos)
  func clips(clip: TestClip) throws {
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    let demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    #expect(demuxer.video != nil)
  }

  @Test("leaves what it does not know unread, whatever its size")
  func unknown() throws {
    var limits = InputLimits()
    limits[.metadata] = 1000
    let box = [0, 0, 8, 0] + Array("sefd".utf8) + [UInt8](repeating: 0, count: 2040)
    try Self.scan(box, .isoBaseMedia, limits)
  }

  @Test("takes encryption in Matroska for what it is, also behind a seek head")
  func matroska() {
    let encryption = Self.element([0x50, 0x35], [])
    let encoding = Self.element([0x6D, 0x80], Self.element([0x62, 0x40], encryption))
    let tracks = Self.element([0x16, 0x54, 0xAE, 0x6B], Self.element([0xAE], encoding))
    let head = Self.element([0x1A, 0x45, 0xDF, 0xA3], [])
    let live: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]
    for bytes in [head + live + tracks, head + live + Self.element([0xEC], [0, 0]) + tracks] {
      let error = #expect(throws: MediaError.self) {
        try Self.scan(bytes, .matroska, InputLimits())
      }
      #expect(error?.cause == .encrypted)
    }
  }

  @Test(
    "refuses packets that Matroska compresses, but for a few bytes that all begin with",
    arguments: [
      ([], 0, false), ([0], 0, false), ([1], 0, false), ([2], 0, false), ([3], 65, false),
      ([3], 4, true), ([3], 64, true),
    ] as [([UInt8], Int, Bool)])
  func compression(algorithm: [UInt8], stripped: Int, isRead: Bool) {
    var compression: [UInt8] = []
    if !algorithm.isEmpty { compression += Self.element([0x42, 0x54], algorithm) }
    if stripped > 0 {
      compression += Self.element([0x42, 0x55], [UInt8](repeating: 0, count: stripped))
    }
    let encoding = Self.element([0x62, 0x40], Self.element([0x50, 0x34], compression))
    let tracks = Self.element(
      [0x16, 0x54, 0xAE, 0x6B], Self.element([0xAE], Self.element([0x6D, 0x80], encoding)))
    let live: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]
    var detail: String?
    do throws(MediaError) {
      try Self.scan(live + tracks, .matroska, InputLimits())
    } catch {
      detail = error.detail
    }
    #expect(
      detail
        == (isRead ? nil : "its packets are compressed by the container, which is not supported"))
  }

  @Test("ends on elements that name each other in a ring")
  func ring() throws {
    // A seek head that names itself.
    let place = Self.element([0x53, 0xAC], [0])
    let seek = Self.element(
      [0x4D, 0xBB], Self.element([0x53, 0xAB], [0x11, 0x4D, 0x9B, 0x74]) + place)
    let head = Self.element([0x11, 0x4D, 0x9B, 0x74], seek)
    let live: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255]
    try Self.scan(live + head, .matroska, InputLimits())
  }

  @Test(
    "survives every prefix and every changed byte of a header",
    arguments: [
      "good-megvii", "fragmented", "matroska", "webm-vp8", "avi-mjpeg", "flv", "asf", "mpegts",
    ])
  func damage(id: String) throws {
    let clip = try TestClips.named(id)
    let container = try #require(clip.probe.container)
    let demuxer = try #require(
      DemuxerKind.allCases.first { $0.names.contains(container) })
    let whole = [UInt8](try Data(contentsOf: clip.url).prefix(1500))
    for count in stride(from: 1, through: whole.count, by: 7) {
      try? Self.scan(Array(whole.prefix(count)), demuxer, InputLimits())
    }
    for index in stride(from: 0, to: whole.count, by: 3) {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var bytes = whole
        bytes[index] = value
        try? Self.scan(bytes, demuxer, InputLimits())
      }
    }
  }

  private static func scan(
    _ bytes: [UInt8], _ demuxer: DemuxerKind, _ limits: InputLimits
  ) throws(MediaError) {
    let input = try MediaInput(.bytes(bytes, name: "clip"), limits: limits)
    try ContainerScan.run(input, demuxer, limits: limits)
  }

  /// An element of Matroska, its size in eight bytes.
  private static func element(_ identifier: [UInt8], _ content: [UInt8]) -> [UInt8] {
    let size = UInt64(1) << 56 | UInt64(content.count)
    return identifier + (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) } + content
  }
}
