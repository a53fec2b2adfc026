internal import Glibc
internal import Kernels
internal import MediaIO

/// Steers an encoder so that a clip comes out just under its bytes, in one encode.
///
/// The encoder runs at constant quality, which looks best, and the controller adjusts the quality.
/// The bytes written so far show the cost of a window at a quality, and bytes halve with every 6
/// steps of x264's scale. The source's packet sizes show where the rest of the clip is hard to
/// code. Near the end the peak rate is tied to the remaining bytes.
struct RateController {
  /// What the encoder is told.
  struct Rates: Equatable {
    /// x264's constant rate factor: lower is better.
    var quality: Double
    /// Highest rate, bits per second.
    var peakRate: Int
    /// How far the peak may be exceeded, in bits.
    var bufferBits: Int
  }

  /// Bytes for the pictures alone.
  private var budget: Double
  /// Seconds of output.
  private let duration: Double
  private let profile: ComplexityProfile
  /// Seconds between two key frames.
  private let keyInterval: Double
  private var quality: Double
  private let isFixed: Bool
  /// The mean of the qualities asked for, weighted by time.
  var meanQuality: Double {
    var sum = 0.0
    for (index, entry) in asked.enumerated() {
      let end = index + 1 < asked.count ? asked[index + 1].time : duration
      sum += entry.quality * max(end - entry.time, 0)
    }
    return asked.count > 1 ? sum / duration : quality
  }
  /// Quality over time, as it was asked for: pictures come out a while after they went in.
  private var asked: [(time: Double, quality: Double)]
  private var seen = Written()
  /// Bytes of the whole clip at quality 0 without its key frames, as the pieces so far suggest.
  private var cost: Double?
  /// Bytes of one key frame at quality 0.
  private var keyCost: Double?

  /// Part of the budget that is never planned: the control's own error at the end.
  private static let reserve = 0.014
  /// Seconds before the end from which the peak rate is tied to the bytes that are left.
  private static let landing = 1.0
  /// Steps of quality for half the bytes; x264's own rule of thumb.
  private static let stepsPerHalving = 6.0
  /// Best and worst quality that is ever asked for.
  private static let range = 1.0...51.0
  /// The peak as a multiple of the mean: key frames and sudden movement.
  private static let peak = 4.0

  /// - Parameters:
  ///   - sourceBytes: of the source's own pictures, as many of them as are kept, scaled to the output's
  ///     size; 0 when its codec says nothing about them.
  ///   - start: what the quality begins with; `nil` guesses it.
  ///   - quality: held for the whole clip; `nil` steers it.
  init(
    budget: Int, duration: Double, profile: ComplexityProfile, pixelsPerSecond: Double,
    keyInterval: Double, sourceBytes: Double = 0, start: Double? = nil, quality: Double? = nil
  ) {
    self.keyInterval = keyInterval
    self.budget = Double(budget) * (1 - Self.reserve)
    self.duration = max(duration, 0.04)
    self.profile = profile
    let bitsPerPixel = self.budget * 8 / self.duration / max(pixelsPerSecond, 1)
    // Camera footage takes about 0.07 bits a pixel at 23 with x264's veryfast preset; noisy footage
    // much more. A phone's own encoder works at about 18, and then its bytes tell how noisy it is.
    let plain = 23 - Self.stepsPerHalving * log2(max(bitsPerPixel, 1e-4) / 0.07)
    let noisy = 18 + Self.stepsPerHalving * log2(max(sourceBytes, 1) / max(self.budget, 1))
    let begin = quality ?? start ?? max(plain, noisy)
    self.quality = min(max(begin, Self.range.lowerBound), Self.range.upperBound)
    isFixed = quality != nil
    asked = [(0, self.quality)]
  }

  /// The rates before the first frame.
  var initial: Rates { rates(at: 0, left: budget) }

  /// What an encoder has written so far.
  struct Written: Equatable {
    /// End of it, in seconds.
    var time = 0.0
    /// Bytes of all pictures.
    var bytes = 0
    /// Bytes of the key frames among them.
    var keyBytes = 0
    /// Number of key frames.
    var keys = 0
    /// When the last key frame is shown.
    var lastKeyTime = 0.0
  }

  /// The rates for the pictures from `time` on.
  ///
  /// - Parameter surplus: bytes that the audio left over so far; negative when it took more than
  ///   planned.
  mutating func update(time: Double, written: Written, surplus: Double) -> Rates {
    guard !isFixed else { return initial }
    learn(written)
    let left = max(budget + surplus - Double(written.bytes), 0)
    if let cost {
      let share = max(1 - profile.share(until: written.time / duration), 1e-4)
      let keysLeft = max(0, (duration - written.lastKeyTime - 0.01) / keyInterval).rounded(.down)
      let need = cost * share + (keyCost ?? 0) * keysLeft
      let wanted = Self.stepsPerHalving * log2(max(need, 1) / max(left, 1))
      // Large steps show; the error of one is corrected by the next. But a wrong start wastes what the
      // rest of the clip needs, so the first correction is made at once.
      let largest = asked.count > 1 ? Self.largestStep : Self.firstStep
      let step = min(max(wanted - quality, -largest), largest)
      quality = min(max(quality + step, Self.range.lowerBound), Self.range.upperBound)
      asked.append((time, quality))
    }
    return rates(at: written.time, left: left)
  }

  private static let largestStep = 2.0
  private static let firstStep = 8.0

  /// Learns what pictures cost; key frames apart, because they come in lumps.
  private mutating func learn(_ written: Written) {
    let piece =
      profile.share(until: written.time / duration) - profile.share(until: seen.time / duration)
    guard written.time - seen.time >= Self.leastPiece, piece > 1e-4 else { return }
    let middle = (written.time + seen.time) / 2
    let quality = asked.last { $0.time <= middle }?.quality ?? self.quality
    let scale = exp2(quality / Self.stepsPerHalving)
    let keyBytes = written.keyBytes - seen.keyBytes
    let measured = Double(written.bytes - seen.bytes - keyBytes) / piece * scale
    let weight = cost == nil ? 1 : min(0.5, (written.time - seen.time) / 1.5)
    cost = (cost ?? measured) * (1 - weight) + measured * weight
    if written.keys > seen.keys {
      let key = Double(keyBytes) / Double(written.keys - seen.keys) * scale
      keyCost = ((keyCost ?? key) + key) / 2
    }
    seen = written
  }

  /// Seconds of output from which a cost is read.
  private static let leastPiece = 0.2

  private func rates(at time: Double, left: Double) -> Rates {
    let remaining = max(duration - time, 0.04)
    let mean = budget * 8 / duration
    if remaining > Self.landing {
      let peakRate = max(mean, left * 8 / remaining) * Self.peak
      return Rates(
        quality: quality, peakRate: Int(saturating: peakRate),
        bufferBits: Int(saturating: peakRate))
    }
    // Twice the even rate: the buffer model must not bite where the quality already lands well.
    let landing = max(left * 8 / remaining, mean * 0.02) * 2
    return Rates(
      quality: quality, peakRate: Int(saturating: max(landing, 1000)),
      bufferBits: Int(saturating: max(min(left * 8, landing), 4000)))
  }
}

/// How a clip's difficulty is spread over its length, read off the source's bytes.
struct ComplexityProfile: Equatable, Sendable {
  /// Share of the whole that lies before each point of an even grid over the clip; ends with 1.
  private let cumulative: [Double]

  /// How much the source's own distribution counts against an even one: the source's encoder may
  /// have starved hard passages.
  private static let trust = 0.7

  /// Seconds at the end that x264's look-ahead (10 frames with this preset) cannot look beyond.
  private static let tail = 0.35
  /// What pictures there cost; chosen by trying values from 0.6 to 1 on `oversized.mp4`, which this
  /// one brings to 99.8 % of its bytes in one encode.
  private static let tailCost = 0.9

  /// - Parameters:
  ///   - times: presentation times of the source's packets in seconds.
  ///   - bytes: their sizes.
  ///   - start: where the kept window begins.
  ///   - duration: its length.
  init(times: [Double], bytes: [Int], start: Double, duration: Double) {
    let bins = 64
    var weights = [Double](repeating: 0, count: bins)
    for (time, size) in zip(times, bytes) {
      let place = (time - start) / max(duration, 0.001)
      guard place >= 0, place < 1 else { continue }
      weights[min(Int(saturating: place * Double(bins)), bins - 1)] += Double(size)
    }
    weights = Self.smoothed(weights)
    // The last pictures come cheaper: nothing refers to them, so the encoder spends less on them.
    for bin in weights.indices where Double(bins - bin) / Double(bins) * duration <= Self.tail {
      weights[bin] *= Self.tailCost
    }
    let total = weights.reduce(0, +)
    var sum = 0.0
    cumulative =
      [0]
      + weights.map { weight in
        let own = total > 0 ? weight / total : 1 / Double(bins)
        sum += Self.trust * own + (1 - Self.trust) / Double(bins)
        return sum
      }
  }

  /// Key frames stand out in the source, and ours lie elsewhere: a second's mean is what counts.
  private static func smoothed(_ weights: [Double]) -> [Double] {
    let reach = 6
    return weights.indices.map { index in
      let near = weights[max(0, index - reach)...min(weights.count - 1, index + reach)]
      return near.reduce(0, +) / Double(near.count)
    }
  }

  /// Share of the difficulty before `place` (0–1 of the clip).
  func share(until place: Double) -> Double {
    let position = min(max(place, 0), 1) * Double(cumulative.count - 1)
    let index = min(Int(saturating: position), cumulative.count - 2)
    let part = position - Double(index)
    return cumulative[index] + part * (cumulative[index + 1] - cumulative[index])
  }
}
