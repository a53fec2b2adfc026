import FoundationEssentials
import VPrep

extension BatchResult {
  /// One line for people: the outcome, the clip, and its output, its codes or what went wrong.
  var text: String {
    let rest =
      switch answer {
      case .failure(let error): error.file == path ? "\(error)" : "\(path): \(error)"
      case .success(let report):
        ([path + (outputPath.map { " → " + $0 } ?? "")] + codes(report)).joined(separator: "  ")
      }
    return word.padding(to: 11) + rest.printable
  }

  private var word: String {
    switch answer {
    case .failure: "error"
    case .success(let report):
      report.lint?.isEmpty == false ? "fail" : verdict?.outcome.rawValue ?? "incomplete"
    }
  }

  /// What speaks against the clip, worst first.
  private func codes(_ report: ReportDocument) -> [String] {
    let all = (report.lint ?? []).map(\.code) + (verdict?.predictions ?? []).map(\.code)
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

extension BatchSummary {
  /// One line for people, such as `50 clips: 31 pass, 4 warn, 12 fail, 3 errors`.
  var text: String {
    let order: [Outcome] = [.pass, .warn, .fail, .incomplete]
    let named = order.compactMap { outcome in
      outcomes[outcome].map { "\($0) \(outcome.rawValue)" }
    }
    let failed = errors == 0 ? [] : [errors == 1 ? "1 error" : "\(errors) errors"]
    let counts = (named + failed).joined(separator: ", ")
    let head = clips == 1 ? "1 clip" : "\(clips) clips"
    let tail = resumed == 0 ? "" : "; \(resumed) done by an earlier run"
    return head + (counts.isEmpty ? "" : ": " + counts) + tail
  }
}

extension String {
  /// The text filled with spaces to a column.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
