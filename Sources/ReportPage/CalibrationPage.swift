package import Calibration
import FoundationEssentials
import Services
package import VPrep

/// What a log of answers says, as one HTML file.
package enum CalibrationPage {
  private static let template = PageTemplate(
    "calibration", bytes: PackageResources.calibration_mustache)

  package static func html(_ calibration: Calibration, service: Service) throws -> String {
    try template.render(CalibrationView(calibration, service: service))
  }
}

/// What the template of a calibration's page shows.
struct CalibrationView {
  let service: String
  let head: String
  let promise: String
  let drift: String?
  let forecasts: [ForecastView]
  let rules: [DistributionView]
  let bins: [BinView]
  let hasBins: Bool
  let curve: String?
  let weeks: [WeekView]
  let unused: [String]
  let hasUnused: Bool
  let version = VPrepVersion.current

  /// A row of forecast against answer.
  struct ForecastView {
    let outcome: String
    let accepted: Int
    let refused: Int
  }

  /// Clips with like probabilities.
  struct BinView {
    let count: Int
    let foretold: String
    let refused: String
  }

  /// A week.
  struct WeekView {
    let start: String
    let answers: Int
    let refused: String
    let wrong: String
  }

  init(_ calibration: Calibration, service: Service) {
    self.service = "\(service)"
    let days = [calibration.first, calibration.last].compactMap { $0.map(Self.day) }
    head =
      "\(calibration.used) answers" + (days.isEmpty ? "" : ", \(days.joined(separator: " to "))")
      + ": \(calibration.accepted) accepted, \(calibration.used - calibration.accepted) refused"
    let kept = calibration.promise
    promise =
      "Of clips like those accepted, a limit fails at most \(Self.share(kept.failing)) and warns of at "
      + "most \(Self.share(kept.warning)), with a doubt of \(Self.share(kept.doubt)) over all limits."
    drift = calibration.drift.changed.map {
      "Since about \(Self.day($0)) answers are not what they were: calibrate from later ones."
    }
    forecasts = calibration.overview.forecasts.map {
      ForecastView(outcome: $0.outcome, accepted: $0.accepted, refused: $0.refused)
    }
    rules = calibration.overview.distributions.map { values in
      DistributionView(values, calibration.limits.filter { $0.isAbout(values) })
    }
    bins =
      calibration.refusal?.reliability.map {
        BinView(
          count: $0.count, foretold: Self.share($0.foretold), refused: Self.share($0.refused))
      } ?? []
    hasBins = !bins.isEmpty
    curve = calibration.refusal?.kind.rawValue
    weeks = calibration.overview.weeks.map { week in
      let count = Double(max(week.answers, 1))
      return WeekView(
        start: Self.day(week.start), answers: week.answers,
        refused: Self.share(Double(week.refused) / count),
        wrong: Self.share(Double(week.wrong) / count))
    }
    unused = calibration.unused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.value): \($0.key)"
    }
    hasUnused = !unused.isEmpty
  }

  static func share(_ value: Double) -> String { (value * 100).formatted(decimals: 1) + " %" }

  private static func day(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day())
  }
}

extension CalibratedLimit {
  fileprivate func isAbout(_ values: AnswerOverview.Distribution) -> Bool {
    code == values.code && measure == values.measure && side == values.side
  }
}
