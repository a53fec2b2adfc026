internal import Foundation
internal import MediaIO
internal import ProviderRules

/// Measures the sound track while it is decoded.
struct AudioMeter {
  private var peak: Float = 0
  private var samples = 0

  /// What digital silence is written as, in dB below full scale; below 24-bit resolution.
  static let silenceDBFS = -120.0

  /// Takes a block into account.
  mutating func add(_ block: AudioBlock?) {
    guard let block else { return }
    samples += block.samples.count
    var highest = peak
    for sample in block.samples {
      let level = abs(sample)
      // NaN compares false, so damaged samples count for nothing.
      if level > highest { highest = level }
    }
    peak = highest
  }

  var measurement: AudioMeasurement {
    let decibels = peak > 0 ? 20 * log10(Double(peak)) : Self.silenceDBFS
    return AudioMeasurement(
      present: samples > 0,
      peakDBFS: samples > 0 ? max(decibels, Self.silenceDBFS) : nil)
  }
}
