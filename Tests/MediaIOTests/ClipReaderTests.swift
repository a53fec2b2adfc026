import Foundation
import Synchronization
import TestSupport
import Testing

@testable import MediaIO

@Suite("The clip reader")
struct ClipReaderTests {
  private func reader(
    _ id: String, limits: InputLimits = InputLimits(),
    watchdog: Watchdog = Watchdog(seconds: 60)
  ) throws -> ClipReader {
    try ClipReader(
      MediaInput(.file(TestClips.named(id).path), limits: limits), for: .measure, limits: limits,
      watchdog: watchdog)
  }

  @Test("gives every picture, those that the decoder holds back at the end among them")
  func pictures() throws {
    var reader = try reader("good-action")
    var packets = 0
    var times: [Ticks] = []
    let video = reader.video.index
    try reader.forEachFrame(
      packets: { packet in
        if packet.streamIndex == video { packets += 1 }
        return .decode
      },
      video: { frame in
        times.append(frame.ticks ?? .min)
        return .goOn
      })
    #expect(packets > 30)
    #expect(times.count == packets)
    #expect(times == times.sorted())
    let (frames, errors) = (reader.frames, reader.decodeErrors)
    #expect(frames == packets)
    #expect(errors == 0)
  }

  @Test("gives the sound only to those who ask for it")
  func sound() throws {
    var asked = try reader("good-action")
    var silent = try reader("good-action")
    var (heard, unheard) = (0, 0)
    try asked.forEachFrame(
      video: { _ in .goOn }, audio: { sound throws(MediaError) in heard = sound.samples })
    try silent.forEachFrame(
      ClipReader.Decoding(includesAudio: false), video: { _ in .goOn },
      audio: { sound throws(MediaError) in unheard = sound.samples })
    #expect(heard > 44_100)
    #expect(unheard == 0)
  }

  @Test("stops when it is told to")
  func stop() throws {
    var reader = try reader("good-silent")
    var pictures = 0
    try reader.forEachFrame(video: { _ in
      pictures += 1
      return pictures < 3 ? .goOn : .stop
    })
    #expect(pictures == 3)
    var packets = 0
    try reader.forEachPacket { _ in
      packets += 1
      return .stop
    }
    #expect(packets == 1)
  }

  @Test("begins its stage before it reads")
  func stage() throws {
    let stages = Mutex<[String]>([])
    let progress = ReadingProgress { stage, _, _ in stages.withLock { $0.append(stage) } }
    _ = try reader("good-silent", watchdog: Watchdog(seconds: 60, progress: progress))
    #expect(stages.withLock { $0 } == ["measure"])
  }

  @Test("says that a clip has no picture to decode")
  func noFrames() throws {
    var reader = try reader("good-silent")
    let video = reader.video.index
    #expect {
      try reader.forEachFrame(
        packets: { $0.streamIndex == video ? .leaveOut : .decode }, video: { _ in .goOn })
    } throws: {
      ($0 as? MediaError)?.cause == .noVideo
    }
  }

  @Test("ends with a cancelled call")
  func cancelled() throws {
    let watchdog = Watchdog(seconds: 60)
    var reader = try reader("good-silent", watchdog: watchdog)
    #expect {
      try reader.forEachPacket { _ in
        watchdog.cancel()
        return .goOn
      }
    } throws: {
      ($0 as? MediaError)?.cause == .cancelled
    }
  }

  @Test("decodes no picture beyond the limit, though the header claims a small one")
  func growing() throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("grows.ts")
    // Two streams of H.264, one after the other in one transport stream: the second is larger.
    for (size, name) in [("160x120", "small.ts"), ("640x480", "large.ts")] {
      try Ffmpeg.make(folder.file(name), Ffmpeg.pictures(size) + Ffmpeg.h264)
    }
    let parts = try ["small.ts", "large.ts"].map { try Data(contentsOf: folder.file($0)) }
    try (parts[0] + parts[1]).write(to: clip)
    var limits = InputLimits()
    limits.pixels = 160 * 120
    let input = try MediaInput(.file(clip.path(percentEncoded: false)), limits: limits)
    var largest = 0
    #expect {
      var reader = try ClipReader(
        input, for: .measure, limits: limits, watchdog: Watchdog(seconds: 60))
      try reader.forEachFrame(video: { frame in
        largest = max(largest, frame.width * frame.height)
        return .goOn
      })
    } throws: {
      ($0 as? MediaError)?.cause == .limitExceeded
    }
    #expect(largest <= 160 * 120)
  }
}
