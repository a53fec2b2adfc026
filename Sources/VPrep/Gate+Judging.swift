public import Services

extension Gate {
  /// How a clip is judged.
  public struct Judging: Sendable {
    /// What the request will say.
    public var options: JudgeOptions
    /// The caller's own limits for single rules.
    public var overrides: RuleOverrides
    /// The photo that the clip is compared with, where the request names one; `nil` leaves its rules
    /// open.
    public var photo: Clip?
    /// The request's own parameters, to be checked with the clip; `nil` checks none.
    ///
    /// Where they have a valid `LivenessType`, that is the mode that is judged.
    public var request: [String: RequestValue]?
    /// Decodes and measures every frame, instead of as many as the verdict needs.
    public var isExhaustive: Bool
    /// Chooses clips that are foretold to fail and are sent nevertheless; `nil` chooses none.
    ///
    /// What the service says to them shows where the forecast is wrong. A clip that was chosen is fitted even if only a new recording can help it.
    public var exploration: Exploration?

    /// Makes the options of judging; by default nothing is asked beyond the service.
    public init(
      options: JudgeOptions = JudgeOptions(), overrides: RuleOverrides = .none,
      photo: Clip? = nil, request: [String: RequestValue]? = nil, isExhaustive: Bool = false,
      exploration: Exploration? = nil
    ) {
      self.options = options
      self.overrides = overrides
      self.photo = photo
      self.request = request
      self.isExhaustive = isExhaustive
      self.exploration = exploration
    }
  }
}
