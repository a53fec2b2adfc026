import Foundation
import Services
import TestSupport
import Testing
import VPrep

@Suite("A stretch cut out of a clip")
struct TrimTests {
  @Test("between key frames is copied bit for bit, with its sound in step")
  func plain() async throws {
    let folder = try TemporaryFolder()
    let window = TimeWindow(start: 2, end: 5)
    let witness = try await CutWitness.cut(try TestClips.named("good-lip").url, window, in: folder)
    #expect(witness.fit.action == .trimCopy)
    #expect(witness.fit.window?.start == 2 && witness.fit.window?.end == 5)
    try witness.expectFrames(of: window)
    try witness.expectSoundFile()
    try witness.expectSoundInStep()
  }

  @Test(
    "at any frame is that frame exactly; only the pictures before the next key frame are encoded",
    arguments: [(0.5, 3.0, 15), (1.2334, 4.5, 23), (2.9667, 5.5, 1)])
  func frameAccurate(start: Double, end: Double, head: Int) async throws {
    let folder = try TemporaryFolder()
    let window = TimeWindow(start: start, end: end)
    let witness = try await CutWitness.cut(try TestClips.named("good-lip").url, window, in: folder)
    #expect(witness.fit.action == .trimCopy)
    #expect(witness.fit.reasons.last?.contains("\(head) at the ends") == true)
    try witness.expectFrames(of: window, encoded: (head, 0))
    try witness.expectSoundFile()
    try witness.expectSoundInStep()
  }

  @Test("keeps the rotation in the file, encoded pictures included", arguments: [1.0, 0.8])
  func rotation(start: Double) async throws {
    let folder = try TemporaryFolder()
    let window = TimeWindow(start: start, end: 2)
    let witness = try await CutWitness.cut(
      try TestClips.named("rotated-90").url, window, in: folder)
    #expect(witness.fit.action == .trimCopy)
    try witness.expectFrames(of: window, encoded: (start == 1 ? 0 : 6, 0))
    try witness.expectSoundFile()
    #expect(try Ffprobe.probe(witness.output).video?.rotation == 90)
    #expect(witness.fit.output?.width == witness.report.input.video.displayWidth)
  }

  @Test(
    "is encoded whole where the pictures change their sampling, depth or size on the way",
    arguments: [
      ("yuv444p", "160x120"), ("yuv420p10le", "160x120"), ("yuv420p", "120x160"),
      ("yuvj420p", "160x120"),
    ])
  func changing(format: String, size: String) async throws {
    let folder = try TemporaryFolder()
    let group = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-bf", "0"]
    let pictures = Ffmpeg.pictures(seconds: 2) + group + ["-pix_fmt", "yuv420p"]
    try Ffmpeg.make(folder.file("a.h264"), pictures)
    try Ffmpeg.make(
      folder.file("b.h264"), Ffmpeg.pictures(size, seconds: 4) + group + ["-pix_fmt", format])
    let stream = folder.file("changing.h264")
    try (Data(contentsOf: folder.file("a.h264")) + Data(contentsOf: folder.file("b.h264")))
      .write(to: stream)
    let source = folder.file("changing.mkv")
    try Ffmpeg.make(
      source,
      ["-fflags", "+genpts", "-r", "10", "-i", stream.path(percentEncoded: false), "-c", "copy"])
    // It begins between two key frames behind the change.
    let witness = try await CutWitness.cut(source, TimeWindow(start: 2.5, end: 6), in: folder)
    #expect(witness.fit.action == .transcode)
    #expect(witness.fit.output?.verified == true)
    guard size == "160x120" else { return }
    let small = "scale=40:30:flags=area:out_range=pc"
    let found = try Ffprobe.raw(
      witness.output, filters: "select='eq(n,2)',\(small)", pixelFormat: "rgb24", frames: 1)
    let expected = try Ffprobe.raw(
      folder.file("b.h264"), filters: "select='eq(n,7)',\(small)", pixelFormat: "rgb24", frames: 1)
    // Finer chroma of small hard edges differs by ten, wrongly read planes by fifty.
    #expect(meanAbsoluteDifference(found, expected) < 16)
  }

  @Test("with B-frames ends at the wished frame", arguments: [false, true])
  func bFrames(openGroups: Bool) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("b.mp4")
    try Self.make(
      source, from: "good-lip",
      ["-g", "30", "-bf", "3", "-sc_threshold", "0"]
        + (openGroups ? ["-x264-params", "open-gop=1"] : []))
    // Key frames of open groups lean on earlier pictures: a copy may not begin there.
    if openGroups {
      let later = try await CutWitness.cut(source, TimeWindow(start: 1, end: 4), in: folder)
      #expect(later.fit.action == .transcode)
      let start = TimeWindow(start: 0, end: 3.5)
      let witness = try await CutWitness.cut(source, start, in: folder)
      #expect(witness.fit.action == .trimCopy)
      try witness.expectFrames(of: start, encoded: (0, 4))
      try witness.expectSoundFile()
      return
    }
    for window in [
      TimeWindow(start: 1, end: 4), .init(start: 1, end: 3.4), .init(start: 0.7, end: 3.4333),
    ] {
      let witness = try await CutWitness.cut(source, window, in: folder)
      #expect(witness.fit.action == .trimCopy)
      let tail = window.end == 4 ? 0 : 4
      try witness.expectFrames(of: window, encoded: (window.start == 0.7 ? 9 : 0, tail))
      try witness.expectSoundFile()
      try witness.expectSoundInStep()
    }
  }

  @Test("does not bring back what the clip's own edit list hides")
  func editList() async throws {
    let folder = try TemporaryFolder()
    // A key frame every second; the list skips the first 1.1 s.
    let whole = folder.file("whole.mp4")
    try Self.make(whole, from: "good-lip", ["-g", "30", "-bf", "2", "-sc_threshold", "0"])
    let source = folder.file("listed.mp4")
    try Ffprobe.make([
      "-ss", "1.1", "-i", whole.path(percentEncoded: false), "-c", "copy",
      source.path(percentEncoded: false),
    ])
    #expect(
      try Ffprobe.frameDigests(source, ignoringEditLists: true).count
        > Ffprobe.frameDigests(source).count)
    for window in [TimeWindow(start: 0, end: 3), .init(start: 0.9, end: 3.9)] {
      let witness = try await CutWitness.cut(source, window, in: folder)
      #expect(witness.fit.action == .trimCopy)
      let head = witness.wished(TimeWindow(start: window.start, end: 0.9)).count
      try witness.expectFrames(of: window, encoded: (head, 4))
      try witness.expectSoundFile()
      try witness.expectSoundInStep()
    }
  }

  @Test(
    "of any container is the stretch that was meant, its times from zero on",
    arguments: [
      "late-start", "late-sound", "fragmented", "matroska", "flv", "3gp", "variable-rate",
      "moov-last", "no-sound", "hevc", "mpegts", "fps-60",
    ])
  func containers(id: String) async throws {
    let folder = try TemporaryFolder()
    let window = TimeWindow(start: 1, end: 2)
    let witness = try await CutWitness.cut(try TestClips.named(id).url, window, in: folder)
    if witness.fit.action == .trimCopy {
      let head = witness.fit.reasons.last?.contains("every frame is copied") == true ? 0 : 30
      try witness.expectFrames(of: window, encoded: (min(head, witness.after.count), 0))
    } else {
      #expect(witness.after.count == witness.wished(window).count)
    }
    try witness.expectSoundFile()
    if witness.report.input.audio != nil, id != "late-sound" { try witness.expectSoundInStep() }
    #expect(abs(witness.timesAfter.first ?? 1) <= 0.001)
  }

  @Test("keeps uneven frame times", arguments: [1.8, 1.6])
  func variableRate(start: Double) async throws {
    let folder = try TemporaryFolder()
    let window = TimeWindow(start: start, end: 2.4)
    let witness = try await CutWitness.cut(
      try TestClips.named("variable-rate").url, window, in: folder)
    #expect(witness.fit.action == .trimCopy)
    let head = witness.wished(TimeWindow(start: start, end: 1.8)).count
    #expect((head == 0) == (start == 1.8))
    try witness.expectFrames(of: window, encoded: (head, 0))
    try witness.expectSoundFile()
  }

  @Test("that no sound reaches has none")
  func beforeTheSound() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("late.mp4")
    let clip = try TestClips.named("good-lip").path
    try Ffprobe.make([
      "-i", clip, "-itsoffset", "3", "-i", clip, "-map", "0:v", "-map", "1:a", "-c", "copy",
      source.path(percentEncoded: false),
    ])
    let window = TimeWindow(start: 1, end: 2)
    let witness = try await CutWitness.cut(source, window, in: folder)
    #expect(witness.fit.action == .trimCopy && witness.fit.output?.audioCodec == nil)
    try witness.expectFrames(of: window)
    try witness.expectSoundFile()
  }

  @Test("encodes sound that an MP4 cannot hold, and still copies the pictures")
  func foreignSound() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("pcm.mov")
    try Ffprobe.make([
      "-i", try TestClips.named("good-lip").path, "-c:v", "copy", "-c:a", "pcm_s16le",
      source.path(percentEncoded: false),
    ])
    let window = TimeWindow(start: 1, end: 4)
    let witness = try await CutWitness.cut(source, window, in: folder)
    #expect(witness.fit.action == .trimCopy)
    #expect(witness.fit.output?.audioCodec == "aac")
    #expect(witness.fit.reasons.last?.contains("the audio is encoded") == true)
    try witness.expectFrames(of: window)
    try witness.expectSoundFile()
    try witness.expectSoundInStep()
  }

  @Test("chosen by vprep is copied, judged better than the clip, and as long as recommended")
  func chosen() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("long-5")
    let output = folder.file("out.mp4")
    let report = try await Gate(provider: .megvii)
      .prepare(.file(clip.path), writingTo: output.path(percentEncoded: false)).report
    #expect(report.fit?.action == .trimCopy)
    #expect(report.verdict?.predictions.contains { $0.code == "VIDEO_INVALID_DURATION" } == true)
    #expect(report.outputVerdict?.predictions.isEmpty == true)
    let window = try #require(report.fit?.window)
    let witness = try CutWitness(source: clip.url, output: output, report: report)
    try witness.expectFrames(of: TimeWindow(start: window.start, end: window.end))
    try witness.expectSoundFile()
    // fit meets limits; a recommendation is none.
    let fitted = try await Gate(provider: .megvii)
      .fit(.file(clip.path), writingTo: output.path(percentEncoded: false)).report
    #expect(fitted.fit?.action == .passthrough)
  }

  @Test("that is only planned is reported and leaves nothing behind")
  func planned() async throws {
    let clip = try TestClips.named("long-5")
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = 200_000
    let plan = try await gate.planFit(.file(clip.path)).report
    #expect(plan.fit?.action == .trimCopy && plan.fit?.output == nil && plan.fit?.attempts == 0)
    #expect(plan.fit?.reasons.isEmpty == false)
    let folder = try TemporaryFolder()
    let made = try await gate.fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
    #expect(made.fit?.window == plan.fit?.window && made.fit?.reasons == plan.fit?.reasons)
    let whole = try await gate.planPreparation(.file(clip.path)).report
    #expect(whole.verdict?.outcome == .warn && whole.outputVerdict == nil)
    #expect(whole.fit?.window == plan.fit?.window)
  }

  /// Encodes a test clip anew, its sound copied.
  private static func make(_ url: URL, from id: String, _ options: [String]) throws {
    try Ffprobe.make(
      ["-i", try TestClips.named(id).path, "-c:v", "libx264", "-preset", "veryfast"] + options
        + ["-c:a", "copy", url.path(percentEncoded: false)])
  }
}
