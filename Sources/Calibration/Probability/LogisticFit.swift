#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The logistic curve that fits answers best: maximum likelihood by Newton's method, with a weak normal
/// prior that keeps it finite where refused and accepted clips lie apart.
struct LogisticFit {
  private var offset = 0.0
  private var slope = 0.0
  private let centre: Double
  private let spread: Double
  private static let prior = 0.01

  init(_ answers: [(distance: Double, isRefused: Bool)]) {
    let count = Double(max(answers.count, 1))
    let centre = answers.reduce(0) { $0 + $1.distance } / count
    let variance =
      answers.reduce(0) { $0 + ($1.distance - centre) * ($1.distance - centre) } / count
    self.centre = centre
    spread = variance > 0 ? variance.squareRoot() : 1
    for _ in 0..<50 {
      var (g0, g1) = (-Self.prior * offset, -Self.prior * slope)
      var (h00, h01, h11) = (Self.prior, 0.0, Self.prior)
      for answer in answers {
        let x = (answer.distance - centre) / spread
        let p = probability(answer.distance)
        let rest = (answer.isRefused ? 1 : 0) - p
        g0 += rest
        g1 += rest * x
        let weight = p * (1 - p)
        h00 += weight
        h01 += weight * x
        h11 += weight * x * x
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { break }
      let steps = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
      offset += min(max(steps.0, -2), 2)
      slope += min(max(steps.1, -2), 2)
      if steps.0.magnitude + steps.1.magnitude < 1e-9 { break }
    }
  }

  func probability(_ distance: Double) -> Double {
    1 / (1 + exp(-(offset + slope * (distance - centre) / spread)))
  }
}
