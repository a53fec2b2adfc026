/// Keeps the count of samples in sync with the timestamps of their blocks.
///
/// Containers round timestamps and recorders write them late; such jitter needs no correction. But
/// timestamps also have gaps where packets were lost, overlaps where a recorder's clock is slower
/// than its samples, and a drift that grows a little with every block.
package struct AudioDrift {
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

  /// Seconds of silence to insert before a block or, if negative, of audio to drop from it.
  ///
  /// - Parameter difference: seconds from the end of the audio so far to the block's time.
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
