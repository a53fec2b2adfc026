import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A clip whose sound cannot be kept")
struct FitAudioMissingTests {
  /// A clip of 3 s of VP8 with beeps of Opus, written with further arguments.
  private func webm(
    _ url: URL, seconds: Double = 3, sound: Double = 3, _ more: [String] = []
  ) throws {
    let source = url.deletingLastPathComponent().appending(path: "source.webm")
    try Ffprobe.make(
      BeepClip.pictures(seconds) + BeepClip.sound(sound) + [
        "-c:v", "libvpx", "-b:v", "200k", "-deadline", "realtime", "-cpu-used", "8", "-c:a",
        "libopus", source.path,
      ])
    try Ffprobe.make(["-i", source.path, "-c", "copy"] + more + [url.path])
  }

  private func prepare(_ folder: URL, _ gate: Gate) async throws -> ReportDocument {
    let output = folder.appending(path: "out.mp4")
    var gate = gate
    // The clips are made, and show nobody.
    gate.fitting.encodesHopeless = true
    let report = try await gate.prepare(
      .file(folder.appending(path: "clip.webm").path), writingTo: output.path
    ).report
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    #expect(try Ffprobe.probe(output).audio?.codec == report.fit?.output?.audioCodec)
    return report
  }

  @Test("is written without it, says why, and is judged as one without sound")
  func emptyTrack() async throws {
    let folder = try TemporaryFolder()
    try webm(folder.file("clip.webm"), ["-bsf:a", "noise=drop='gte(n,0)'"])
    let report = try await prepare(folder.url, Gate(.tencent(.lip)))
    #expect(report.fit?.output?.audioCodec == nil)
    #expect(report.fit?.reasons.contains { $0.contains("audio stream is empty") } == true)
    let codes = report.outputVerdict?.predictions.map(\.code) ?? []
    #expect(codes.contains("FailedOperation.LipVoiceDetect"))
  }

  @Test("keeps a stretch in which nothing is heard, without sound")
  func otherStretch() async throws {
    let folder = try TemporaryFolder()
    try webm(folder.file("clip.webm"), seconds: 5, sound: 1)
    var gate = Gate(provider: .tencent)
    gate.fitting.window = TimeWindow(start: 2, end: 4.5)
    let report = try await prepare(folder.url, gate)
    #expect(report.fit?.output?.audioCodec == nil)
    #expect(report.fit?.reasons.contains { $0.contains("the window contains no audio") } == true)
    // Where the stretch touches the sound, that part is kept: from its first picture, at 0.8 s.
    gate.fitting.window = TimeWindow(start: 0.75, end: 3)
    let part = try await prepare(folder.url, gate)
    #expect(part.fit?.output?.audioCodec == "aac")
    let audio = try #require(Ffprobe.probe(folder.file("out.mp4")).audio)
    #expect(abs((audio.start ?? 0) + (audio.duration ?? 0) - 0.2) < 0.03)
  }

  @Test(
    "is written with what decodes of damaged sound, or with none",
    arguments: [("if(between(n,60,90),1,0)", true), ("1", false)])
  func damaged(noise: String, isHeard: Bool) async throws {
    let folder = try TemporaryFolder()
    let (source, clip) = (folder.file("source.mkv"), folder.file("clip.webm"))
    try Ffprobe.make(
      BeepClip.pictures(3) + BeepClip.sound(3) + BeepClip.h264 + ["-c:a", "aac", source.path])
    try Ffprobe.make([
      "-i", source.path, "-c", "copy", "-bsf:a", "noise=amount='\(noise)'", "-f", "matroska",
      clip.path,
    ])
    let report = try await prepare(folder.url, Gate(provider: .tencent))
    #expect(report.fit?.reasons.contains { $0.contains("audio") && $0.contains("damaged") } == true)
    #expect((report.fit?.output?.audioCodec == "aac") == isHeard)
    guard isHeard else { return }
    // What is whole stays where it was.
    let onsets = try BeepClip.onsets(folder.file("out.mp4"))
    for time in [0, 0.5, 1, 2.5] {
      #expect(onsets.contains { abs($0 - time) < 0.03 }, "\(time) s")
    }
  }

  @Test("is written without sound whose decoder does not open")
  func headerless() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.webm")
    try webm(clip)
    // Opus says in its header how many channels it has; 0 are none.
    var bytes = try Data(contentsOf: clip)
    let head = try #require(bytes.range(of: Data("OpusHead".utf8)))
    bytes[head.upperBound + 1] = 0
    try bytes.write(to: clip)
    let report = try await prepare(folder.url, Gate(provider: .tencent))
    #expect(report.fit?.output?.audioCodec == nil)
    #expect(report.fit?.reasons.contains { $0.contains("audio") } == true)
  }
}
