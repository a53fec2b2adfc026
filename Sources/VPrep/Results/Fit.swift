/// The result of `Gate.planFit`: what `fit` would do to a clip, and why.
public struct PlannedFit: CallResult {
  /// What the clip is.
  public var clip: ClipInfo
  /// What would be done.
  public var change: FitChange
  /// How long the call took.
  public var timing: CallTiming

  /// Makes a result.
  public init(clip: ClipInfo, change: FitChange, timing: CallTiming = CallTiming()) {
    self.clip = clip
    self.change = change
    self.timing = timing
  }
}

/// The result of `Gate.fit`: the file that was written, and how it differs from the clip.
public struct Fit: CallResult {
  /// What the clip is.
  public var clip: ClipInfo
  /// What was done.
  public var change: FitChange
  /// The file that was written.
  public var output: FitOutput
  /// How long the call took.
  public var timing: CallTiming

  /// Makes a result.
  public init(
    clip: ClipInfo, change: FitChange, output: FitOutput, timing: CallTiming = CallTiming()
  ) {
    self.clip = clip
    self.change = change
    self.output = output
    self.timing = timing
  }
}
