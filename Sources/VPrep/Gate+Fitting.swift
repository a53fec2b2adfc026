public import Services

extension Gate {
  /// How a clip is brought under the service's limits.
  public struct Fitting: Sendable {
    /// The part of the clip that `fit` and `prepare` keep; `nil` lets vprep choose one where the clip
    /// must be shortened, and a window that holds the whole clip keeps all.
    public var window: TimeWindow?
    /// The caller's own limit for the output in bytes, where it is below the service's; at least 1.
    public var maximumBytes: Int?
    /// Whether a clip that holds data that may identify people is uploaded with them.
    ///
    /// Without it a clip with a location, the device's name, comments, timed data and the like is never
    /// passed through: a copy of its streams leaves them out. With it the clip stays byte for byte what
    /// it is wherever nothing else has to change. What is rewritten holds no tags in either case.
    public var keepsMetadata: Bool
    /// Whether `prepare` encodes a clip that only a new recording can help as well.
    ///
    /// Without it such a clip is not encoded, and nothing is written: whatever is encoded would be
    /// refused too. Clips that need not be encoded are copied in either case.
    public var encodesHopeless: Bool

    /// Makes the options of fitting; by default vprep chooses the window, the service sets the limit,
    /// metadata are left out, and a hopeless clip is not encoded.
    public init(
      window: TimeWindow? = nil, maximumBytes: Int? = nil, keepsMetadata: Bool = false,
      encodesHopeless: Bool = false
    ) {
      self.window = window
      self.maximumBytes = maximumBytes
      self.keepsMetadata = keepsMetadata
      self.encodesHopeless = encodesHopeless
    }
  }
}
