/// 20 ms of audio, from which the audio measures of any window are computed.
package struct AudioFrame: Sendable, Equatable {
  /// When it begins, in seconds from the clip's first frame.
  package let time: Double
  /// Its length in seconds.
  package let duration: Double
  /// K-weighted mean square by ITU-R BS.1770.
  package let power: Double
  /// Highest sample, full scale 1.
  package let peak: Double
  /// Whether someone speaks.
  package let isVoiced: Bool

  package init(time: Double, duration: Double, power: Double, peak: Double, isVoiced: Bool) {
    self.time = time
    self.duration = duration
    self.power = power
    self.peak = peak
    self.isVoiced = isVoiced
  }

  package var window: TimeWindow { TimeWindow(start: time, end: time + duration) }
}

extension AudioMeasurement {
  /// The audio of `seconds`, as if the clip were cut to `window`.
  ///
  /// The loudness of the whole track stays: its gates look at more than a window.
  func restricted(to window: TimeWindow, seconds: Double) -> AudioMeasurement {
    guard !frames.isEmpty else { return self }
    var cut = self
    cut.frames = frames.filter { window.contains($0.time) }
    let voiced = cut.frames.filter(\.isVoiced)
    let spoken = voiced.reduce(0) { $0 + $1.duration }
    cut.present = !cut.frames.isEmpty
    cut.peakDBFS = cut.frames.map(\.peak).max().map(Decibels.amplitude)
    cut.voicedLoudnessLUFS = Statistics.mean(voiced.map(\.power)).flatMap(Decibels.loudness)
    cut.voicedShare = seconds > 0 ? min(1, spoken / seconds) : nil
    return cut
  }
}

/// Levels in decibels; this target imports no mathematical library.
enum Decibels {
  /// What silence is written as.
  private static let floor = -120.0

  /// Of an amplitude against full scale.
  static func amplitude(_ value: Double) -> Double {
    value > 0 ? max(floor, 20 * log10(value)) : floor
  }

  /// LUFS of a K-weighted mean square by ITU-R BS.1770; `nil` for silence.
  static func loudness(_ power: Double) -> Double? {
    power > 0 && power.isFinite ? -0.691 + 10 * log10(power) : nil
  }

  /// ln m = 2 artanh((m − 1) ÷ (m + 1)), whose series is exact to 1e-13 after 13 terms for 1 ≤ m < 2.
  ///
  /// - Parameter value: positive and finite.
  static func log10(_ value: Double) -> Double {
    let ratio = (value.significand - 1) / (value.significand + 1)
    var (term, sum) = (ratio, 0.0)
    for odd in stride(from: 1.0, through: 25, by: 2) {
      sum += term / odd
      term *= ratio * ratio
    }
    let ln2 = 0.693147180559945309
    return (2 * sum + Double(value.exponent) * ln2) / 2.302585092994045684
  }
}
