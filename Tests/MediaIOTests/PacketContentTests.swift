import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("What packets hold")
struct PacketContentTests {
  /// A clip's packets as they are compared: those of a source, or of a copy of one.
  private struct Contents: Equatable {
    var headers: [[[UInt8]]] = []
    var video: [UInt64?] = []
    var audio: [UInt64?] = []

    init(_ path: String, like source: Contents? = nil) throws {
      let comparison: PacketContent.Comparison? = source.map { _ in .content }
      var demuxer = try Demuxer(
        MediaInput(.file(path), limits: InputLimits()), limits: InputLimits(),
        watchdog: Watchdog(seconds: 60))
      var pictures = PacketContent(videoOf: demuxer, comparison)
      var blocks = PacketContent(audioOf: demuxer, comparison)
      let packet = try newPacket()
      while try demuxer.next(into: packet) {
        if packet.streamIndex == demuxer.video?.index {
          video.append(pictures.digest(packet))
        } else if packet.streamIndex == demuxer.audio?.index {
          audio.append(blocks.digest(packet))
        }
      }
      headers = [pictures.header, blocks.header]
    }
  }

  /// Copies a clip into a container.
  private func remux(
    _ path: String, to ending: String, in folder: borrowing TemporaryFolder,
    _ options: [String] = []
  ) throws -> String {
    let copy = folder.file("copy.\(ending)")
    try Ffmpeg.make(copy, ["-i", path] + options + ["-c", "copy"])
    return copy.path(percentEncoded: false)
  }

  @Test("is the same in MPEG-TS and in MP4", arguments: ["mpegts", "hevc"])
  func transportStream(id: String) throws {
    let folder = try TemporaryFolder()
    var stream = try TestClips.named(id).path
    if id != "mpegts" { stream = try remux(stream, to: "ts", in: folder) }
    let source = try Contents(stream)
    #expect(!source.video.isEmpty && !source.video.contains(nil) && !source.audio.contains(nil))
    let copy = try Contents(remux(stream, to: "mp4", in: folder), like: source)
    #expect(copy == source)
  }

  @Test("is told apart where one byte of a picture or of audio is another", arguments: [0, 1])
  func changed(stream: Int) throws {
    let folder = try TemporaryFolder()
    let path = try TestClips.named("mpegts").path
    let source = try Contents(path)
    // The filter changes one byte of about every thousandth.
    let kind = stream == 0 ? "v" : "a"
    let clean = try remux(path, to: "mp4", in: folder)
    let noisy = try Contents(
      remux(clean, to: "mov", in: folder, ["-bsf:\(kind)", "noise=amount=1000"]), like: source)
    #expect(stream == 0 ? noisy.video != source.video : noisy.audio != source.audio)
    #expect(stream == 0 ? noisy.audio == source.audio : noisy.video == source.video)
  }

  private static func block(_ bytes: [UInt8]) -> ADTSBlock? { ADTSBlock(bytes.span) }

  private static func configuration(_ bytes: [UInt8]) -> AACConfiguration? {
    AACConfiguration(bytes.span)
  }

  @Test("An AAC block's own header says what an MP4 says once for all")
  func adts() throws {
    // AAC-LC, 44.1 kHz, one channel, nine bytes, no checksum.
    let bytes: [UInt8] = [0xFF, 0xF1, 0x50, 0x40, 0x01, 0x3F, 0xFC, 0x21, 0x10]
    let block = try #require(Self.block(bytes))
    #expect(block.configuration == [0x12, 0x08])
    #expect(block.content == 7..<9)
    let configuration = try #require(Self.configuration(block.configuration))
    #expect(configuration.sampleRate == 44_100 && configuration.channels == 1)
    #expect(configuration.isLowComplexity)
    for count in bytes.indices { #expect(Self.block(Array(bytes[..<count])) == nil, "\(count)") }
    // No start, another layer, no channels, a second block.
    for (place, value) in [(0, 0xFE), (1, 0xF7), (3, 0), (6, 0xFD)] {
      var other = bytes
      other[place] = UInt8(value)
      #expect(Self.block(other) == nil, "byte \(place)")
    }
  }

  @Test("A codec header of AAC that says what hardly any recorder writes is none")
  func configurations() throws {
    #expect(Self.configuration([]) == nil)
    #expect(Self.configuration([0x12]) == nil)
    // A rate of its own, a layout of its own.
    #expect(Self.configuration([0x17, 0x88]) == nil)
    #expect(Self.configuration([0x12, 0x00]) == nil)
    // HE-AAC, and blocks of 960 samples.
    #expect(try #require(Self.configuration([0x2A, 0x08])).isLowComplexity == false)
    #expect(try #require(Self.configuration([0x12, 0x0C])).isLowComplexity == false)
  }
}
