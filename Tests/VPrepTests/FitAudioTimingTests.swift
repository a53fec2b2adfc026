import Foundation
import TestSupport
import Testing

@testable import MediaIO
@testable import VPrep

@Suite("Sound that is encoded")
struct FitAudioTimingTests {
  /// Seconds of one block of AAC at 48 kHz.
  static let block = 1024.0 / 48_000

  /// Fits a clip for Tencent, which takes no WebM, and gives the output's beeps and the end of its sound.
  private func fit(_ folder: URL) async throws -> (onsets: [Double], end: Double) {
    let output = folder.appending(path: "out.mp4")
    let report = try await Gate(provider: .tencent)
      .fit(.file(folder.appending(path: "clip.webm").path), writingTo: output.path).report
    let made = try #require(report.fit?.output)
    #expect(made.verified)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    let audio = try #require(Ffprobe.probe(output).audio)
    return (try BeepClip.onsets(output), (audio.start ?? 0) + (audio.duration ?? 0))
  }

  @Test(
    "keeps every block at its time where blocks overlap, drift apart, or their times jitter",
    arguments: [
      ("PTS*0.96", 0.96), ("PTS*1.04", 1.04), ("PTS*0.999", 0.999), ("PTS*0.75", 0.75),
      ("PTS+mod(N*7\\,5)-2", 1),
    ])
  func drift(times: String, scale: Double) async throws {
    let folder = try TemporaryFolder()
    try BeepClip.webm(folder.file("clip.webm"), seconds: 4, times: times)
    let (onsets, end) = try await fit(folder.url)
    #expect(onsets.count == 8)
    for (number, onset) in onsets.enumerated() {
      let wanted = Double(number) * BeepClip.interval * scale
      #expect(abs(onset - wanted) <= Self.block, "beep \(number)")
    }
    let last = try #require(
      Ffprobe.run(
        "ffprobe",
        [
          "-select_streams", "a", "-show_entries", "packet=pts_time,duration_time", "-of",
          "csv=p=0", folder.path("clip.webm"),
        ]
      ).outputText.split(separator: "\n").last)
    let numbers = last.split(separator: ",").compactMap { Double($0) }
    let start = try #require(Ffprobe.frameTimes(folder.file("clip.webm")).first)
    #expect(abs(end - (numbers.reduce(0, +) - start)) <= Self.block)
  }

  @Test("is silent in a pause of any length, and goes on in step", arguments: [0.3, 3, 12, 40])
  func pause(seconds: Double) async throws {
    let folder = try TemporaryFolder()
    // Between two beeps: a block at the edge would hold the beginning of one.
    let later = "PTS+if(gte(PTS\\,1800)\\,\(Int(seconds * 1000))\\,0)"
    // The pictures pause as well: sound that goes on long after them would be cut off.
    try BeepClip.webm(folder.file("clip.webm"), seconds: 4, times: later, ofPictures: true)
    let (onsets, end) = try await fit(folder.url)
    let wanted = (0..<8).map { Double($0) * BeepClip.interval }.map { $0 < 2 ? $0 : $0 + seconds }
    #expect(onsets.count == wanted.count)
    for (onset, time) in zip(onsets, wanted) { #expect(abs(onset - time) <= Self.block) }
    #expect(abs(end - (4 + seconds)) <= 2 * Self.block)
  }

  @Test("is refused where it ends or begins elsewhere than the clip's")
  func verifier() throws {
    let clip = try TestClips.named("good-megvii")
    let limits = InputLimits()
    let input = try MediaInput(.file(clip.path), limits: limits)
    let watchdog = Watchdog(seconds: 60)
    let findings = try FullDecodeCheck(input: input, limits: limits, watchdog: watchdog).run()
    let found = findings.clip
    let span = try #require(findings.heard)
    func verify(_ span: ClosedRange<Double>?) throws(MediaError) {
      let expected = OutputVerifier.Expectation(
        duration: found.videoDuration, frameInterval: 1 / 30,
        audioOutcome: AudioOutcome(heard: span),
        byteBudget: found.byteCount, size: found.video.displaySize, mayHoldOthers: true,
        hasBars: false)
      _ = try OutputVerifier(limits: limits, watchdog: watchdog, source: input, window: nil)
        .verify(input, expected)
    }
    try verify(span)
    try verify(span.lowerBound...span.upperBound + Self.block)
    for wrong in [
      nil, span.lowerBound...span.upperBound + 0.1, span.lowerBound...span.upperBound - 0.1,
      span.lowerBound - 0.1...span.upperBound, span.lowerBound + 0.1...span.upperBound,
    ] {
      let error = #expect(throws: MediaError.self) { try verify(wrong) }
      #expect(error?.stage == .verify && error?.detail.contains("audio") == true)
    }
  }
}

@Suite("The times of sound")
struct SoundDriftTests {
  @Test("are left alone while they jitter")
  func jitter() {
    var drift = AudioDrift()
    for block in 0..<500 {
      let jitter = Double(block * 7 % 5 - 2) * 0.003
      #expect(drift.correction(for: jitter) == 0, "block \(block)")
    }
  }

  @Test("are followed at once over a hole or an overlap")
  func jump() {
    var drift = AudioDrift()
    for difference in [0.02, -0.02, 3, -3, 1e9] {
      #expect(drift.correction(for: difference) == difference)
    }
  }

  @Test(
    "are followed as they drift, never further off than a block", arguments: [-1e-3, -1e-5, 1e-5])
  func drift(each: Double) {
    var drift = AudioDrift()
    var off = 0.0
    for block in 0..<5000 {
      off += each
      off -= drift.correction(for: off)
      #expect(abs(off) <= 0.016, "block \(block)")
    }
  }
}
