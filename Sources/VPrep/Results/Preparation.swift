public import Services

/// The result of `Gate.planPreparation`: the verdict on a clip, and what `prepare` would do to it.
public struct PlannedPreparation: CallResult {
  /// What the clip is, what it is predicted to be answered, and why.
  ///
  /// Its request findings are those about the file that would be sent.
  public var check: Check
  /// What would be done.
  public var change: FitChange

  /// Makes a result.
  public init(check: Check, change: FitChange) {
    self.check = check
    self.change = change
  }
}

/// The result of `Gate.prepare`: the file to upload, and the verdicts on the clip and on that file.
public struct Preparation: CallResult {
  /// What the clip is, what it is predicted to be answered, and why.
  ///
  /// Its request findings are those about the file that was written, and its timing is that of the
  /// whole call.
  public var check: Check
  /// What was done.
  public var change: FitChange
  /// The file that was written; `nil` if only a new recording can help and the clip would have to be
  /// encoded, see `FitChange.skipped` and `Gate.Fitting.encodesHopeless`.
  public var output: FitOutput?
  /// What the service is predicted to answer to the file that was written; `nil` without one.
  public var outputVerdict: Verdict?
  /// Codes that are predicted for the output but not for the clip, or more severely; worst first.
  public var worsened: [String]
  /// The best frames, best first.
  public var previews: [Preview]
  /// Why there are no previews; `nil` where there are, and where none were asked for.
  public var noPreviews: NoPreviews?

  /// The verdict that counts: that on the file that was written, or on the clip if none was.
  public var verdict: Verdict { outputVerdict ?? check.verdict }

  /// Makes a result.
  public init(
    check: Check, change: FitChange, output: FitOutput?, outputVerdict: Verdict?,
    worsened: [String] = [], previews: [Preview] = [], noPreviews: NoPreviews? = nil
  ) {
    self.check = check
    self.change = change
    self.output = output
    self.outputVerdict = outputVerdict
    self.worsened = worsened
    self.previews = previews
    self.noPreviews = noPreviews
  }
}
