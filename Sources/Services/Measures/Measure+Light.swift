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

  static let eyeWhites = face(
    "brightness.eyeWhites", .luma,
    "luma of the whites of the eyes: the 90th percentile between the lids"
  ) { $0.eyeWhites }

  static let faceLight = face(
    "brightness.faceLight", .luma,
    "light on the face: luma of the whites of the eyes, or of the face where they cannot be seen"
  ) { $0.eyeWhites ?? $0.light.mean }

  static let eyeGlare = face(
    "brightness.eyeGlare", .share, "share of the area around an eye at luma 250 or above"
  ) { $0.eyeGlare }

  static let backlight = frame(
    "brightness.backlight", .ratio,
    "mean luma of the whole frame ÷ that of the whites of the eyes, which skin does not change"
  ) { frame in eyeWhites.value(in: frame).map { frame.light.mean / max($0, 1) } }

  static let colorCast = face(
    "brightness.colorCast", .ratio,
    "how far the colour of the skin, as log R ÷ G and log G ÷ B, is from those that skin has in white "
      + "light"
  ) { $0.colorCast }

  static let flicker = whole(
    "brightness.flicker", .share,
    "median change of the face's mean luma from frame to frame, against its neighbours, ÷ that luma",
    need: .faces
  ) { $0.clip.flicker }

  static let faceSharpness = face(
    "sharpness.face", .variance,
    "variance of the Laplacian of the face's luma at 128 pixels of width, without noise, as at a mean "
      + "luma of 128"
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
    faceClippedShare, unevenness, eyeWhites, faceLight, eyeGlare, backlight, colorCast, flicker,
    faceSharpness,
    motionBlur, contours,
  ]
}
