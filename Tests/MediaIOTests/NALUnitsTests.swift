import TestSupport
import Testing

@testable import MediaIO

@Suite("NAL units behind their lengths")
struct NALUnitsTests {
  @Test("are whole when the lengths lead to the end", arguments: 1...4)
  func whole(lengthSize: Int) {
    #expect(areComplete(sample([3, 1, 60], lengthSize), lengthSize))
    #expect(areComplete(sample([1], lengthSize), lengthSize))
    #expect(areComplete([], lengthSize))
  }

  @Test("are damaged when a length is cut, leads beyond the end, or is nothing", arguments: 1...4)
  func damaged(lengthSize: Int) {
    let good = sample([3, 5], lengthSize)
    #expect(!areComplete(Array(good.dropLast()), lengthSize))
    #expect(!areComplete(good + [7], lengthSize))
    #expect(!areComplete(good + [UInt8](repeating: 0, count: lengthSize), lengthSize))
    var longer = good
    longer[lengthSize - 1] += 1
    #expect(!areComplete(longer, lengthSize))
    #expect(!areComplete([UInt8](repeating: 0xFF, count: lengthSize), lengthSize))
    if lengthSize > 1 { #expect(!areComplete([0], lengthSize)) }
  }

  @Test("are found in the packets of a clip, and damage is", arguments: ["good-megvii", "hevc"])
  func packets(id: String) throws {
    let clip = try TestClips.named(id)
    #expect(try damagedPackets(clip) == 0)
  }

  @Test("tell of a clip whose data was overwritten")
  func damagedClip() throws {
    #expect(try damagedPackets(TestClips.named("noise-in-data")) > 0)
  }

  @Test("are not looked for where samples have no lengths", arguments: ["mpegts", "avi-mjpeg"])
  func otherStreams(id: String) throws {
    let input = try MediaInput(.file(TestClips.named(id).path), limits: InputLimits())
    let demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let units = NALUnits(demuxer)
    #expect(units == nil)
  }

  private func damagedPackets(_ clip: TestClip) throws -> Int {
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let found = NALUnits(demuxer)
    let units = try #require(found)
    let packet = try newPacket()
    var damaged = 0
    while try demuxer.next(into: packet) {
      if packet.streamIndex == demuxer.video?.index, !units.areComplete(in: packet) { damaged += 1 }
    }
    return damaged
  }

  private func areComplete(_ sample: [UInt8], _ lengthSize: Int) -> Bool {
    NALUnits(lengthSize: lengthSize).areComplete(in: sample.span)
  }

  /// Units of the sizes given, each behind its big-endian length.
  private func sample(_ sizes: [Int], _ lengthSize: Int) -> [UInt8] {
    sizes.flatMap { size in
      (0..<lengthSize).map { UInt8(truncatingIfNeeded: size >> (8 * (lengthSize - 1 - $0))) }
        + [UInt8](repeating: 0x41, count: size)
    }
  }
}
