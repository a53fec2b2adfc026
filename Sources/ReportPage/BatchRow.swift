package import VPrep

/// A clip of a batch, as lists of clips show it.
package struct BatchRow: Sendable {
  /// The clip's place among those of the batch.
  package let index: Int
  package let path: String
  /// `pass`, `warn`, `fail`, `incomplete` or `error`.
  package let outcome: String
  /// The exit status that the clip alone would have.
  package let status: Int32
  /// What speaks against it, worst first.
  package let codes: [String]
  /// What the person should do next.
  package let nextStep: String?
  /// Where the output stands; `nil` without one.
  package let output: String?
  /// What the fit did; `nil` without one.
  package let action: String?
  /// Size of the clip in bytes.
  package let bytes: Int?
  /// Size of the output in bytes.
  package let outputBytes: Int?
  /// Length of the clip in seconds.
  package let duration: Double?
  /// Seconds that were spent on it.
  package let seconds: Double?
  /// Whether its line was kept from an earlier run.
  package let isResumed: Bool
  /// What went wrong; `nil` where there is a report.
  package let error: String?
  /// The file of its best preview; `nil` without one.
  package let preview: String?

  package init(_ result: BatchResult) {
    index = result.index
    path = result.path
    status = result.status.rawValue
    seconds = result.seconds
    isResumed = result.isResumed
    switch result.answer {
    case .failure(let error):
      outcome = "error"
      codes = [error.code].compactMap { $0 }
      nextStep = error.advice
      (output, action, bytes, outputBytes, duration, preview) = (nil, nil, nil, nil, nil, nil)
      self.error = error.message
    case .success(let report):
      let lint = report.lint ?? []
      outcome = lint.isEmpty ? result.verdict?.outcome.rawValue ?? "incomplete" : "fail"
      var seen: Set<String> = []
      codes = (lint.map(\.code) + (result.verdict?.predictions ?? []).map(\.code))
        .filter { seen.insert($0).inserted }
      nextStep = result.verdict?.nextStep?.text
      output = report.fit?.output?.path
      action = report.fit?.action.rawValue
      bytes = report.input.bytes
      outputBytes = report.fit?.output?.bytes
      duration = report.input.durationSeconds
      error = nil
      preview = result.previewPath
    }
  }
}
