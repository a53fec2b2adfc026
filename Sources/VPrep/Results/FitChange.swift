internal import Services

/// How an output differs from the clip, and why.
public struct FitChange: Sendable, Equatable {
  /// How the output is made, from the least change to the largest.
  public enum Action: String, Sendable, Codable {
    /// The bytes are copied as they are.
    case passthrough
    /// The streams are copied into an MP4.
    case remux
    /// A window was cut out by stream copy or smart cut; the reasons say what was encoded at its ends.
    case trimCopy = "trim-copy"
    /// Pictures, audio or both are encoded; the reasons say which.
    case transcode
  }

  /// The part of the clip that is kept.
  public struct Window: Sendable, Equatable {
    /// Seconds from the clip's start.
    public var start: Double
    /// Seconds from the clip's start.
    public var end: Double
    /// Why this part.
    public var reason: String

    /// Makes a window.
    public init(start: Double, end: Double, reason: String) {
      self.start = start
      self.end = end
      self.reason = reason
    }
  }

  /// How the output is made: the least change that meets the limits.
  public var action: Action
  /// Why, one sentence a reason.
  public var reasons: [String]
  /// The part of the clip that is kept; `nil` keeps all.
  public var window: Window?
  /// Codes of documented limits that the output breaks and that no fit can repair, worst first.
  public var unmet: [String]
  /// Why nothing is encoded or written: only a new recording can help the clip.
  ///
  /// `action` then says what was spared; `nil` for every other clip.
  public var skipped: String?

  /// Makes a change.
  public init(
    action: Action, reasons: [String] = [], window: Window? = nil, unmet: [String] = [],
    skipped: String? = nil
  ) {
    self.action = action
    self.reasons = reasons
    self.window = window
    self.unmet = unmet
    self.skipped = skipped
  }
}

extension FitChange {
  init(_ plan: FitPlan) {
    let action: Action =
      switch plan.action {
      case .passthrough: .passthrough
      case .remux: .remux
      case .trim: .trimCopy
      case .encodeAudio, .transcode: .transcode
      }
    self.init(
      action: action, reasons: plan.allReasons,
      window: plan.choice.map {
        Window(start: $0.window.start, end: $0.window.end, reason: $0.why)
      },
      unmet: plan.unmet.map(\.code))
  }
}
