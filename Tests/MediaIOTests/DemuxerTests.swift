import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The demuxer")
struct DemuxerTests {
  @Test("knows the container by its content, not by its name", arguments: try TestClips.videos)
  func container(clip: TestClip) throws {
    let folder = try TemporaryFolder()
    let disguised = folder.file("clip.txt")
    try FileManager.default.createSymbolicLink(at: disguised, withDestinationURL: clip.url)
    let input = try MediaInput(.file(disguised.path), limits: InputLimits())
    let demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let (container, codec, sound) = (demuxer.container, demuxer.video?.codec, demuxer.audio?.codec)
    #expect(container.rawValue == clip.probe.container)
    #expect(codec?.rawValue == clip.probe.codec)
    #expect(sound?.rawValue == clip.probe.audio)
  }

  @Test("reads the same packets again after going back", arguments: ["good-megvii", "matroska"])
  func seeking(id: String) throws {
    let input = try MediaInput(.file(TestClips.named(id).path), limits: InputLimits())
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let packet = try newPacket()
    var first: [Int] = []
    while try demuxer.next(into: packet) { first.append(packet.byteCount) }
    let went = demuxer.seek(to: 0)
    #expect(went)
    var second: [Int] = []
    while try demuxer.next(into: packet) { second.append(packet.byteCount) }
    // A seek goes by the pictures; sound before them may be left out.
    #expect(second.count >= first.count - 2)
    #expect(first.suffix(second.count - 2) == second.suffix(second.count - 2))
  }

  @Test("lands on a key frame at or before the time that was asked for")
  func keyFrames() throws {
    let input = try MediaInput(.file(TestClips.named("long-5").path), limits: InputLimits())
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let found = demuxer.video
    let video = try #require(found)
    let packet = try newPacket()
    for wanted in [4.9, 0, 2.5, 1] {
      let target = try #require(Ticks(seconds: wanted, in: video.timeBase, rounding: .down))
      let went = demuxer.seek(to: target)
      #expect(went)
      while try demuxer.next(into: packet), packet.streamIndex != video.index {}
      let time = packet.presentationTime ?? .max
      let isKey = packet.isKey
      #expect(isKey)
      #expect(time <= target)
    }
  }

  @Test("gives up a picture beyond the limit before it decodes anything")
  func pixels() throws {
    let clip = try TestClips.named("good-silent")
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    var limits = InputLimits()
    limits.pixels = 720 * 1280
    _ = try Demuxer(input, limits: limits, watchdog: Watchdog(seconds: 60))
    limits.pixels -= 1
    let error = #expect(throws: MediaError.self) {
      _ = try Demuxer(input, limits: limits, watchdog: Watchdog(seconds: 60))
    }
    #expect(error?.cause == .limitExceeded)
    #expect(error?.detail.contains("720×1280") == true)
  }

  @Test("tells an index at the end from one in front")
  func index() throws {
    for (id, trailing) in [
      ("moov-last", true), ("good-megvii", false), ("fragmented", false), ("matroska", false),
    ] {
      let input = try MediaInput(.file(TestClips.named(id).path), limits: InputLimits())
      let demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
      let found = demuxer.hasTrailingIndex
      #expect(found == trailing, "\(id)")
    }
  }

  @Test("does not lose itself in boxes that lead nowhere")
  func strangeBoxes() throws {
    let box: [UInt8] = [0, 0, 0, 8] + Array("free".utf8)
    let endless = [0, 0, 0, 0] + Array("free".utf8)
    let tiny = [0, 0, 0, 1] + Array("free".utf8) + [UInt8](repeating: 0, count: 8)
    let huge = [0, 0, 0, 1] + Array("free".utf8) + [UInt8](repeating: 0xFF, count: 8)
    for (bytes, trailing) in [
      (box, false), (endless, false), (tiny, false), (huge, false), (Array("short".utf8), false),
      (box + [0, 0, 0, 8] + Array("mdat".utf8), true),
      (box + [0, 0, 0, 8] + Array("moov".utf8), false),
    ] {
      let input = try MediaInput(.bytes(bytes, name: "boxes"), limits: InputLimits())
      #expect(MP4Layout.hasTrailingIndex(input) == trailing)
    }
  }
}

@Suite("The watchdog")
struct WatchdogTests {
  @Test("ends work whose time is up, and says how long it had")
  func deadline() throws {
    let watchdog = Watchdog(seconds: 0)
    #expect(watchdog.shouldStop)
    let error = #expect(throws: MediaError.self) { try watchdog.check(.decode, file: "clip") }
    #expect(error?.cause == .limitExceeded)
    #expect(error?.stage == .decode)
    #expect(error?.file == "clip")
    #expect(error?.detail.contains("0 s") == true)
  }

  @Test("ends work that was cancelled, at any time after")
  func cancelled() throws {
    let watchdog = Watchdog(seconds: 3600)
    #expect(!watchdog.shouldStop)
    try watchdog.check(.demux, file: "clip")
    watchdog.cancel()
    for _ in 0..<2 {
      #expect(watchdog.shouldStop)
      let error = #expect(throws: MediaError.self) { try watchdog.check(.demux, file: "clip") }
      #expect(error?.cause == .cancelled)
    }
  }

  @Test("ends reading in the middle of a clip")
  func reading() throws {
    let input = try MediaInput(.file(TestClips.named("good-megvii").path), limits: InputLimits())
    let watchdog = Watchdog(seconds: 3600)
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: watchdog)
    let packet = try newPacket()
    for _ in 0..<10 {
      let more = try demuxer.next(into: packet)
      #expect(more)
    }
    watchdog.cancel()
    do {
      _ = try demuxer.next(into: packet)
      Issue.record("a cancelled demuxer reads on")
    } catch {
      #expect(error.cause == .cancelled)
    }
  }
}

@Suite("A header that is trusted")
struct TrustedHeaderTests {
  @Test("says what decoding says", arguments: try TestClips.videos)
  func agrees(clip: TestClip) throws {
    let trusted = try Header(clip, trusting: true)
    let read = try Header(clip, trusting: false)
    #expect(!read.isTrusted)
    #expect(trusted.video == read.video)
    #expect(trusted.audio == read.audio)
    #expect(trusted.others == read.others)
    #expect(trusted.duration == read.duration)
    #expect(trusted.start == read.start)
  }

  @Test("is a plain phone's clip", arguments: ["oversized", "good-silent", "rotated-90"])
  func phones(id: String) throws {
    #expect(try Header(TestClips.named(id), trusting: true).isTrusted)
  }

  @Test("is none of what only the content tells", arguments: ["fragmented", "webm-vp8", "hevc"])
  func others(id: String) throws {
    #expect(try !Header(TestClips.named(id), trusting: true).isTrusted)
  }

  /// What an open container says.
  private struct Header {
    let isTrusted: Bool
    let video: VideoStreamInfo?
    let audio: AudioStreamInfo?
    let others: [OtherStreamInfo]
    let duration: Double?
    let start: Double

    init(_ clip: TestClip, trusting: Bool) throws {
      var demuxer = try Demuxer(
        MediaInput(.file(clip.path), limits: InputLimits()), limits: InputLimits(),
        watchdog: Watchdog(seconds: 60), trustingHeader: trusting)
      // Which a header may leave to the packets.
      try demuxer.readStart()
      (isTrusted, start, duration) = (
        demuxer.isTrusted, demuxer.startTime, demuxer.headerDuration
      )
      (video, audio, others) = (demuxer.video, demuxer.audio, demuxer.others)
    }
  }
}

@Suite("The index of a container")
struct VideoIndexTests {
  @Test(
    "lists the packets that reading finds", arguments: ["oversized", "good-silent", "moov-last"])
  func packets(id: String) throws {
    let clip = try TestClips.named(id)
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    var demuxer = try Demuxer(
      input, limits: InputLimits(), watchdog: Watchdog(seconds: 60), trustingHeader: true)
    let video = demuxer.video?.index ?? -1
    let found = demuxer.indexedPackets(of: video)
    let listed = try #require(found)
    let videoIndex = demuxer.videoIndex
    var index = try #require(videoIndex).keys[...]
    var position = 0
    guard let packet = Packet() else { throw CancellationError() }
    while try demuxer.next(into: packet) {
      guard packet.streamIndex == video else { continue }
      let entry = try #require(position < listed.count ? listed[position] : nil)
      let (time, size, isKey) = (packet.presentationTime, packet.byteCount, packet.isKey)
      #expect(time == entry.time)
      #expect(size == entry.byteCount)
      #expect(isKey == entry.isKey)
      if isKey {
        let key = index.popFirst()
        #expect(key == position)
      }
      position += 1
    }
    #expect(position == listed.count)
    #expect(index.isEmpty)
  }

  @Test(
    "is not taken from fragments, other containers and hidden pictures",
    arguments: ["fragmented", "matroska", "flv", "edit-list"])
  func none(id: String) throws {
    let clip = try TestClips.named(id)
    let demuxer = try Demuxer(
      MediaInput(.file(clip.path), limits: InputLimits()), limits: InputLimits(),
      watchdog: Watchdog(seconds: 60), trustingHeader: true)
    let index = demuxer.videoIndex
    #expect(index == nil)
  }
}
