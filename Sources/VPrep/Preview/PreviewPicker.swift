internal import Services

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Chooses the best frames of a clip.
///
/// A frame is as good as its face: large, sharp, well lit, frontal, eyes open, mouth closed,
/// complete. A frame without a usable face is none. The further frames must be nearly as good as the
/// first and not close to another in time; otherwise there are fewer, as `image_best_2` may be null.
struct PreviewPicker {
  /// A frame that was chosen; the score is 0–1.
  struct Choice: Equatable, Sendable {
    /// Which of the measured frames it is, counted from 0.
    let index: Int
    /// Seconds from the clip's first frame.
    let time: Double
    let score: Double
    /// Why it was chosen, in a sentence.
    var reason = ""
    /// The face that it shows.
    var face: FaceMeasurement?
  }

  /// A further frame must reach this share of the first one's score.
  private static let leastRatio = 0.6
  /// Seconds between two frames; less in a clip that is too short for as many as are asked for.
  private static let leastDistance = 0.5
  /// Score below which nobody would recognise the face.
  ///
  /// Chosen by test clips: a face that is nearly black has 0.03, one behind a mask 0.03, one that is blurred
  /// as far as it can still be told 0.06, and a good one 0.5 to 0.7.
  static let leastScore = 0.05

  /// - Parameter limits: by which faces are compared: those of the rules, as the caller left them.
  static func choose(
    _ frames: [FrameMeasurement], count: Int, by limits: FrameLimits
  ) -> [Choice] {
    let scored = frames.enumerated().compactMap { index, frame in
      frame.face.map { face in
        Choice(index: index, time: frame.time, score: FaceScore(face, limits).value, face: face)
      }
    }
    guard count > 0, var best = scored.max(by: isWorse), best.score >= leastScore else {
      return []
    }
    best.reason = reason(best, limits, "The best of \(scored.count) frames with a face")
    let span = (frames.last?.time ?? 0) - (frames.first?.time ?? 0)
    let distance = min(leastDistance, span / Double(2 * count))
    var chosen = [best]
    while chosen.count < count {
      let next = scored.filter { candidate in
        candidate.score >= max(best.score * leastRatio, leastScore)
          && chosen.allSatisfy {
            abs($0.time - candidate.time) >= distance && $0.time != candidate.time
          }
      }.max(by: isWorse)
      guard var next else { break }
      let share = (100 * next.score / best.score).formatted(decimals: 0)
      next.reason = reason(next, limits, "Another moment, \(share) % as good as the best")
      chosen.append(next)
    }
    return chosen
  }

  /// Why there is nothing to choose from; `nil` where there is.
  static func obstacle(_ measurements: ClipMeasurements, by limits: FrameLimits) -> NoPreviews? {
    guard measurements.facesMeasured else { return .facesNotMeasured }
    if measurements.frames.allSatisfy({ $0.face == nil }) { return .noFace }
    return choose(measurements.frames, count: 1, by: limits).isEmpty ? .noUsableFace : nil
  }

  private static func reason(_ choice: Choice, _ limits: FrameLimits, _ start: String) -> String {
    guard let face = choice.face, let part = FaceScore(face, limits).weakest else {
      return start + "."
    }
    return start + "; what costs it most is \(part.text)."
  }

  /// Of equal frames the earlier one is the better.
  private static func isWorse(_ first: Choice, _ second: Choice) -> Bool {
    first.score == second.score ? first.time > second.time : first.score < second.score
  }
}
