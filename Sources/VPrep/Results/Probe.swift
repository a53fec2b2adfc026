/// The result of `Gate.probe`: what a clip is.
public struct Probe: CallResult {
  /// What the clip is.
  public var clip: ClipInfo
  /// How long the call took.
  public var timing: CallTiming

  /// Makes a result.
  public init(clip: ClipInfo, timing: CallTiming = CallTiming()) {
    self.clip = clip
    self.timing = timing
  }
}
