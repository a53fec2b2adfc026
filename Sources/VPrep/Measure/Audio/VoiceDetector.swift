/// Finds the windows of an audio stream in which someone speaks.
///
/// Speech is where the vocal folds vibrate: periodic with 70 to 400 Hz, above the room's noise, and
/// with a pitch that is never constant for long. A frame of 20 ms counts as voiced if
/// 1. its level is `margin` above the noise floor around it (the lowest smoothed level within 1 s
///    on either side: Martin, "Noise power spectral density estimation based on optimal smoothing
///    and minimum statistics", 2001), and above `quietest`;
/// 2. its normalised cross-correlation has a peak of at least `leastPeriodicity` (the measure of
///    Talkin, "A robust algorithm for pitch tracking", 1995);
/// 3. its pitch changes: a note, a hum and a beep hold their pitch, a voice glides.
///
/// Consonants and gaps inside words are then filled, and voiced parts that are shorter than a
/// syllable are removed. Singing and gliding melodies count as voice; this is not a speech
/// recogniser.
struct VoiceDetector {
  /// Seconds a frame.
  static let frameSeconds = 0.02

  private var pitch: PitchAnalyser
  private var levels: [Double] = []
  /// The estimate that was made at the end of each frame.
  private var estimates: [PitchAnalyser.Estimate] = []

  /// - Parameter sampleRate: of the frames that follow, in samples per second.
  init(sampleRate: Int) { pitch = PitchAnalyser(sampleRate: sampleRate) }

  /// Goes on with another sample rate.
  mutating func setRate(_ sampleRate: Int) { pitch = PitchAnalyser(sampleRate: sampleRate) }

  /// Takes the next 20 ms of the mono mix into account, full scale ±1.
  mutating func add(_ frame: [Float]) {
    levels.append(pitch.append(frame))
    estimates.append(pitch.estimate())
  }

  /// Whether someone speaks, for each frame that was added.
  var voiced: [Bool] {
    let floor = NoiseFloor.follow(levels)
    // An estimate looks back over three frames; made one frame later, it stands in their middle.
    let estimates = Array(estimates.dropFirst()) + estimates.suffix(1)
    let steady = Self.steady(estimates)
    let voiced = levels.indices.map { index in
      levels[index] > max(floor[index] + Self.margin, Self.quietest)
        && estimates[index].periodicity >= Self.leastPeriodicity && !steady[index]
    }
    return voiced.closed(gaps: Self.longestGap).opened(runs: Self.shortestRun)
  }

  /// Decibels above the noise floor at which a frame may be speech.
  private static let margin = 4.0
  /// Level in dBFS below which nothing counts: 30 dB below the limit of LipVoiceLow.
  private static let quietest = -75.0
  /// Least peak of the normalised cross-correlation: white noise stays below 0.3, a voice as loud
  /// as the noise around it gives 0.5.
  private static let leastPeriodicity = 0.5
  /// Frames of a gap inside a word that are filled: 0.16 s, a long plosive or fricative.
  private static let longestGap = 8
  /// Frames of the shortest run that is kept: 0.08 s, a short vowel.
  private static let shortestRun = 4
  /// Frames over which a voice's pitch moves: 0.2 s, a syllable.
  private static let steadyFrames = 10
  /// Range of the pitch ÷ its mean that a steady tone stays within.
  private static let steadyRange = 0.012

  /// Frames inside a run of `steadyFrames` whose pitch stands still.
  private static func steady(_ estimates: [PitchAnalyser.Estimate]) -> [Bool] {
    var steady = [Bool](repeating: false, count: estimates.count)
    guard estimates.count >= steadyFrames else { return steady }
    for start in 0...estimates.count - steadyFrames {
      let run = estimates[start..<start + steadyFrames]
      guard run.allSatisfy({ $0.periodicity >= leastPeriodicity }),
        let low = run.map(\.hertz).min(), let high = run.map(\.hertz).max(),
        high - low <= steadyRange * low
      else { continue }
      for index in run.indices { steady[index] = true }
    }
    return steady
  }
}

extension [Bool] {
  /// Gaps of at most `gaps` between two `true` are filled.
  func closed(gaps: Int) -> [Bool] {
    var result = self
    var last: Int?
    for index in indices where self[index] {
      if let last, index - last - 1 <= gaps {
        for gap in last..<index { result[gap] = true }
      }
      last = index
    }
    return result
  }

  /// Runs of `true` shorter than `runs` are taken out.
  func opened(runs: Int) -> [Bool] {
    var result = self
    var start: Int?
    for index in 0...count {
      if index < count, self[index] {
        start = start ?? index
      } else if let begin = start {
        if index - begin < runs { for single in begin..<index { result[single] = false } }
        start = nil
      }
    }
    return result
  }
}
