import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The parameter sets of an H.264 track")
struct AVCConfigurationTests {
  /// Sets behind start codes: sequence set 31 and picture set 31, which names it.
  ///
  /// ITU-T H.264, 9.1: 31 is coded as 00000100000.
  private static let others: [UInt8] = [
    0, 0, 0, 1, 0x67, 100, 0, 31, 0b0000_0100, 0b0001_0000, 0, 0, 1, 0x68, 0b0000_0100,
    0b0000_0001, 0b0000_0000, 0b1000_0000,
  ]
  /// Version 1, high profile, level 3.1, lengths of four bytes; sequence set 0 and picture set 0.
  private static let own: [UInt8] = [
    1, 100, 0, 31, 0xFF, 0xE1, 0, 5, 0x67, 100, 0, 31, 0b1010_0000, 1, 0, 2, 0x68, 0b1110_0000,
    0xFD, 0xF8, 0xF8, 0,
  ]

  @Test("are read and written without a change")
  func roundTrip() throws {
    let configuration = try #require(AVCConfiguration(Self.own))
    #expect(configuration.bytes == Self.own)
    #expect(configuration.lengthSize == 4 && configuration.profile == 100)
    #expect(configuration.sequenceSets.count == 1 && configuration.pictureSets.count == 1)
  }

  @Test("get an identifier that neither kind of set has")
  func freeIdentifier() throws {
    var configuration = try #require(AVCConfiguration(Self.own))
    #expect(configuration.freeIdentifier == 31)
    let added = configuration.add(Self.others)
    #expect(added)
    #expect(configuration.sequenceSets.count == 2 && configuration.pictureSets.count == 2)
    #expect(configuration.freeIdentifier == 30)
    let again = configuration.add(Self.others)
    #expect(!again, "the same sets are not added twice")
    #expect(AVCConfiguration(configuration.bytes) == configuration)
  }

  @Test("that are damaged or cut off are refused")
  func damaged() {
    for count in 0..<Self.own.count - 4 {
      #expect(AVCConfiguration(Array(Self.own.prefix(count))) == nil, "\(count) bytes")
    }
    var other = Self.own
    other[0] = 0
    #expect(AVCConfiguration(other) == nil)
    other = Self.own
    other[6] = 0xFF
    #expect(AVCConfiguration(other) == nil)
  }

  @Test("Units behind start codes are told apart, without zeros between them")
  func annexB() {
    let bytes: [UInt8] = [9, 0, 0, 1, 5, 6, 0, 0, 0, 1, 7, 0, 0, 1]
    let units = AnnexB.units(in: bytes.span)
    #expect(units == [4..<6, 10..<11])
    let short: [UInt8] = [0, 0, 2]
    let none = AnnexB.units(in: short.span)
    #expect(none.isEmpty)
  }

  @Test(
    "Decoding begins at a key frame of a closed group, not at one that leans on earlier pictures",
    arguments: [("mp4", 3), ("ts", 3), ("mkv", 3)])
  func randomAccessPoints(ending: String, groups: Int) throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-silent").path
    for (isOpen, entries) in [(false, groups), (true, 1)] {
      let url = folder.file("\(isOpen).\(ending)")
      try Ffprobe.make([
        "-i", clip, "-an", "-vf", "scale=160:-2", "-c:v", "libx264", "-g", "30", "-bf", "2",
        "-sc_threshold", "0", "-x264-params", "open-gop=\(isOpen ? 1 : 0)",
        url.path(percentEncoded: false),
      ])
      let (keys, found) = try Self.entries(url)
      #expect(keys == groups)
      #expect(found == entries, "open groups: \(isOpen)")
    }
  }

  /// How many packets the container calls key frames, and at how many decoding can begin.
  private static func entries(_ url: URL) throws -> (keys: Int, entries: Int) {
    let limits = InputLimits()
    let input = try MediaInput(.file(url.path(percentEncoded: false)), limits: limits)
    var demuxer = try Demuxer(input, limits: limits, watchdog: Watchdog(seconds: 60))
    let points = RandomAccessPoints(demuxer)
    guard let packet = Packet() else { return (0, 0) }
    var (keys, entries) = (0, 0)
    while try demuxer.next(into: packet) {
      keys += packet.isKey ? 1 : 0
      entries += points.contains(packet) ? 1 : 0
    }
    return (keys, entries)
  }
}
