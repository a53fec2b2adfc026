/// Light and blur. Luma is full range and gamma-coded, shares are of the region's pixels.
extension Measure {
  static let frameMean = frame(
    "brightness.frameMean", .luma, "mean luma of the whole frame", need: .frames
  ) { $0.light.mean }

  static let frameP95 = frame(
    "brightness.frameP95", .luma, "95th percentile of the whole frame's luma", need: .frames
  ) { $0.light.p95 }

  static let frameClippedShare = frame(
    "brightness.frameClippedShare", .share, "share of the whole frame at luma 250 or above",
    need: .frames
  ) { $0.light.clippedShare }

  static let faceMean = face("brightness.faceMean", .luma, "mean luma of the face") {
    $0.light.mean
  }

  static let faceP95 = face(
    "brightness.faceP95", .luma, "95th percentile of the face's luma"
  ) { $0.light.p95 }

  static let faceDarkShare = face(
    "brightness.faceDarkShare", .share, "share of the face darker than luma 40"
  ) { $0.light.darkShare }

  static let faceBrightShare = face(
    "brightness.faceBrightShare", .share, "share of the face brighter than luma 210"
  ) { $0.light.brightShare }

  static let faceClippedShare = face(
    "brightness.faceClippedShare", .share, "share of the face at luma 250 or above"
  ) { $0.light.clippedShare }

  static let unevenness = face(
    "brightness.unevenness", .ratio, "difference of the face's halves ÷ its mean luma"
  ) { $0.light.unevenness }

  static let faceSharpness = face(
    "sharpness.face", .variance,
    "variance of the Laplacian of the face's luma at 128 pixels of width"
  ) { $0.sharpness }

  static let motionBlur = face(
    "sharpness.motionBlur", .ratio,
    "how much more of the face's detail is missing along one direction than across it, 0 to 1"
  ) { $0.motionBlur }

  static let contours = face(
    "sharpness.contours", .ratio,
    "how much of the face's detail is in few outlines: 3 where it is spread evenly, more for outlines "
      + "between flat areas"
  ) { $0.contours }

  static let lightMeasures: [Measure] = [
    frameMean, frameP95, frameClippedShare, faceMean, faceP95, faceDarkShare, faceBrightShare,
    faceClippedShare, unevenness, faceSharpness, motionBlur,
    contours,
  ]
}
