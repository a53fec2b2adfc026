internal import FaceModel
internal import Glibc

/// Decides how much of the eyes something covers: dark glasses, a hand, hair.
///
/// An eye that can be seen, open or shut, is rich in contrast: lashes, iris and white stand side by
/// side. Its socket has the colour of the face's skin. A dark lens is even and has another colour;
/// a hand is even and makes the landmark network doubt. Clear spectacles change neither.
///
/// The weights were fitted by logistic regression to 990 drawn lenses and hands, 9 photographs of
/// people with sunglasses and 1717 faces with free eyes out of the pictures and clips named at
/// `LowerFaceOcclusion`. On people who were left out of the fit, eyes were found covered behind 97 % of
/// the drawn lenses, 61 % of the drawn hands of the very colour of the skin and three of the nine
/// sunglasses (lenses that let the eyes be seen are passed over), and on none of 1259 bare faces;
/// shut eyes, spectacles and dark skin were among those. `TextureScore.eyes` adds what edges say.
struct EyeOcclusion: FaceExtractor {
  /// What `LegibleColors` found.
  let colors: FaceColors
  /// The covered share of the lower face: a mask is no measure of the skin.
  let lowerFace: Double?

  /// In a narrower face an eye has too little contrast to decide; turned further, the far eye is out of
  /// sight.
  static let needs = FaceNeeds(leastWidth: 80, greatestYaw: 45)
  /// Features: the socket's distance from the skin in colour, in redness alone and in log luma; log
  /// of the contrast in the eye, in luma and in redness; contrast within the socket; doubt.
  private static let score = LogisticScore(
    intercept: -15.28,
    terms: [
      .init(8.23, 0...0.6), .init(-5.79, -0.5...0.2), .init(-1.51, -1.5...0), .init(-2.43, -4...0),
      .init(-1.54, -5...0), .init(5.26, 0...0.5), .init(0.17, 0...14),
    ])
  /// Log odds of an occlusion among the faces that both scores were fitted to.
  private static let priorLogOdds = -1.0
  /// Turn beyond which the far eye leaves other edges than those of the fitted faces.
  private static let greatestTextureYaw = 35.0

  /// The covered share of both eyes, 0–1; `nil` where it cannot be decided.
  func extract(from face: FaceView) -> Double? {
    let reference = (lowerFace ?? 0) > 0.4 ? Landmarks.forehead : Landmarks.skin
    guard let skin = colors.median(reference) else { return nil }
    let eyes = EyeSide.allCases.compactMap { Self.likelihood(colors, $0, skin) }
    guard !eyes.isEmpty else { return nil }
    let byColor = eyes.reduce(0, +) / Double(eyes.count)
    guard let texture = colors.eyes, abs(face.yaw) <= Self.greatestTextureYaw else {
      return byColor
    }
    return TextureScore.eyes.likelihood(
      texture, byColor: byColor, priorLogOdds: Self.priorLogOdds)
  }

  private static func likelihood(
    _ colors: FaceColors, _ side: EyeSide, _ skin: FaceColors.Sample
  ) -> Double? {
    let (eye, ring) = Landmarks.eye(side)
    guard let socket = colors.median(ring),
      let contrast = FaceColors.deviation(colors.fineLuma(eye)),
      let redness = FaceColors.deviation(colors.samples(eye).map(\.redness))
    else { return nil }
    return score([
      socket.chromaDistance(skin), socket.redness - skin.redness, socket.luma - skin.luma,
      log(min(max(contrast, 0.02), 0.4)), log(min(max(redness, 0.01), 0.2)),
      FaceColors.deviation(colors.fineLuma(ring)), colors.doubt,
    ])
  }

  /// Numbers of MediaPipe's canonical face model.
  private enum Landmarks {
    /// Cheeks, nose and forehead.
    static let skin = [
      50, 280, 101, 330, 118, 347, 36, 266, 205, 425, 4, 5, 195, 197, 151, 9, 108, 337,
    ]
    static let forehead = [151, 9, 108, 337, 107, 336, 69, 299, 10, 168]

    /// The lids' edges, and the socket between brow and cheek.
    static func eye(_ side: EyeSide) -> (lids: [Int], socket: [Int]) {
      switch side {
      case .left:
        (
          [7, 163, 144, 145, 153, 154, 155, 173, 157, 158, 159, 160, 161, 246],
          [222, 223, 224, 225, 28, 27, 29, 30, 22, 23, 24, 110, 230, 231, 229, 228, 31, 226]
        )
      case .right:
        (
          [382, 381, 380, 374, 373, 390, 249, 466, 388, 387, 386, 385, 384, 398],
          [
            442, 443, 444, 445, 258, 257, 259, 260, 252, 253, 254, 339, 450, 451, 449, 448, 261,
            446,
          ]
        )
      }
    }
  }
}
