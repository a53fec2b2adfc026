import Services
import Testing

@Suite("Megvii validate_video")
struct MegviiVideoTests {
  private static let service = Service.megviiVideo

  private func verdict(_ clip: ClipMeasurements) -> Verdict {
    Judge(Self.service).verdict(of: clip)
  }

  @Test("takes a clip of four seconds in which one person speaks")
  func good() {
    #expect(verdict(.good(seconds: 4)).outcome == .pass)
  }

  @Test(
    "wants three to six seconds",
    arguments: [(1.4, Outcome.fail), (2.5, .warn), (3, .pass), (6, .pass), (7, .warn), (19, .fail)])
  func duration(seconds: Double, outcome: Outcome) {
    let verdict = verdict(.good(seconds: seconds))
    #expect(verdict.outcome == outcome)
    #expect(verdict.predictions.allSatisfy { $0.code == "VIDEO_INVALID_DURATION" })
  }

  @Test("refuses a clip without sound")
  func sound() {
    var clip = ClipMeasurements.good(seconds: 4)
    clip.audio?.present = false
    #expect(verdict(clip).predictions.first?.code == "VIDEO_NO_AUDIO")
    #expect(verdict(clip).outcome == .fail)
  }

  @Test("refuses two faces that are alike through half of the clip, and warns of a smaller one")
  func faces() {
    let alike = ClipMeasurements.good(seconds: 4).eachFrame { $0.secondFaceSizeRatio = 0.6 }
    #expect(verdict(alike).predictions.map(\.code) == ["VIDEO_MULTIPLE_FACES"])
    #expect(verdict(alike).outcome == .warn, "it may be a picture")
    #expect(verdict(alike.withSecondFace(turnedBy: 5)).outcome == .fail)
    let stray = ClipMeasurements.good(seconds: 4).eachFrame { $0.secondFaceAreaShare = 0.04 }
    #expect(verdict(stray).outcome == .warn)
  }

  @Test("knows no code for a covered face")
  func covered() {
    #expect(CodeCatalog.entry(for: "VIDEO_FACE_OCCLUDE", of: .megviiVideo) == nil)
  }

  @Test("asks the request for the token of the digits")
  func token() {
    var request: [String: RequestValue] = [
      "api_key": .text("k"), "api_secret": .text("s"), "video": .file(bytes: 1_000_000),
    ]
    #expect(
      RequestLinter.lint(.megviiVideo, parameters: request).map(\.code)
        == ["MISSING_ARGUMENTS:token_random_number"])
    request["token_random_number"] = .text("t")
    #expect(RequestLinter.lint(.megviiVideo, parameters: request).isEmpty)
  }

  @Test("shares a code with validate_still, whose own limits stay its own")
  func overrides() throws {
    let rules = try RuleOverrides(
      json: #"{"VIDEO_INVALID_DURATION": {"input.durationSeconds": {"min": {"warn": 2}}}}"#)
    let short = ClipMeasurements.good(seconds: 2.5)
    #expect(Judge(Self.service, overrides: rules).verdict(of: short).outcome == .pass)
    #expect(Judge(.megvii, overrides: rules).verdict(of: short).outcome == .pass)
    #expect(Judge(.megvii).verdict(of: .good(seconds: 1.5)).outcome == .pass)
    #expect(Judge(.megvii, overrides: rules).verdict(of: .good(seconds: 1.5)).outcome == .warn)
  }
}
