import Foundation
import Testing

@testable import Calibration

@Suite("The binomial distribution")
struct BinomialTests {
  /// One row of what SciPy says.
  struct Reference: Decodable {
    let trials: Int
    let share: Double
    let count: Int
    let atMost, atLeast, lower, upper: Double
  }

  static func references() throws -> [Reference] {
    try JSONDecoder().decode([Reference].self, from: Data(PackageResources.binomial_json))
  }

  private func isNear(_ value: Double, _ reference: Double) -> Bool {
    // What no Double can tell from 0 needs no digits.
    value == reference || (value - reference).magnitude <= 1e-9 * reference.magnitude + 1e-300
  }

  @Test("has SciPy's tails, to nine digits, up to a million trials")
  func tails() throws {
    let references = try Self.references()
    #expect(references.count > 200)
    for row in references {
      let binomial = Binomial(trials: row.trials, probability: row.share)
      let (atMost, atLeast) = (binomial.atMost(row.count), binomial.atLeast(row.count))
      #expect(isNear(atMost, row.atMost), "\(row): \(atMost)")
      #expect(isNear(atLeast, row.atLeast), "\(row): \(atLeast)")
    }
  }

  @Test("has the exact intervals of SciPy's beta distribution")
  func intervals() throws {
    for row in try Self.references() {
      let interval = ExactInterval(count: row.count, trials: row.trials)
      let (lower, upper) = (interval.lower(doubt: 0.025), interval.upper(doubt: 0.025))
      #expect(isNear(lower, row.lower), "\(row): \(lower)")
      #expect(isNear(upper, row.upper), "\(row): \(upper)")
    }
  }

  @Test("adds up to 1")
  func whole() {
    for (trials, share) in [(0, 0.5), (1, 0.1), (30, 0.7), (2000, 0.003)] {
      let binomial = Binomial(trials: trials, probability: share)
      let sum = (0...trials).reduce(0) { $0 + binomial.mass($1) }
      #expect((sum - 1).magnitude < 1e-12, "\(trials) \(share): \(sum)")
    }
  }

  @Test("says how many clips without a failure prove a share")
  func fewest() {
    // 0.95^58 = 0.0510, 0.95^59 = 0.0485.
    #expect(ExactInterval.fewestTrials(share: 0.05, doubt: 0.05) == 59)
    #expect(ExactInterval.fewestTrials(share: 0.01, doubt: 0.05) == 299)
    #expect(ExactInterval.fewestTrials(share: 1, doubt: 0.05) == 0)
  }
}
