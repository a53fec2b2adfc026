import Services
import TestSupport
import Testing
import VPrep

@Suite("A check")
struct AgreementTests {
  static let clips = ["good-silent", "dark-3", "far-2", "left-1", "two-faces", "mask"]

  @Test("predicts what one does that measures every frame", arguments: clips)
  func silent(id: String) async throws {
    try await compare(id, .silent)
  }

  @Test(
    "of a movement does too",
    arguments: [
      ("good-action", ProviderMode.action), ("still-photo", .action), ("oversized", .action),
      ("good-lip", .lip), ("still-photo", .lip),
    ])
  func movement(id: String, mode: ProviderMode) async throws {
    try await compare(id, mode)
  }

  @Test("of a clip with many key frames decodes those alone, and says how many")
  func partly() async throws {
    let folder = try TemporaryFolder()
    let path = try Self.clipOfManyKeyFrames(in: folder)
    let gate = Gate(.tencent(.silent))
    let report = try await gate.check(.file(path)).report
    let measured = try #require(report.measurements)
    let keyFrames = try Self.packetFlags(path).count { $0.hasPrefix("K") }
    #expect(keyFrames >= 8)
    #expect(measured.framesDecoded == keyFrames)
    #expect(measured.framesMeasured == keyFrames)
    #expect(report.input.video.frames == (try Self.packetFlags(path).count))
  }

  @Test("that is asked for a timeline, or for every frame, decodes all")
  func wholly() async throws {
    let folder = try TemporaryFolder()
    let path = try Self.clipOfManyKeyFrames(in: folder)
    let count = try Self.packetFlags(path).count
    var gate = Gate(.tencent(.silent))
    gate.reporting.includesTimeline = true
    let timed = try #require(try await gate.check(.file(path)).report.measurements)
    #expect(timed.framesDecoded == count)
    gate.reporting.includesTimeline = false
    gate.judging.isExhaustive = true
    let whole = try #require(try await gate.check(.file(path)).report.measurements)
    #expect(whole.framesMeasured == count)
  }

  /// A good clip with a key frame every third of a second, as ffmpeg encodes it.
  private static func clipOfManyKeyFrames(in folder: borrowing TemporaryFolder) throws -> String {
    let path = folder.path("keys.mp4")
    _ = try runProcess(
      "ffmpeg",
      [
        "-v", "error", "-i", try TestClips.named("good-silent").path, "-c:v", "libx264", "-g", "10",
        "-profile:v", "baseline", "-crf", "18", "-c:a", "copy", path,
      ])
    return path
  }

  private static func packetFlags(_ path: String) throws -> [Substring] {
    try runProcess(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "v", "-show_entries", "packet=flags", "-of", "csv=p=0",
        path,
      ]
    ).outputText.split(separator: "\n")
  }

  private func compare(_ id: String, _ mode: ProviderMode) async throws {
    let clip = Clip.file(try TestClips.named(id).path)
    var gate = Gate(.tencent(mode))
    gate.judging.options.actions = [1, 2]
    let usual = try #require(try await gate.check(clip).report.verdict)
    gate.judging.isExhaustive = true
    let whole = try #require(try await gate.check(clip).report.verdict)
    #expect(usual.outcome == whole.outcome)
    #expect(Self.codes(usual) == Self.codes(whole))
  }

  private static func codes(_ verdict: Verdict) -> Set<String> {
    Set(verdict.predictions.map { "\($0.severity) \($0.code)" })
  }
}
