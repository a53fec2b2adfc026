internal import FaceModel
internal import Services

/// How a face is lit, drawn and covered: what a tenth of a second hardly changes.
struct FaceState {
  let light: LightMeasurement
  let sharpness: Double
  let detail: FaceDetail?
  private(set) var eyes: LitEyes?
  let skin: SkinColor?
  private(set) var lowerFaceOcclusion: Double?
  private(set) var eyeOcclusion: Double?
  /// Of the part of the face that hands cover most; `nil` where hands cannot be looked for.
  private(set) var handOcclusion: Double?

  /// Takes every measure of the face, each with what it builds on; `nil` where nothing of the face
  /// lies in the picture.
  init?(_ face: FaceView) {
    guard let light = FaceLight().measure(face) else { return nil }
    self.light = light
    let variance = FineDetail().measure(face) ?? 0
    sharpness = FaceSharpness(light: light, variance: variance).measure(face) ?? 0
    detail = BlurCause().measure(face)
    eyes = EyeLight().measure(face)
    let legible = LegibleDetail(
      light: light, variance: variance, motionBlur: detail?.motionBlur)
    lowerFaceOcclusion = LowerFaceOcclusion(detail: legible).measure(face)
    eyeOcclusion = EyeOcclusion(detail: legible).measure(face)
    skin = legible.isEnough ? face.skin : nil
    // What dark glasses reflect would be taken for the whites behind them.
    if let eyeOcclusion, eyeOcclusion >= CoverLimits.partly { eyes?.whites = nil }
  }

  /// How likely a hand at the mouth covers it, before the trained score is heard: more than that of a
  /// warning.
  private static let handAtMouth = 0.55

  /// Adds what hands cover to what the trained scores say.
  ///
  /// A hand at the mouth is a sign of its own: alone it warns, and beside a score that leans to a cover
  /// it is sure.
  mutating func add(_ hands: HandOcclusion) {
    handOcclusion = hands.greatest
    guard hands != .none else { return }
    let trained = lowerFaceOcclusion ?? 0
    lowerFaceOcclusion = max(trained, hands.lowerFace)
    eyeOcclusion = max(eyeOcclusion ?? 0, hands.eyes)
    if hands.isAtMouth, trained < CoverLimits.nearlyAll {
      handOcclusion = max(hands.greatest, Self.handAtMouth)
      let either = 1 - (1 - trained) * (1 - Self.handAtMouth)
      lowerFaceOcclusion = max(either, hands.lowerFace)
    }
  }
}
