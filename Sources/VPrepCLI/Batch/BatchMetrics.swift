import Foundation
import VPrep

/// Counts of a batch in the text format of Prometheus.
enum BatchMetrics {
  static func text(_ summary: BatchSummary, service: Service, seconds: Double) -> String {
    let who = [
      ("provider", service.provider.rawValue), ("mode", service.mode?.rawValue ?? ""),
    ]
    var text = ""
    func add(_ name: String, _ help: String, _ samples: [([(String, String)], Double)]) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
      for (labels, value) in samples {
        let all = (who + labels).map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
        text += "\(name){\(all)} \(value.formatted(decimals: 3))\n"
      }
    }
    let outcomes: [Outcome] = [.pass, .warn, .fail, .incomplete]
    add(
      "vprep_batch_clips", "Clips of the last run by the outcome of their verdict.",
      outcomes.map { ([("outcome", $0.rawValue)], Double(summary.outcomes[$0, default: 0])) }
        + [([("outcome", "error")], Double(summary.errors))])
    add(
      "vprep_batch_code_clips", "Clips of the last run by predicted code.",
      summary.codes.sorted { $0.key < $1.key }.map { ([("code", $0.key)], Double($0.value)) })
    add(
      "vprep_batch_resumed_clips", "Clips whose line was kept from an earlier run.",
      [([], Double(summary.resumed))])
    add("vprep_batch_seconds", "Seconds that the last run took.", [([], seconds)])
    add(
      "vprep_batch_end_time_seconds", "When the last run ended, in seconds since 1970.",
      [([], Date().timeIntervalSince1970)])
    return text
  }

  /// A label's value: backslash, quotation mark and line end are escaped.
  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
  }
}
