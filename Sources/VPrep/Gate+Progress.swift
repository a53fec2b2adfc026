internal import MediaIO

extension Gate {
  /// How far a call has come.
  public struct Progress: Sendable, Equatable {
    /// What a call is busy with; one may come more than once, and not every call has all.
    public enum Stage: String, Sendable, CaseIterable {
      /// The clip's packets are read.
      case probe
      /// The clip is decoded and measured.
      case measure
      /// The output is written.
      case fit
      /// The output is read back; one that was encoded is measured meanwhile.
      case verify
      /// The output is measured and judged, where it was not while it was read back.
      case recheck
      /// The best frames are decoded again.
      case preview
    }

    /// What the call is busy with.
    public var stage: Stage
    /// The share of the stage that is done, 0–1.
    public var share: Double
    /// Seconds until the stage's end at the pace so far; `nil` while there is none.
    public var secondsLeft: Double?

    /// Makes a progress.
    public init(stage: Stage, share: Double, secondsLeft: Double? = nil) {
      self.stage = stage
      self.share = share
      self.secondsLeft = secondsLeft
    }
  }

  /// How much a call of this gate reads, and with how many threads.
  var callLimits: InputLimits {
    var limits = runtime.inputLimits
    limits.threads = runtime.codecThreads
    return limits
  }

  /// What ends a call of this gate, and tells how far it has come.
  func makeWatchdog() throws(VPrepError) -> Watchdog {
    try validate()
    return Watchdog(seconds: runtime.timeLimit, progress: runtime.onProgress.map(Self.reading))
  }

  private static func reading(_ tell: @escaping @Sendable (Progress) -> Void) -> ReadingProgress {
    ReadingProgress { name, share, seconds in
      guard let stage = Progress.Stage(rawValue: name) else { return }
      // Too little to tell a pace by.
      let hasPace = share > 0.02 && seconds > 0.2
      tell(
        Progress(
          stage: stage, share: share,
          secondsLeft: hasPace ? seconds * (1 - share) / share : nil))
    }
  }
}
