import TestSupport
import Testing
import VPrep

@testable import Services

/// A service that only this file knows is judged and fitted for like those that are built in.
@Suite("A service that is new")
struct MadeUpServiceTests {
  private static let profile = ServiceProfile(
    provider: Provider(named: "made-up"), title: "Made up", codePrefix: "No.",
    limits: ProviderLimits(
      maximumBytes: 60_000, maximumBase64Bytes: nil, acceptedContainers: ["mp4"],
      safeVideoCodecs: ["h264"], safeAudioCodecs: nil, recommendedDuration: nil,
      durationMustExceed: nil, acceptedDuration: 0...10, minimumShortSide: 0, minimumLongSide: 0,
      minimumFaceWidth: 0, maximumPhotoBase64Bytes: nil, downloadSeconds: nil, needsAudio: false),
    table: [
      Rule(
        "No.TooLarge", .bytes, .whole, .above, fail: .documented(60_000, "this test"),
        advice: .shrinkFile, integrator: "The file has {value}."),
      Rule(
        "No.Close", .widthPixels, .bestFrames, .above, warn: .documented(10, "this test"),
        advice: .moveBack, integrator: "The face is {value} wide."),
    ],
    codes: [
      ProviderCode(
        code: "No.TooLarge", provider: Provider(named: "made-up"), modes: [], kind: .predict,
        httpStatus: nil, meaning: "Too large."),
      ProviderCode(
        code: "No.Mood", provider: Provider(named: "made-up"), modes: [], kind: .server,
        httpStatus: nil, meaning: "Only the server knows."),
    ],
    refusal: { _ in ServiceProfile.Refusal(code: "No.Video", source: "this test") },
    request: RequestRules(lint: { parameters, _ in
      parameters["word"] == .text("please")
        ? [] : [LintFinding(code: "No.Word", key: "word", message: "word must be please.")]
    }),
    window: .longEnough, needs: MeasuringNeeds(movement: false, eyes: true))

  private let clip: Clip

  init() throws { clip = .file(try TestClips.named("good-megvii").path) }

  @Test("is judged by its own rules, and its request by its own reading")
  func check() async throws {
    var gate = Gate(Service(Self.profile))
    gate.judging.request = ["word": .text("now")]
    let report = try await gate.check(clip).report
    let verdict = try #require(report.verdict)
    #expect(verdict.outcome == .fail)
    #expect(verdict.predictions.map(\.code) == ["No.TooLarge", "No.Close"])
    #expect(verdict.unpredictable == ["No.Mood"])
    #expect(verdict.provider.rawValue == "made-up")
    #expect(report.lint?.map(\.code) == ["No.Word"])
  }

  @Test("gets clips that keep to its limits")
  func fit() async throws {
    let folder = try TemporaryFolder()
    let gate = Gate(Service(Self.profile))
    let report = try await gate.prepare(clip, writingTo: folder.path("out.mp4")).report
    #expect(report.fit?.action == .transcode)
    #expect(try #require(report.fit?.output).bytes <= 60_000)
    #expect(report.outputVerdict?.predictions.map(\.code) == ["No.Close"])
  }

  @Test("names the code of a file that is no clip")
  func unusable() async throws {
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(Service(Self.profile)).check(.bytes(Array("no clip".utf8), name: "a.mp4"))
    }
    #expect(error?.code == "No.Video")
  }
}
