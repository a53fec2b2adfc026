public import Services

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
  /// - Parameters:
  ///   - verdict: the verdict.
  ///   - strict: lets a warning count as a refusal.
  public init(_ verdict: Verdict, strict: Bool) {
    switch verdict.outcome {
    case .pass: self = .accepted
    case .warn: self = strict ? .refused : .accepted
    case .fail: self = .refused
    case .incomplete: self = .incomplete
    }
  }

  /// The status of a report: that of the output's verdict if there is one, else of the clip's.
  ///
  /// A request that the provider would refuse counts as a refusal. A clip that `exploration` has chosen
  /// counts as accepted: it is to be sent.
  ///
  /// - Parameters:
  ///   - report: the report of a call.
  ///   - strict: treats a warning as a refusal.
  public init(_ report: ReportDocument, strict: Bool) {
    if report.lint?.isEmpty == false {
      self = .refused
    } else if let verdict = report.outputVerdict ?? report.verdict {
      let status = Self(verdict, strict: strict)
      let isChosen = status == .refused && report.exploration?.chosen == true
      self = isChosen ? .accepted : status
    } else {
      self = .accepted
    }
  }

  /// The status of a report by the call that made it.
  package init(_ report: ReportDocument, of call: Gate.Call, strict: Bool) {
    if case .planPreparation = call {
      self.init(planned: report, strict: strict)
    } else {
      self.init(report, strict: strict)
    }
  }

  /// The status of a planned preparation, as far as it can be known before anything is written.
  ///
  /// A passthrough gets the clip's verdict, and a clip that would not be encoded is refused. Any other fit can repair faults of the file, and a fit
  /// that shortens the clip may repair everything.
  ///
  /// - Parameters:
  ///   - report: the report of a plan.
  ///   - strict: treats a warning as a refusal.
  public init(planned report: ReportDocument, strict: Bool) {
    guard report.lint?.isEmpty != false, let verdict = report.verdict, let fit = report.fit,
      fit.action != .passthrough, report.exploration?.chosen != true
    else {
      self.init(report, strict: strict)
      return
    }
    let left = verdict.predictions.filter { prediction in
      fit.window == nil && !prediction.measure.hasPrefix("input.")
    }
    if fit.skipped != nil || !fit.unmet.isEmpty
      || left.contains(where: { $0.severity == .fail || strict })
    {
      self = .refused
    } else {
      let isOpen = verdict.unmeasured.contains { $0.reason.leavesVerdictOpen }
      self = isOpen ? .incomplete : .accepted
    }
  }

  /// The status of an error.
  public init(_ error: VPrepError) {
    switch error.kind {
    case .unusableInput: self = .unusableInput
    case .limitsCannotBeMet: self = .limitsCannotBeMet
    case .outputNotWritten: self = .outputNotWritten
    case .badRequest: self = .usage
    // Nothing was written, and nothing is said of the input.
    case .resourcesExhausted: self = .outputNotWritten
    // 130 is the shell's own word for an interrupted program; the contract has no status for it.
    case .cancelled: self = .outputNotWritten
    }
  }
}
