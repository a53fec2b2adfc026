import TestSupport
import Testing
import VPrep

@Suite("The caller's own limits reach the choice of a window")
struct RulesOfFitTests {
  @Test("so that a clip of twelve seconds is no longer cut where the rules allow it")
  func duration() async throws {
    var gate = Gate(.megvii)
    gate.judging.overrides = try RuleOverrides(
      json: """
        {"VIDEO_INVALID_DURATION":
          {"input.durationSeconds": {"max": {"warn": 15, "fail": 20}}}}
        """)
    let plan = try await gate.planFit(.file(TestClips.named("long-12").path))
    #expect(plan.change.window == nil)
  }
}
