#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Measures level and pitch of a mono signal, 20 ms at a time.
struct PitchAnalyser {
  /// What the last 55 ms sound like.
  struct Estimate {
    /// Peak of the normalised cross-correlation, −1…1; 0 in silence.
    let periodicity: Double
    /// Frequency of that peak.
    let hertz: Double
  }

  /// Fundamental frequencies of voices in hertz, from a low man's to a child's.
  private static let pitches = 70.0...400.0
  /// Rate to which the audio is reduced: the harmonics that carry the pitch lie below 4 kHz.
  private static let leastRate = 8000
  /// Corner of the high-pass filter in hertz: below every voice, above rumble and offsets.
  private static let corner = 60.0
  /// Share of the highest peak at which an earlier one is taken: every multiple of a period
  /// correlates, and the shortest is meant.
  private static let earlierPeak = 0.9

  private let decimation: Int
  private let rate: Double
  private let feedback: Float
  private var sum: Float = 0
  private var summed = 0
  private var previousInput: Float = 0
  private var previousOutput: Float = 0
  /// The newest samples, as many as an estimate reads.
  private var history: [Float]

  init(sampleRate: Int) {
    decimation = max(1, sampleRate / Self.leastRate)
    rate = Double(max(1, sampleRate)) / Double(decimation)
    feedback = Float(exp(-2 * Double.pi * Self.corner / rate))
    history = []
    history = [Float](repeating: 0, count: windowLength + longestLag)
  }

  /// Takes samples into account; returns their level in dB below full scale.
  mutating func append(_ samples: [Float]) -> Double {
    var power = 0.0
    var count = 0
    for sample in samples {
      // The mean of neighbours is a low-pass filter that is good enough to find a pitch.
      sum += sample
      summed += 1
      guard summed == decimation else { continue }
      let output = filtered(sum / Float(decimation))
      (sum, summed) = (0, 0)
      history.append(output)
      power += Double(output * output)
      count += 1
    }
    history.removeFirst(count)
    return power > 0 ? max(Self.silence, 10 * log10(power / Double(count))) : Self.silence
  }

  /// What silence is written as in dBFS.
  private static let silence = -120.0

  /// One step of a high-pass filter of first order.
  private mutating func filtered(_ input: Float) -> Float {
    previousOutput = feedback * (previousOutput + input - previousInput)
    previousInput = input
    return previousOutput
  }

  /// 40 ms: at 70 Hz, nearly three periods.
  private var windowLength: Int { max(2, Int(rate * 0.04)) }
  private var longestLag: Int { Int((rate / Self.pitches.lowerBound).rounded(.up)) }
  private var shortestLag: Int { max(1, Int(rate / Self.pitches.upperBound)) }

  /// The pitch of the newest samples.
  func estimate() -> Estimate {
    guard longestLag > shortestLag + 1 else { return Estimate(periodicity: 0, hertz: 0) }
    let correlation = correlations()
    let inner = 1..<correlation.count - 1
    let peaks = inner.filter {
      correlation[$0] > correlation[$0 - 1] && correlation[$0] >= correlation[$0 + 1]
    }
    guard let highest = peaks.map({ correlation[$0] }).max(), highest > 0,
      let peak = peaks.first(where: { correlation[$0] >= Self.earlierPeak * highest })
    else { return Estimate(periodicity: 0, hertz: 0) }
    let lag =
      Double(shortestLag + peak)
      + Self.vertex(
        correlation[peak - 1], correlation[peak], correlation[peak + 1])
    return Estimate(periodicity: highest, hertz: rate / lag)
  }

  /// Normalised cross-correlation of the window with itself, from the shortest lag to the longest.
  private func correlations() -> [Double] {
    let (length, lags) = (windowLength, shortestLag...longestLag)
    let samples = history.span
    var base = 0.0
    for index in 0..<length { base += Double(samples[index] * samples[index]) }
    return lags.map { lag in
      var (product, energy) = (Float(0), Float(0))
      for index in 0..<length {
        let shifted = samples[index + lag]
        product += samples[index] * shifted
        energy += shifted * shifted
      }
      let scale = (base * Double(energy)).squareRoot()
      return scale > 1e-12 ? Double(product) / scale : 0
    }
  }

  /// Where between its neighbours the peak of a parabola through three values lies, −0.5…0.5.
  private static func vertex(_ before: Double, _ peak: Double, _ after: Double) -> Double {
    let curve = before - 2 * peak + after
    return curve < 0 ? min(0.5, max(-0.5, 0.5 * (before - after) / curve)) : 0
  }
}
