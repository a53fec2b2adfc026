internal import Services

/// A share of the clips that are foretold to fail and are sent nevertheless.
///
/// Who sends only what is foretold to pass never learns where the forecast is wrong. The choice depends on
/// the file's bytes and on the seed alone, so a clip that is checked twice is chosen twice or never.
public struct Exploration: Sendable, Equatable, Codable {
  /// The share that is chosen, 0–1.
  ///
  /// With 1 nothing is held back: the gate runs in the shadow.
  public var share: Double
  /// What another choice of clips comes from.
  public var seed: String

  /// What was decided about one clip that is foretold to fail: the report's `exploration`.
  public struct Choice: Sendable, Equatable, Codable {
    /// Whether to send it all the same.
    public var chosen: Bool
    /// How likely that was, 0–1.
    public var probability: Double

    /// Makes a decision.
    public init(chosen: Bool, probability: Double) {
      self.chosen = chosen
      self.probability = probability
    }
  }

  /// Makes an exploration.
  public init(share: Double, seed: String = "") {
    self.share = share
    self.seed = seed
  }

  /// What to do with a clip that is foretold to fail.
  ///
  /// - Parameter md5: the digest of its bytes, in hexadecimal.
  func choice(md5: String) -> Choice {
    Choice(chosen: StableHash(seed + " " + md5).lot < share, probability: share)
  }
}
