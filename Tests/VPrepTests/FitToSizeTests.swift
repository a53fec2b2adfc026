import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A fit to the caller's own limit")
struct FitToSizeTests {
  /// One clip of each kind of picture, clock and sound; what they show does not matter here.
  static let kinds = [
    "good-megvii", "good-silent", "good-action", "short-0.4", "fps-60", "fps-8", "uhd", "small-1",
    "rotated-90", "rotated-180", "rotated-270", "wide-pixels", "odd-size", "cropped", "full-range",
    "chroma-422", "interlaced", "b-frames", "hevc", "moov-last", "fragmented", "webm-vp8",
    "webm-vp9", "matroska", "mpegts", "mpeg-ps", "avi-mjpeg", "flv", "3gp", "asf", "mp3-in-mp4",
    "extra-streams", "variable-rate", "edit-list", "late-sound", "late-start", "false-duration",
  ]

  @Test(
    "encodes anew, upright, and keeps every frame, its time and the sound",
    arguments: try TestClips.named(kinds))
  func everyKind(clip: TestClip) async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .megvii)
    let size = try Data(contentsOf: clip.url).count
    let limit = size * 3 / 4
    gate.fitting.maximumBytes = limit
    // All of it: a long clip would be cut to the seconds that the provider recommends.
    gate.fitting.window = TimeWindow(start: 0, end: .infinity)
    let report = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(fit.action == .transcode)
    #expect(made.bytes <= limit)
    let witness = try FitWitness(source: clip.url, output: folder.file("out.mp4"))
    try witness.expectSoundMP4()
    try witness.expectPlainFormat()
    try witness.expectSameTiming()
    try witness.expectSamePictures(within: 5)
    #expect(made.width == witness.outputFile.video?.width)
    #expect(made.height == witness.outputFile.video?.height)
    #expect(made.audioCodec == witness.outputFile.audio?.codec)
    // Never below 480 × 640 unless the source is; a side may lose its odd pixel.
    let shown = (report.input.video.displayWidth, report.input.video.displayHeight)
    #expect(min(made.width, made.height) >= min(min(shown.0, shown.1) & ~1, 480))
    #expect(max(made.width, made.height) >= min(max(shown.0, shown.1) & ~1, 640))
  }

  @Test("meets it, the smaller the limit the smaller the picture", arguments: [3, 1.5, 0.5])
  func ladder(megabytes: Double) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("part.mp4")
    let clip = try TestClips.named("oversized")
    try Ffprobe.make(["-i", clip.path, "-t", "2.5", "-c", "copy", source.path])
    var gate = Gate(provider: .tencent)
    let limit = Int(megabytes * 1_000_000)
    gate.fitting.maximumBytes = limit
    let report = try await gate.fit(.file(source.path), writingTo: folder.path("out.mp4")).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(made.bytes <= limit)
    #expect(made.bytes >= limit * 8 / 10)
    let witness = try FitWitness(source: source, output: folder.file("out.mp4"))
    try witness.expectSoundMP4()
    try witness.expectPlainFormat()
    try witness.expectSameTiming()
    #expect(min(made.width, made.height) >= 480)
    #expect(max(made.width, made.height) >= 640)
    let shape = Double(made.width) / Double(made.height)
    #expect(abs(shape - 1080.0 / 1920) < 0.005)
  }

  @Test(
    "takes one encode, whatever the pictures are like",
    arguments: [
      "null", "noise=alls=6:allf=t", "eq=brightness=-0.25:contrast=0.6,noise=alls=8:allf=t",
      "crop=480:854:x='24+20*sin(t*5)':y='50+40*cos(t*4)'",
    ])
  func oneEncode(pictures: String) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mp4")
    let clip = try TestClips.named("oversized")
    try Ffprobe.make([
      "-i", clip.path, "-t", "4", "-vf", "scale=540:-2,\(pictures)", "-c:v", "libx264", "-preset",
      "ultrafast", "-b:v", "6M", "-c:a", "copy", source.path,
    ])
    var gate = Gate(provider: .tencent)
    let limit = try Data(contentsOf: source).count * 35 / 100
    gate.fitting.maximumBytes = limit
    let report = try await gate.fit(.file(source.path), writingTo: folder.path("out.mp4")).report
    let made = try #require(report.fit?.output)
    #expect(report.fit?.attempts == 1)
    #expect(made.bytes <= limit)
    #expect(made.bytes >= limit * 97 / 100)
  }

  @Test("ends in an error of its own where it is out of reach, and leaves nothing behind")
  func outOfReach() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-megvii")
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = 2000
    let error = await #expect(throws: VPrepError.self) {
      try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4"))
    }
    #expect(error?.kind == .limitsCannotBeMet)
    #expect(error.map { ExitStatus($0) } == .limitsCannotBeMet)
    #expect(error?.message.contains("2000 bytes") == true)
    #expect(error?.advice != nil)
    #expect(try folder.contents.isEmpty)
  }

  @Test("encodes where a copy of the streams would be a few bytes too large")
  func copyTooLarge() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("matroska")
    var gate = Gate(provider: .tencent)
    let limit = try Data(contentsOf: clip.url).count
    gate.fitting.maximumBytes = limit
    let report = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(fit.action == .transcode)
    #expect(made.bytes <= limit)
    #expect(fit.reasons.contains { $0.contains("cannot be copied") })
  }

  @Test("does not loosen the provider's limit")
  func aboveTheProvider() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-megvii")
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = .max
    let report = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    #expect(report.fit?.action == .passthrough)
  }

  @Test("keeps the stretch that the caller names, with its sound in step")
  func window() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-silent")
    var gate = Gate(provider: .megvii)
    gate.fitting.window = TimeWindow(start: 0.5, end: 2)
    let report = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(fit.window?.start == 0.5 && fit.window?.end == 2)
    #expect(made.verified)
    let output = folder.file("out.mp4")
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    #expect(try Ffprobe.countFrames(output) == 45)
    let file = try Ffprobe.probe(output)
    #expect(abs((file.audio?.duration ?? 0) - 1.5) <= 0.05)
    #expect(abs((file.audio?.start ?? 1) - (file.video?.start ?? 0)) <= 0.034)
    // The frame at half a second is the first one.
    let source = try Ffprobe.luma(clip.url, width: 36, height: 64)
    let kept = try Ffprobe.luma(output, width: 36, height: 64)
    #expect(meanAbsoluteDifference(source[15], try #require(kept.first)) <= 4)
  }

  @Test(
    "begins with the first picture of a stretch, wherever between two pictures it begins",
    arguments: [0.001, 0.02, 0.03])
  func windowBetweenPictures(before: Double) async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("variable-rate")
    let times = try Ffprobe.frameTimes(clip.url)
    let first = try #require(times.first { $0 - times[0] > 0.5 }) - times[0]
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = 60_000
    gate.fitting.window = TimeWindow(start: first - before, end: 2)
    let report = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    #expect(report.fit?.action == .transcode)
    #expect(try #require(report.fit?.output).verified)
    let shown = try Ffprobe.frameTimes(folder.file("out.mp4"))
    let kept = times.map { $0 - times[0] }.filter { $0 >= first - 0.001 && $0 < 2 }
    #expect(shown.count == kept.count)
    for (time, source) in zip(shown, kept) { #expect(abs(time - (source - first)) < 0.001) }
  }

  @Test("refuses a stretch that lies behind the clip as a request that cannot be meant")
  func windowBehindTheEnd() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-megvii")
    var gate = Gate(provider: .megvii)
    gate.fitting.window = TimeWindow(start: 5, end: 6)
    let error = await #expect(throws: VPrepError.self) {
      try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4"))
    }
    #expect(error?.kind == .badRequest)
    #expect(error.map { ExitStatus($0) } == .usage)
    #expect(try folder.contents.isEmpty)
  }
}
