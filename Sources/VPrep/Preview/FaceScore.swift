internal import Services

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How good a face is for a picture of it, 0 to 1.
///
/// The score is a product of parts, each 0 to 1 on a scale of its own, so that the worst part decides.
/// Nothing in it depends on the other frames or on the clip: two clips that are judged by the same limits
/// can be compared. 1 is a face that is as wide as the rules recommend, whole, bare, frontal, with open eyes
/// and a closed mouth, in light between the limits, and infinitely sharp; a good selfie reaches 0.5 to 0.8.
struct FaceScore {
  /// What is judged.
  enum Part: CaseIterable {
    case size, sharpness, light, pose, eyes, mouth, completeness, cover

    /// What costs a face points, as people say it.
    var text: String {
      switch self {
      case .size: "that the face is small"
      case .sharpness: "blur"
      case .light: "the light"
      case .pose: "that the head is turned"
      case .eyes: "that the eyes are not wide open"
      case .mouth: "that the mouth is open"
      case .completeness: "that the face is cut off"
      case .cover: "that something covers the face"
      }
    }
  }

  /// The parts' values, in the order of the cases.
  private let values: [(part: Part, value: Double)]

  /// The whole score.
  var value: Double { values.reduce(1) { $0 * $1.value } }

  /// The part that costs most; `nil` where all are nearly perfect.
  var weakest: Part? {
    values.min { $0.value < $1.value }.flatMap { $0.value < Self.nearlyPerfect ? $0.part : nil }
  }

  private static let nearlyPerfect = 0.95

  init(_ face: FaceMeasurement, _ limits: FrameLimits) {
    values = Part.allCases.map { ($0, min(1, max(0, Self.value(of: $0, face, limits)))) }
  }

  private static func value(
    of part: Part, _ face: FaceMeasurement, _ limits: FrameLimits
  ) -> Double {
    switch part {
    // Full marks from the width that the rules recommend.
    case .size: face.widthPixels / max(limits.width, 1)
    // Half way at twice the limit of blur.
    case .sharpness: shown(face) / (shown(face) + max(2 * limits.sharpness, 1))
    case .light: light(face.light, limits)
    // ISO/IEC 29794-5 (as OFIQ has it) scores pose by the squared cosine.
    case .pose: cosineSquared(face.yaw) * cosineSquared(face.pitch) * cosineSquared(face.roll)
    case .eyes: max(0.05, min(face.leftEyeOpen, face.rightEyeOpen)).squareRoot()
    case .mouth: 1 - min(0.9, face.mouthOpen)
    case .completeness: face.completeness * face.completeness
    case .cover: max(0.05, 1 - max(face.lowerFaceOcclusion ?? 0, face.eyeOcclusion ?? 0))
    }
  }

  /// Sharpness as the picture shows it: a preview is looked at as it is, and of two frames in the same
  /// focus the dimmer one shows less.
  private static func shown(_ face: FaceMeasurement) -> Double {
    let contrast = min(1, face.light.mean / FaceMeasurement.referenceLuma)
    return face.sharpness * contrast * contrast
  }

  /// 1 while the mean lies between the limits of dark and bright, less beyond, 0 when all is clipped.
  private static func light(_ light: LightMeasurement, _ limits: FrameLimits) -> Double {
    let (dark, bright) = (limits.dark, min(limits.bright, 254))
    let level =
      light.mean < dark
      ? light.mean / dark : light.mean > bright ? (255 - light.mean) / (255 - bright) : 1
    return max(0, level) * (1 - min(1, light.clippedShare))
  }

  /// 0 from a quarter turn on: beyond it the face cannot be seen.
  private static func cosineSquared(_ degrees: Double) -> Double {
    guard degrees.magnitude < 90 else { return 0 }
    let cosine = cos(degrees * .pi / 180)
    return cosine * cosine
  }
}
