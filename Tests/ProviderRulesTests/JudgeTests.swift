import ProviderRules
import Testing

@Suite("A clip is judged")
struct JudgeTests {
  @Test("A good clip passes everywhere, and nothing but what was not given stays open")
  func goodClip() {
    for (provider, mode) in everyMode {
      let verdict = Judge.judge(
        .good(for: provider, mode), provider: provider, mode: mode, photo: .good)
      #expect(verdict.outcome == .pass, "\(verdict.predictions) \(verdict.unmeasured)")
      #expect(verdict.predictions.isEmpty)
      #expect(verdict.unmeasured.allSatisfy { $0.reason == .bandwidthNotGiven })
      #expect(verdict.mode == mode)
    }
  }
}
