/// Keeps counted samples in step with the timestamps of the blocks that they come from.
///
/// Timestamps jitter, because containers round them and recorders stamp them late; that is no reason
/// to touch a sample. They also leave holes where packets were lost, overlap where a recorder's clock
/// runs slower than its samples, and drift apart a little with every block.
package struct SoundDrift {
  /// How far the samples lag behind the timestamps on average, in seconds.
  private var lag = 0.0

  /// How closely timestamps are followed.
  package struct Tolerance: Sendable {
    /// Seconds from which a difference is a hole or an overlap and no jitter.
    package let largest: Double
    /// Seconds of mean lag from which it is drift.
    let mean: Double

    /// Less than the shortest packet that codecs for speech lose, 20 ms; and above the rounding to whole
    /// milliseconds of Matroska and FLV.
    package static let close = Tolerance(largest: 0.015, mean: 0.004)
    /// For timestamps that FFmpeg reckons from another sample rate than the block has, as where MPEG-TS
    /// puts several blocks into one packet and the rate has changed: only the first of them is right.
    package static let loose = Tolerance(largest: 0.3, mean: 0.15)
  }

  /// The share of each block in the mean: some eight blocks, a fifth of a second.
  private static let weight = 0.125

  /// Seconds of silence to insert before a block, or, negative, of sound to leave out of it.
  ///
  /// - Parameter difference: seconds by which the block's time lies behind the end of what was taken so
  ///   far.
  mutating func correction(
    for difference: Double, _ tolerance: Tolerance = .close
  ) -> Double {
    guard abs(difference) < tolerance.largest else {
      lag = 0
      return difference
    }
    lag += (difference - lag) * Self.weight
    guard abs(lag) > tolerance.mean else { return 0 }
    let correction = lag
    lag = 0
    return correction
  }
}
