import Services
import Testing

@testable import Calibration

@Suite("The probability of a refusal")
struct RefusalTests {
  /// Answers of a service whose probability is known.
  private func answers(
    _ count: Int, seed: UInt64, _ probability: @Sendable (Double) -> Double
  ) -> [RefusalFit.Answer] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in
      let distance = random.normal() / 2
      return (distance, random.unit() < probability(distance))
    }
  }

  @Sendable private static func step(_ distance: Double) -> Double { distance > 0.1 ? 0.8 : 0.05 }
  @Sendable private static func slope(_ distance: Double) -> Double {
    min(max(0.5 + distance / 2, 0), 1)
  }

  @Test("is what the service's is, within its interval in nine of ten places")
  func right() throws {
    let services: [(UInt64, @Sendable (Double) -> Double)] = [
      (1, Self.step), (2, Self.slope), (3, { _ in 0.3 }),
    ]
    for (seed, truth) in services {
      let fit = try #require(RefusalFit(answers(3000, seed: seed, truth), version: "2026-01-31"))
      let model = fit.model
      #expect(model.distances.count > 20)
      // At a jump, any value between is right.
      let places = model.distances.indices.filter { (model.distances[$0] - 0.1).magnitude > 0.15 }
      let near = places.count { index in
        let exact = truth(model.distances[index])
        return (model.lows[index]...model.highs[index]).contains(exact)
      }
      #expect(Double(near) >= 0.9 * Double(places.count), "\(seed): \(near) of \(places.count)")
      for bin in fit.reliability {
        #expect((bin.foretold - bin.refused).magnitude < 0.1, "\(seed): \(bin)")
      }
    }
  }

  @Test("comes from the curve that foretells better")
  func chosen() throws {
    let sharp = try #require(RefusalFit(answers(3000, seed: 4, Self.step), version: ""))
    #expect(sharp.kind == .isotonic)
    let smooth = try #require(
      RefusalFit(answers(1000, seed: 5) { 1 / (1 + 1 / (1 + 20 * max(0, $0 + 0.5))) }, version: ""))
    for fit in [sharp, smooth] {
      let loss = try #require(fit.loss[fit.kind.rawValue])
      #expect(fit.loss.values.allSatisfy { loss <= $0 }, "\(fit.loss)")
    }
  }

  @Test("is not learned from fewer than 300 answers, nor where all are alike")
  func tooFew() {
    #expect(RefusalFit(answers(299, seed: 6, Self.step), version: "") == nil)
    #expect(RefusalFit(answers(300, seed: 6, Self.step), version: "") != nil)
    #expect(RefusalFit(answers(1000, seed: 7) { _ in 0 }, version: "") == nil)
  }

  @Test("stays finite where refused and accepted clips lie apart")
  func separated() throws {
    let fit = try #require(
      RefusalFit(answers(500, seed: 8) { $0 > 0 ? 1 : 0 }, version: ""))
    #expect(fit.loss.values.allSatisfy { $0.isFinite })
    #expect(fit.model.probabilities.allSatisfy { (0...1).contains($0) })
  }

  @Test("is read with the rules, and said of clips of which no document settles it")
  func said() throws {
    let json = """
      {"refusal": {"distances": [-1, 0, 1], "probabilities": [0, 0.5, 1], "lows": [0, 0.4, 0.9], \
      "highs": [0.1, 0.6, 1], "answers": 400, "version": "2026-01-31"}}
      """
    let overrides = try RuleOverrides(json: json)
    #expect(!overrides.isEmpty)
    let model = try #require(overrides.refusal)
    #expect(model.refusal(at: -7).probability == 0)
    #expect(model.refusal(at: -0.5).probability == 0.25)
    #expect(model.refusal(at: 0).interval == [0.4, 0.6])
    #expect(model.refusal(at: 9).probability == 1)
  }

  @Test("that is damaged is refused")
  func damaged() {
    for change in [
      ("[-1, 0, 1]", "[1, 0, -1]"), ("[0, 0.5, 1]", "[0, 0.5]"), ("[0, 0.5, 1]", "[0, 0.5, 7]"),
      ("400", "20"), ("400", "4.5"), ("[-1, 0, 1]", "[-1, null, 1]"), ("[-1, 0, 1]", "3"),
    ] {
      let json = """
        {"refusal": {"distances": [-1, 0, 1], "probabilities": [0, 0.5, 1], "lows": [0, 0.4, 0.9], \
        "highs": [0.1, 0.6, 1], "answers": 400, "version": "2026-01-31"}}
        """
      #expect(throws: RuleOverridesError.self, "\(change)") {
        try RuleOverrides(json: json.replacing(change.0, with: change.1))
      }
    }
  }
}
