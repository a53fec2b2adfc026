internal import Kernels
internal import MediaIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Steers an encoder so that a clip comes out just under its bytes, in one encode.
///
/// The encoder runs at constant quality, which looks best, and the controller adjusts the quality.
/// The bytes written so far show what pictures cost, and how the cost follows the quality
/// (`PictureCost`). The source's packet sizes show where the rest of the clip is hard to code
/// (`ComplexityProfile`). In the last second x264's rate buffer holds the bytes that are left, so that
/// x264 itself plans its last pictures, which it holds back and the controller cannot see.
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

  /// What is encoded, and how.
  struct Clip {
    /// Seconds of output.
    var duration: Double
    /// Pixels of a picture.
    var pixels: Double
    /// Pictures per second.
    var frameRate: Double
    /// Seconds between two key frames.
    var keyInterval: Double
    /// Pictures that leave the encoder before new rates reach one.
    var delay: Int
    /// Bytes of the source's own pictures, as many of them as are kept, scaled to the output's size; 0
    /// when its codec says nothing about them.
    var sourceBytes = 0.0
  }

  /// Bytes for the pictures alone.
  private let budget: Double
  private let clip: Clip
  private let profile: ComplexityProfile
  private var quality: Double
  /// Whether the quality is held for the whole clip.
  let isConstant: Bool
  /// Quality over time, from the first picture that it applies to.
  private var asked: [(time: Double, quality: Double)]
  private var seen = Written()
  private var cost = PictureCost()
  /// Bytes of the last key frame, and its quality.
  private var key: (bytes: Double, quality: Double)?

  /// Part of the budget that is never planned, and seconds of the clip beside it.
  ///
  /// By as much the last pictures may exceed their plan; none did in 20 fits of 2.5 to 10 s.
  private static let reserve = (share: 0.004, seconds: 0.025)
  /// Seconds before the end from which the rate buffer holds the bytes that are left.
  private static let landing = 1.0
  /// Shorter clips are over before the quality settles; they are encoded at a constant one.
  static let leastSeconds = 1.5
  /// Best and worst quality that is ever asked for.
  private static let range = 1.0...51.0
  /// The peak as a multiple of the mean: key frames and sudden movement.
  private static let peak = 4.0

  /// - Parameters:
  ///   - start: what the quality begins with; `nil` guesses it.
  ///   - quality: held for the whole clip; `nil` steers it, unless the clip is too short.
  init(
    budget: Int, clip: Clip, profile: ComplexityProfile, start: Double? = nil,
    quality: Double? = nil
  ) {
    var clip = clip
    clip.duration = max(clip.duration, 0.04)
    let reserve = Self.reserve.share + Self.reserve.seconds / max(clip.duration, 0.4)
    self.budget = Double(budget) * (1 - reserve)
    self.clip = clip
    self.profile = profile
    let begin = quality ?? start ?? Self.guess(self.budget, clip)
    self.quality = min(max(begin, Self.range.lowerBound), Self.range.upperBound)
    isConstant = quality != nil || clip.duration < Self.leastSeconds
    asked = [(0, self.quality)]
  }

  /// The quality at which the clip may take its bytes.
  ///
  /// Camera footage takes about 0.07 bits a pixel at 23 with x264's veryfast preset; noisy footage much
  /// more. A phone's own encoder takes as much as x264 at about 22, so its bytes tell how noisy it is.
  private static func guess(_ budget: Double, _ clip: Clip) -> Double {
    let pixels = clip.pixels * clip.frameRate * clip.duration
    let plain = 23 - 6 * log2(max(budget * 8 / max(pixels, 1), 1e-4) / 0.07)
    let noisy = 22 + 4.5 * log2(max(clip.sourceBytes, 1) / max(budget, 1))
    return max(plain, noisy)
  }

  /// The rates before the first frame.
  var initial: Rates { rates(at: 0, left: budget) }

  /// The mean of the qualities asked for, weighted by time.
  var meanQuality: Double {
    var sum = 0.0
    for (index, entry) in asked.enumerated() {
      let end = index + 1 < asked.count ? asked[index + 1].time : clip.duration
      sum += entry.quality * max(end - entry.time, 0)
    }
    return asked.count > 1 ? sum / clip.duration : quality
  }

  /// What an encoder has written so far.
  struct Written: Equatable {
    /// When the last picture is shown, in seconds.
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

  /// The rates for the pictures that the encoder has not begun with.
  ///
  /// - Parameter surplus: bytes that the audio left over so far; negative when it took more than
  ///   planned.
  mutating func update(written: Written, surplus: Double) -> Rates {
    guard !isConstant else { return initial }
    let hasNews = learn(written)
    let end = written.bytes > 0 ? written.time + 1 / clip.frameRate : 0
    let begun = written.time + Double(clip.delay) / clip.frameRate
    var left = budget + surplus - Double(written.bytes)
    guard let known = cost.bytes(at: quality) else { return rates(at: begun, left: left) }
    // What the encoder works on can no longer be changed.
    left = max(left - known * max(share(until: begun) - share(until: end), 0), 0)
    if hasNews { steer(from: begun, known: known, left: left, lastKey: written.lastKeyTime) }
    return rates(at: begun, left: left)
  }

  /// Adjusts the quality from `time` on to the bytes that are left.
  private mutating func steer(from time: Double, known: Double, left: Double, lastKey: Double) {
    let keysLeft = max(0, (clip.duration - lastKey - 0.01) / clip.keyInterval).rounded(.down)
    let keyBytes = key.map { $0.bytes * cost.factor(from: $0.quality, to: quality) } ?? 0
    let need = known * max(1 - share(until: time), 1e-4) + keyBytes * keysLeft
    let wanted = cost.steps * log2(max(need, 1) / max(left, 1))
    // Half of the way, since the next pictures tell better. A start that takes too much wastes what the
    // rest of the clip needs, so that correction is made at once.
    let isFirst = asked.count == 1
    let step =
      isFirst && wanted > 0
      ? min(wanted, Self.firstStep) : min(max(wanted / 2, -Self.largestStep), Self.largestStep)
    quality = min(max(quality + step, Self.range.lowerBound), Self.range.upperBound)
    asked.append((time, quality))
  }

  /// Most that the quality changes between two pieces, and after the first one.
  private static let (largestStep, firstStep) = (1.5, 4.0)

  private func share(until time: Double) -> Double { profile.share(until: time / clip.duration) }

  /// Learns what pictures cost; key frames apart, because they come in lumps.
  ///
  /// - Returns: whether there was something to learn.
  private mutating func learn(_ written: Written) -> Bool {
    let piece = share(until: written.time) - share(until: seen.time)
    let isFirst = seen.time > 0 && asked.count == 1
    let least = isFirst ? Self.leastFirstPiece : Self.leastPiece
    guard written.time - seen.time >= least, piece > 1e-6 else { return false }
    defer { seen = written }
    let middle = (written.time + seen.time) / 2
    let quality = asked.last { $0.time <= middle }?.quality ?? self.quality
    let keyBytes = written.keyBytes - seen.keyBytes
    if written.keys > seen.keys {
      key = (Double(keyBytes) / Double(written.keys - seen.keys), quality)
    }
    // The pictures right after the first key frame are not like others: it repeats what they repeat.
    guard seen.time > 0 else { return false }
    cost.add(
      PictureCost.Piece(
        time: written.time, share: piece,
        bytes: max(Double(written.bytes - seen.bytes - keyBytes), 1), quality: quality))
    return true
  }

  /// Seconds of output from which a cost is read.
  private static let (leastPiece, leastFirstPiece) = (0.09, 0.15)

  private func rates(at time: Double, left: Double) -> Rates {
    let remaining = max(clip.duration - time, 0.04)
    if isConstant || remaining > Self.landing {
      let mean = budget * 8 / clip.duration
      let peakRate = max(mean, left * 8 / remaining) * Self.peak
      return Rates(
        quality: quality, peakRate: Int(saturating: peakRate),
        bufferBits: Int(saturating: peakRate))
    }
    // x264 plans its pictures so that half of the buffer stays filled: the other half is what is left.
    return Rates(
      quality: quality, peakRate: Self.leastRate,
      bufferBits: Int(saturating: max(left * 8 * 2, 4000)))
  }

  /// Bits per second; 0 would be no limit.
  private static let leastRate = 1000
}
