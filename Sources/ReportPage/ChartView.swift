import Services
import VPrep

/// A strip chart: one measure over the clip, its limits, and where it lies beyond them.
///
/// The drawing has no text, so that it may be stretched to any width.
struct ChartView {
  let name: String
  let summary: String
  let kind: String
  /// The range of its values, and its limits, in words.
  let range: String
  let limits: [LimitView]
  let path: String
  let dots: String
  let lines: [LineView]
  /// Where it lies beyond a limit.
  let stretches: [StretchView]
  /// What is cut off at either end.
  let cuts: [StretchView]
  let alt: String
  let middle: String
  let end: String
  let height = Self.height
  let width = Self.width

  /// A limit in words.
  struct LimitView {
    let kind: String
    let text: String
  }

  /// A limit in the drawing.
  struct LineView {
    let kind: String
    let y: Double
    let x2 = ChartView.width
  }

  /// A part of the time, in the drawing's units.
  struct StretchView {
    let kind: String
    let x: Double
    let width: Double
    let height = ChartView.height
  }

  static let width = 1000
  static let height = 100
  /// Charts that a page shows at most.
  private static let most = 14

  /// - Parameter kept: the window that a fit keeps, in seconds.
  static func all(_ illustration: Illustration, kept: (Double, Double)?) -> [ChartView] {
    illustration.series.prefix(most).map {
      ChartView($0, duration: illustration.duration, kept: kept)
    }
  }

  init(_ series: MeasureSeries, duration: Double, kept: (Double, Double)?) {
    name = series.name
    summary = series.summary
    kind = series.predicted?.rawValue ?? "pass"
    let values = series.points.compactMap(\.value)
    let scale = ChartScale(values: values, lines: series.lines.map(\.value), duration: duration)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let (from, to) = (series.unit.text(low), series.unit.text(high))
    range = from == to ? from : "\(from) to \(to)"
    limits = series.lines.map {
      LimitView(
        kind: $0.severity.rawValue,
        text: ($0.severity == .fail ? "fails " : "warns ") + ($0.side == .min ? "below " : "above ")
          + series.unit.text($0.value))
    }
    lines = series.lines.map { LineView(kind: $0.severity.rawValue, y: scale.y($0.value)) }
    (path, dots) = scale.paths(series.points)
    stretches = scale.stretches(series)
    cuts = scale.cuts(kept)
    alt =
      "\(series.summary), \(range) over \(series.points.count) measured frames; "
      + (limits.isEmpty ? "no limit" : limits.map(\.text).joined(separator: ", "))
    middle = MeasureUnit.seconds.text(duration / 2)
    end = MeasureUnit.seconds.text(duration)
  }
}

/// Seconds and values as units of a drawing.
struct ChartScale {
  private let duration: Double
  private let low: Double
  private let high: Double

  init(values: [Double], lines: [Double], duration: Double) {
    let all = values + lines
    let (least, most) = (all.min() ?? 0, all.max() ?? 1)
    // Some room above and below, and a range for what never changes.
    let room = max((most - least) * 0.08, most.magnitude * 1e-3, 1e-6)
    (low, high) = (least - room, most + room)
    self.duration = max(duration, 1e-3)
  }

  func x(_ seconds: Double) -> Double {
    (min(max(seconds / duration, 0), 1) * Double(ChartView.width)).rounded(decimals: 1)
  }

  func y(_ value: Double) -> Double {
    ((1 - (value - low) / (high - low)) * Double(ChartView.height)).rounded(decimals: 1)
  }

  /// A line through neighbouring values, and a dot for each value, so that those alone are seen.
  func paths(_ points: [MeasureSeries.Point]) -> (line: String, dots: String) {
    var line = ""
    var dots = ""
    var isOpen = false
    for point in points {
      guard let value = point.value else {
        isOpen = false
        continue
      }
      let place = "\(x(point.t).formatted(decimals: 1)) \(y(value).formatted(decimals: 1))"
      line += (isOpen ? "L" : "M") + place
      dots += "M\(place)h0"
      isOpen = true
    }
    return (line, dots)
  }

  /// Where values lie beyond a limit: from half way to the frame before to half way to the next.
  func stretches(_ series: MeasureSeries) -> [ChartView.StretchView] {
    let points = series.points
    var found: [ChartView.StretchView] = []
    for (index, point) in points.enumerated() {
      guard let value = point.value else { continue }
      let crossed = series.lines.filter { $0.isCrossed(by: value) }.map(\.severity)
      guard !crossed.isEmpty else { continue }
      let start = index == 0 ? 0 : (points[index - 1].t + point.t) / 2
      let end = index + 1 < points.count ? (point.t + points[index + 1].t) / 2 : duration
      let kind = crossed.contains(.fail) ? "fail" : "warn"
      if let last = found.last, last.kind == kind, last.x + last.width >= x(start) - 0.2 {
        found[found.count - 1] = ChartView.StretchView(
          kind: kind, x: last.x, width: (x(end) - last.x).rounded(decimals: 1))
      } else {
        found.append(
          ChartView.StretchView(
            kind: kind, x: x(start), width: (x(end) - x(start)).rounded(decimals: 1)))
      }
    }
    return found
  }

  /// What lies outside of the kept window.
  func cuts(_ kept: (Double, Double)?) -> [ChartView.StretchView] {
    guard let (start, end) = kept else { return [] }
    let parts = [(0, x(start)), (x(end), Double(ChartView.width))]
    return parts.filter { $0.1 > $0.0 }.map {
      ChartView.StretchView(kind: "cut", x: $0.0, width: $0.1 - $0.0)
    }
  }
}
