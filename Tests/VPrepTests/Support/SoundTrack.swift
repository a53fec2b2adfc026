/// A sound track on the clock of its pictures, to tell whether two of them are in step.
struct SoundTrack {
  /// Samples a second: half a millisecond is far finer than a frame, and speech is still there.
  static let rate = 2000
  /// How far two tracks may be apart to be compared, in samples: a fifth of a second.
  private static let reach = 400

  private let samples: [Double]

  /// - Parameters:
  ///   - samples: mono sound from time zero on.
  ///   - start: when the first picture is shown, in seconds.
  init(_ samples: [Int16], from start: Double) {
    let skipped = Int((start * Double(Self.rate)).rounded())
    self.samples = samples.dropFirst(max(0, skipped)).map(Double.init)
  }

  private init(samples: [Double]) { self.samples = samples }

  /// The track's first seconds.
  func prefix(_ seconds: Double) -> SoundTrack {
    SoundTrack(samples: Array(samples.prefix(Int((seconds * Double(Self.rate)).rounded()))))
  }

  /// Seconds from the first picture to the end of the sound.
  var seconds: Double { Double(samples.count) / Double(Self.rate) }

  /// By how many seconds this track comes later than `other`, where both are most alike.
  ///
  /// 0 for two tracks of silence, `nil` where they are not alike at any distance.
  func lag(behind other: SoundTrack) -> Double? {
    let power = other.samples.reduce(0) { $0 + $1 * $1 }
    let ownPower = samples.reduce(0) { $0 + $1 * $1 }
    if power == 0, ownPower < Double(samples.count) * 4 { return 0 }
    let best = (-Self.reach...Self.reach).map { shift in
      (shift, product(with: other, shift: shift))
    }.max { $0.1 < $1.1 }
    guard let best, best.1 > 0.5 * (power * ownPower).squareRoot() else { return nil }
    return Double(best.0) / Double(Self.rate)
  }

  private func product(with other: SoundTrack, shift: Int) -> Double {
    let first = max(0, -shift)
    let end = min(other.samples.count, samples.count - shift)
    guard first < end else { return 0 }
    var sum = 0.0
    for index in first..<end { sum += other.samples[index] * samples[index + shift] }
    return sum
  }
}
