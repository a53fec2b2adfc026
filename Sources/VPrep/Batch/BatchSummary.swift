public import Services

/// What became of the clips of a batch, counted.
public struct BatchSummary: Sendable, Equatable {
  /// Clips by the outcome of their verdict; a request that would be refused counts as `fail`.
  public private(set) var outcomes: [Outcome: Int] = [:]
  /// Clips that gave an error instead of a report.
  public private(set) var errors = 0
  /// Clips whose line was there from an earlier run; they are among the others as well.
  public private(set) var resumed = 0
  /// The worst status of the clips; see `ExitStatus.severity`.
  public private(set) var status = ExitStatus.accepted

  /// A summary of nothing.
  public init() {}

  /// Clips that were counted.
  public var clips: Int { outcomes.values.reduce(errors, +) }

  /// Counts a clip.
  public mutating func add(_ result: BatchResult) {
    switch result.answer {
    case .failure: errors += 1
    case .success(let report):
      let isLinted = report.lint?.isEmpty == false
      outcomes[isLinted ? .fail : result.verdict?.outcome ?? .incomplete, default: 0] += 1
    }
    if result.isResumed { resumed += 1 }
    if result.status.severity > status.severity { status = result.status }
  }
}

extension ExitStatus {
  /// How bad a clip's status is beside those of other clips; a batch ends with the worst.
  ///
  /// From good to bad: accepted, incomplete, refused, limits cannot be met, input unusable, bad
  /// usage, output not written. What the caller's own machine is to blame for comes last, because it
  /// concerns the clips that follow.
  public var severity: Int {
    switch self {
    case .accepted: 0
    case .incomplete: 1
    case .refused: 2
    case .limitsCannotBeMet: 3
    case .unusableInput: 4
    case .usage: 5
    case .outputNotWritten: 6
    }
  }
}
