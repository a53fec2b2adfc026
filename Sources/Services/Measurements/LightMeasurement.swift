/// How luma is spread over a region: 0–255 full range, gamma-coded; shares 0–1.
public struct LightMeasurement: Sendable, Equatable {
  /// Mean luma.
  public var mean: Double
  /// 5th percentile.
  public var p05: Double
  /// Median.
  public var p50: Double
  /// 95th percentile.
  public var p95: Double
  /// Share of pixels darker than 40.
  public var darkShare: Double
  /// Share of pixels brighter than 210.
  public var brightShare: Double
  /// Share of pixels at 250 or above.
  public var clippedShare: Double
  /// |left half − right half| ÷ mean, 0 for even light.
  public var unevenness: Double

  /// Makes a light measurement.
  public init(
    mean: Double, p05: Double, p50: Double, p95: Double, darkShare: Double, brightShare: Double,
    clippedShare: Double, unevenness: Double
  ) {
    self.mean = mean
    self.p05 = p05
    self.p50 = p50
    self.p95 = p95
    self.darkShare = darkShare
    self.brightShare = brightShare
    self.clippedShare = clippedShare
    self.unevenness = unevenness
  }
}
