/// How long a call took, and its stages.
public struct CallTiming: Sendable, Equatable {
  /// A stage that is timed on its own.
  public enum Stage: String, Sendable, CaseIterable {
    /// Finding out what the clip is.
    case probe
    /// Decoding and measuring.
    case measure
    /// Fitting and verifying.
    case fit
    /// Making previews.
    case preview
  }

  /// The whole call.
  public var total: Duration
  /// The stages that ran.
  public var stages: [Stage: Duration]

  /// Makes a timing.
  public init(total: Duration = .zero, stages: [Stage: Duration] = [:]) {
    self.total = total
    self.stages = stages
  }
}
