import Calibration
import Foundation
import VPrep

/// The report of `vprep calibrate` for people.
struct CalibrationText {
  private let calibration: Calibration
  private let service: Service

  init(_ calibration: Calibration, service: Service) {
    self.calibration = calibration
    self.service = service
  }

  var text: String {
    let told = calibration.limits.filter { $0.finding != .tooFew }
    return ([head, promise] + unused + [""] + told.map(line) + tooFew + refusal)
      .joined(separator: "\n")
  }

  private var head: String {
    let refused = calibration.used - calibration.accepted
    let days = [calibration.first, calibration.last].compactMap { $0.map(Self.day) }
      .joined(separator: " to ")
    return "\(service): \(Self.count(calibration.used, "answer"))"
      + (days.isEmpty ? "" : " of \(days)")
      + ", \(calibration.accepted) accepted, \(refused) refused"
  }

  private var promise: String {
    let promise = calibration.promise
    return "Of clips like those accepted, a limit fails at most \(Self.share(promise.failing)) and "
      + "warns of at most \(Self.share(promise.warning)), with a doubt of "
      + "\(Self.share(promise.doubt)) over all."
  }

  /// What was not used, most first.
  private var unused: [String] {
    let reasons = calibration.unused.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return reasons.map { reason, count in
      "Not used: \(Self.count(count, "line")) \(Self.words(reason, calibration.unknownCodes))"
    }
  }

  /// How many limits stay for want of answers, and how many they want.
  private var tooFew: [String] {
    [Severity.fail, .warn].compactMap { severity in
      let limits = calibration.limits.filter { $0.finding == .tooFew && $0.severity == severity }
      guard let least = limits.map(\.missing).min() else { return nil }
      return
        "\(Self.count(limits.count, "limit")) for \(severity == .fail ? "failing" : "warning") "
        + "stay for want of answers: at least \(Self.count(least, "more accepted clip"))."
    }
  }

  private func line(_ limit: CalibratedLimit) -> String {
    let sign = limit.side == .min ? "<" : ">"
    let old = "\(limit.severity.rawValue) \(sign) \(Self.number(limit.old))"
    let beyond = "\(limit.beyond) of \(limit.accepted) accepted clips are beyond it"
    let finding =
      switch limit.finding {
      case .confirmed: "stays: \(beyond)"
      case .moved: "becomes \(sign) \(Self.number(limit.new)): \(beyond)"
      case .tooFew: "stays"
      case .untested: "stays: no clip beyond it was sent (see --explore)"
      }
    let sent = limit.precision
    let precision =
      sent.sent == 0 || limit.severity == .warn
      ? ""
      : "; of \(sent.sent) clips beyond the old limit \(sent.refused) were refused for it "
        + "(\(Self.share(sent.low)) to \(Self.share(sent.high)))"
    return "\(limit.code)  \(limit.measure)  \(old)  \(finding)\(precision)"
  }

  /// How well the probability of a refusal is foretold.
  private var refusal: [String] {
    guard let fit = calibration.refusal, let base = fit.loss["base"],
      let loss = fit.loss[fit.kind.rawValue]
    else { return [] }
    return [
      "",
      "The probability of a refusal: by \(fit.kind.words), with a logarithmic loss of "
        + "\(Self.number(loss)) where the plain share of refusals has \(Self.number(base)).",
    ]
  }

  private static func words(_ reason: String, _ codes: [String: Int]) -> String {
    switch AnswerLog.Unused(rawValue: reason) {
    case .unreadable: "cannot be read as JSON"
    case .unanswered: "without an answer"
    case .otherService: "about another service or mode"
    case .noReadings: "without verdict.readings"
    case .unknownCode:
      "with a code that the service does not document: "
        + codes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map {
          $0.key.printable
        }
        .joined(separator: ", ")
    case .future: "dated later than now"
    case .repeated: "that repeat an earlier one"
    case .unmatched: "of answers without a report"
    case .older: "older than the newest \(AnswerLog.mostAnswers)"
    case nil: reason
    }
  }

  private static func count(_ count: Int, _ what: String) -> String {
    count == 1 ? "1 \(what)" : "\(count) \(what)s"
  }

  /// Four decimals, without zeros at the end.
  private static func number(_ value: Double) -> String {
    let text = value.formatted(decimals: 4)
    let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return text.contains(".") ? String(digits.reversed()) : text
  }

  private static func share(_ value: Double) -> String { number(value * 100) + " %" }

  /// The day of a time, in UTC.
  static func day(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(.iso8601.year().month().day())
  }
}

extension RefusalFit.Kind {
  /// What the curve is like.
  fileprivate var words: String {
    switch self {
    case .isotonic: "rising steps (isotonic)"
    case .logistic: "an S-shaped (logistic) curve"
    }
  }
}
