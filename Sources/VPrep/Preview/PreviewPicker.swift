internal import Glibc
internal import Services

/// Chooses the best frames of a clip.
///
/// A frame is as good as its face: large, sharp, well lit, frontal, eyes open, mouth closed,
/// complete. Only if no frame shows a face, the sharpness and light of the frame count. The second
/// frame must be nearly as good and not close to the first in time; otherwise there is none, as
/// `image_best_2` may be null.
struct PreviewPicker {
  /// A frame that was chosen; the score is 0–1.
  struct Choice: Equatable, Sendable {
    /// Which of the measured frames it is, counted from 0.
    let index: Int
    /// Seconds from the clip's first frame.
    let time: Double
    let score: Double
  }

  /// The second frame must reach this share of the first one's score.
  private static let leastRatio = 0.6
  /// Seconds between the two frames; a quarter of a short clip.
  private static let leastDistance = 0.5

  /// - Parameter limits: by which faces are compared: those of the rules, as the caller left them.
  static func choose(
    _ frames: [FrameMeasurement], count: Int, by limits: FrameLimits
  ) -> [Choice] {
    let faces = frames.enumerated().compactMap { index, frame in
      frame.face.map { Choice(index: index, time: frame.time, score: score($0, limits)) }
    }
    let scored =
      faces.isEmpty
      ? frames.enumerated().map { Choice(index: $0, time: $1.time, score: score($1)) } : faces
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

  /// The components of a face's quality, each 0–1, multiplied: the worst one decides.
  static func score(_ face: FaceMeasurement, _ limits: FrameLimits) -> Double {
    // Full marks from the width that the rules recommend.
    let size = min(1, face.widthPixels / max(limits.width, 1))
    // Half way at twice the limit of blur.
    let sharpness = face.sharpness / (face.sharpness + max(2 * limits.sharpness, 1))
    // ISO/IEC 29794-5 (as OFIQ has it) scores pose by the squared cosine.
    let pose = cosineSquared(face.yaw) * cosineSquared(face.pitch) * cosineSquared(face.roll)
    let eyes = max(0.05, min(face.leftEyeOpen, face.rightEyeOpen))
    let mouth = 1 - min(0.9, face.mouthOpen)
    let whole = face.completeness * face.completeness
    let covered = 1 - max(face.lowerFaceOcclusion ?? 0, face.eyeOcclusion ?? 0)
    return size * sharpness * light(face.light, limits) * pose * eyes.squareRoot() * mouth * whole
      * max(covered, 0.05)
  }

  /// 1 while the mean lies between the limits of dark and bright, less beyond, 0 when all is clipped.
  private static func light(_ light: LightMeasurement, _ limits: FrameLimits) -> Double {
    let (dark, bright) = (limits.dark, min(limits.bright, 254))
    let level =
      light.mean < dark
      ? light.mean / dark : light.mean > bright ? (255 - light.mean) / (255 - bright) : 1
    return max(0, level) * (1 - min(1, light.clippedShare))
  }

  private static func cosineSquared(_ degrees: Double) -> Double {
    let cosine = cos(degrees * .pi / 180)
    return cosine * cosine
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
