internal import MediaIO
internal import Services

/// Which packets of the video a sampling pass decodes.
///
/// Decoding costs more than measuring, and a frame can be decoded only from its key frame on. So the
/// pass takes the beginning of each GOP and leaves out what follows until the next
/// key frame. Whether that is enough is decided from what it shows (`Sampling`).
struct SamplingPlan: Equatable, Sendable {
  /// Whether to decode each packet of the video, in the order of decoding.
  let decodes: [Bool]
  /// Measured frames per second among the decoded ones.
  let rate: Double

  /// What the frames are to tell.
  enum Question: Sendable {
    /// What the face and the light are like: few frames do, spread over the clip.
    case state
    /// How the face moves: windows in which no movement is missed.
    case movement
  }

  /// Fewest frames from which medians and shares are read: with eight, one odd frame moves neither.
  private static let leastFrames = 8
  /// Longest time in seconds without a frame, where the state is asked for.
  ///
  /// Half again the second between two key frames of a phone.
  private static let longestBlink = 1.5
  /// Longest time in seconds without a frame, where movement is asked for: a movement that someone is
  /// asked to make and to hold for a second is met in any case.
  static let longestMissed = 0.7
  /// Seconds at the end of what was measured in which a movement counts as under way: as many
  /// frames as are decoded before the next sample.
  static let underWay = 0.2
  /// Frames per second measured in a window in which movement is followed, and on average.
  private static let followedRate = 30.0
  private static let averageRate = 10.0
  /// The share of the packets from which leaving out the rest is not worth a second pass.
  private static let mostDecoded = 0.75

  /// `nil` where all has to be decoded.
  ///
  /// - Parameters:
  ///   - codec: only H.264's key frames in MP4 are known to cut all ties to what came before; of
  ///     other codecs the key frames alone are taken.
  ///   - duration: seconds of the video.
  init?(_ index: VideoIndex, codec: CodecName, duration: Double, for question: Question) {
    let count = index.times.count
    guard count > 0, let first = index.times.first, duration > 0 else { return nil }
    let bounds = index.keys + [count]
    let keyFrames = index.keys.count
    var decodes = [Bool](repeating: false, count: count)
    for (begin, end) in zip(bounds, bounds.dropFirst()) {
      let start = index.times[begin]
      let length = (end < count ? index.times[end] : first + duration) - start
      let rate = Double(end - begin) / max(length, .leastNormalMagnitude)
      let lead = Self.lead(of: length, rate: rate, gops: keyFrames, question)
      var position = begin
      repeat {
        decodes[position] = true
        position += 1
      } while position < end && index.times[position] - start < lead
      let missed = length - (position < end ? index.times[position] - start : length)
      guard missed <= (question == .state ? Self.longestBlink : Self.longestMissed) else {
        return nil
      }
    }
    let decoded = decodes.count { $0 }
    guard Double(decoded) <= Self.mostDecoded * Double(count) else { return nil }
    guard codec == .h264 || decoded == keyFrames else { return nil }
    self.decodes = decodes
    rate = question == .state ? Sampler.defaultRate : Self.followedRate
  }

  /// Packets that the index lists.
  var count: Int { decodes.count }

  /// Whether the packet at `position` is decoded; what the index did not announce is.
  func takes(_ position: Int) -> Bool {
    decodes.indices.contains(position) ? decodes[position] : true
  }

  /// Seconds that are decoded of a GOP that lasts `length` seconds; 0 takes its key
  /// frame alone.
  private static func lead(
    of length: Double, rate: Double, gops: Int, _ question: Question
  ) -> Double {
    switch question {
    case .state:
      let frames = (leastFrames + gops - 1) / gops
      // Half an interval more, so that the last of them is among the decoded.
      return frames > 1 ? (Double(frames) - 0.5) / Sampler.defaultRate : 0
    case .movement:
      let share = averageRate / min(followedRate, max(rate, averageRate))
      // A little less, or rounding would take the frame after the last.
      return max(length * share, length - longestMissed) - 0.001
    }
  }
}

extension SamplingPlan.Question {
  /// What a service asks.
  init(_ needs: MeasuringNeeds) { self = needs.movement ? .movement : .state }
}
