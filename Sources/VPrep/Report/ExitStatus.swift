public import ProviderRules

/// The exit statuses of the command line, which the C interface returns as well.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// The clip passes, warnings included.
  case accepted = 0
  /// The provider is predicted to refuse the clip.
  case refused = 1
  /// The command line is wrong.
  case usage = 2
  /// The input is missing, unreadable, corrupt or refused.
  case unusableInput = 3
  /// The limits cannot be met.
  case limitsCannotBeMet = 4
  /// The output could not be written.
  case outputNotWritten = 5
  /// Something that decides could not be measured.
  case incomplete = 6

  /// The status of a verdict.
  ///
  /// - Parameter strict: lets a warning count as a refusal.
  public init(_ verdict: Verdict, strict: Bool) {
    switch verdict.outcome {
    case .pass: self = .accepted
    case .warn: self = strict ? .refused : .accepted
    case .fail: self = .refused
    case .incomplete: self = .incomplete
    }
  }

  /// The status of a report: that of the output's verdict where there is one, else the clip's; a
  /// request that the provider would refuse is a refusal.
  ///
  /// - Parameter strict: lets a warning count as a refusal.
  public init(_ report: Report, strict: Bool) {
    if report.lint?.isEmpty == false {
      self = .refused
    } else if let verdict = report.outputVerdict ?? report.verdict {
      self.init(verdict, strict: strict)
    } else {
      self = .accepted
    }
  }

  /// The status of an error.
  public init(_ error: VPrepError) {
    switch error.kind {
    case .unusableInput: self = .unusableInput
    case .limitsCannotBeMet: self = .limitsCannotBeMet
    case .outputNotWritten: self = .outputNotWritten
    case .badRequest: self = .usage
    // 130 is the shell's own word for an interrupted program; the contract has no status for it.
    case .cancelled: self = .outputNotWritten
    }
  }
}
