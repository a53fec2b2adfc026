import Calibration
import Services
import VPrep

/// The values of one rule in accepted and in refused clips, with its limits before and after.
///
/// Each group has a curve of its own height, so that few refused clips are seen beside many accepted ones.
struct DistributionView {
  let code: String
  let measure: String
  let accepted: String
  let refused: String
  let lines: [LineView]
  let findings: [String]
  let low: String
  let high: String
  let alt: String
  let width = Self.width
  let height = Self.height

  /// A limit in the drawing.
  struct LineView {
    let kind: String
    let x: Double
    let y2 = DistributionView.height
  }

  static let width = 1000
  static let height = 100

  init(_ values: AnswerOverview.Distribution, _ limits: [CalibratedLimit]) {
    code = values.code
    measure = values.measure
    accepted = Self.outline(values.accepted)
    refused = Self.outline(values.refused)
    low = values.low.formatted(decimals: 2)
    high = values.high.formatted(decimals: 2)
    lines = limits.flatMap { limit in
      [(limit.old, "old"), (limit.new, limit.severity.rawValue)].compactMap { value, kind in
        guard (values.low...values.high).contains(value), kind != "old" || limit.old != limit.new
        else { return nil }
        let place = (value - values.low) / (values.high - values.low) * Double(Self.width)
        return LineView(kind: kind, x: place.rounded(decimals: 1))
      }
    }
    findings = limits.map(Self.words)
    let (good, bad) = (values.accepted.reduce(0, +), values.refused.reduce(0, +))
    alt =
      "\(values.measure) of \(good) accepted clips and of \(bad) refused with \(values.code); "
      + findings.joined(separator: "; ")
  }

  /// A closed line around the counts.
  private static func outline(_ counts: [Int]) -> String {
    let most = Double(counts.max() ?? 0)
    guard most > 0 else { return "" }
    let step = Double(width) / Double(counts.count)
    let tops = counts.enumerated().map { index, count in
      let y = ((1 - 0.95 * Double(count) / most) * Double(height)).formatted(decimals: 1)
      let (from, to) = (Double(index) * step, Double(index + 1) * step)
      return "L\(from.formatted(decimals: 1)) \(y)L\(to.formatted(decimals: 1)) \(y)"
    }
    return "M0 \(height)\(tops.joined())L\(width) \(height)Z"
  }

  private static func words(_ limit: CalibratedLimit) -> String {
    let sign = limit.side == .min ? "below" : "above"
    let verb = limit.severity == .fail ? "fails" : "warns"
    let old = "\(verb) \(sign) \(limit.old.formatted(decimals: 4))"
    switch limit.finding {
    case .confirmed:
      return "\(old), proven: \(limit.beyond) of \(limit.accepted) accepted clips"
    case .moved:
      return "\(old) becomes \(limit.new.formatted(decimals: 4)): \(limit.beyond) of "
        + "\(limit.accepted) accepted clips"
    case .tooFew: return "\(old); \(limit.missing) more accepted clips are needed at least"
    case .untested: return "\(old); no clip beyond it was sent"
    }
  }
}
