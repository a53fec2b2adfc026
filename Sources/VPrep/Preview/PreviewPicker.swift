internal import ProviderRules

/// Chooses the frames that stand for a clip.
///
/// Without a face, a frame is as good as it is sharp and evenly lit. The second frame must lie apart
/// from the first in time and be nearly as good, else there is none, as `image_best_2` may be null.
struct PreviewPicker {
  /// A frame that was chosen; the score is 0–1.
  struct Choice: Equatable, Sendable {
    let time: Double
    let score: Double
  }

  /// The second frame must reach this share of the first one's score.
  private static let leastRatio = 0.6
  /// Seconds between the two frames; a quarter of a short clip.
  private static let leastDistance = 0.5

  static func choose(_ frames: [FrameMeasurement], count: Int) -> [Choice] {
    let scored = frames.map { Choice(time: $0.time, score: score($0)) }
    guard let best = scored.max(by: isWorse) else { return [] }
    guard count > 1 else { return [best] }
    let span = (frames.last?.time ?? 0) - (frames.first?.time ?? 0)
    let distance = min(leastDistance, span / 4)
    let second = scored.filter {
      abs($0.time - best.time) >= distance && $0.time != best.time
        && $0.score >= best.score * leastRatio
    }.max(by: isWorse)
    return [best] + (second.map { [$0] } ?? [])
  }

  /// Of equal frames the earlier one is the better.
  private static func isWorse(_ first: Choice, _ second: Choice) -> Bool {
    first.score == second.score ? first.time > second.time : first.score < second.score
  }

  /// Sharpness and light of the whole frame, each 0–1, multiplied.
  static func score(_ frame: FrameMeasurement) -> Double {
    // Half way at a Laplacian variance of 100, where a picture is usually called sharp.
    let sharpness = frame.sharpness / (frame.sharpness + 100)
    // Best at mid-grey, 0 for black and white.
    let light = 1 - min(1, abs(frame.light.mean - 128) / 128)
    let clipped = 1 - min(1, frame.light.clippedShare)
    return sharpness * light * clipped
  }
}
