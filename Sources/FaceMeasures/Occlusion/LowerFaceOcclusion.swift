internal import Glibc

/// Decides how much of the lower face something covers: a mask, a scarf, a hand.
///
/// A bare lower face has the colour of the same person's skin higher up, lips that are redder than
/// the skin around them, a dark line between the lips and dark nostrils. What covers a face lacks
/// most of these, whatever its own colour, and makes the landmark network doubt. Beards change the
/// luma but keep the lips; shadows change the luma but no colour.
///
/// The weights were fitted by logistic regression to 462 photographs of people with masks, 1992
/// drawn masks and hands (eleven colours and patterns with and without pleats, over and below the
/// nose) and 1191 bare faces in public research pictures and clips, dark skin, beards, moustaches,
/// lipstick, spectacles and talking mouths among them. On people who were left out of the fit the
/// whole mouth was found covered in 99 % of the masked photographs, 98 % of the drawn full masks,
/// 96 % of those below the nose, 75 % of the drawn hands, which have the very colour of the skin,
/// and 1.6 % of the bare faces, most of them small and blurred. Real hands need
/// `TextureScore.lowerFace` as well.
struct LowerFaceOcclusion: FaceExtractor {
  /// What `LegibleColors` found.
  let colors: FaceColors

  /// In a narrower face lips are too few pixels to decide; turned further, one half of the mouth is
  /// out of sight.
  static let needs = FaceNeeds(leastWidth: 48, greatestYaw: 45)
  /// Share of the lower face from brow to nostrils that a mask over the nose covers in addition.
  private static let noseShare = 0.25
  /// Turn beyond which the far side of the mouth leaves other edges than those of the fitted faces.
  private static let greatestTextureYaw = 35.0
  /// Log odds of an occlusion among the faces that both scores were fitted to.
  private static let priorLogOdds = -1.0
  /// Chroma of the skin, as log ratios, below which the picture counts as colourless.
  private static let leastColor = 0.03

  /// Features: the lower face's distance from the skin above in colour, in redness alone and in log
  /// luma; lips against the skin around them in redness and in luma; the line between the lips
  /// against the lips in luma; how luma and redness vary from the upper lip to the chin; doubt.
  ///
  /// Luma without a log is in parts of the skin's, so that pleats of a black mask stay small.
  private static let mouthScore = LogisticScore(
    intercept: 0.42,
    terms: [
      .init(11.03, 0...0.4), .init(-8.51, -0.3...0.1), .init(1.58, 0...1.2),
      .init(-11.64, -0.05...0.2), .init(-7.11, 0...0.3), .init(-12.9, 0...0.3),
      .init(-11.91, 0...0.3), .init(-10.23, 0...0.15), .init(0.35, 0...14),
    ])

  /// Features: the nose's distance from the skin above in colour, in redness alone and in log luma;
  /// how much darker the nostrils are in log luma; doubt.
  private static let noseScore = LogisticScore(
    intercept: -2.45,
    terms: [
      .init(9.31, 0...0.4), .init(-9.36, -0.3...0.1), .init(2.6, 0...1.2), .init(-4.7, 0...1),
      .init(0.31, 0...14),
    ])

  /// The covered share of nose, mouth and chin, 0–1; `nil` where it cannot be decided: a head turned
  /// far, a picture without colour, too little of the face in the picture.
  func extract(from face: FaceView) -> Double? {
    guard let skin = colors.median(FaceColors.upperSkin),
      (skin.redness * skin.redness + skin.yellowness * skin.yellowness).squareRoot()
        >= Self.leastColor,
      let mouth = Self.mouth(colors, skin, yaw: face.yaw)
    else { return nil }
    return (1 - Self.noseShare) * mouth + Self.noseShare * Self.nose(colors, skin)
  }

  /// How likely the mouth is covered, by colours and texture.
  ///
  /// Colours alone suffice, for the edge of a dark mask below the nose passes for lips.
  private static func mouth(
    _ colors: FaceColors, _ skin: FaceColors.Sample, yaw: Double
  ) -> Double? {
    guard let byColor = mouthByColor(colors, skin) else { return nil }
    guard let texture = colors.lowerFace, abs(yaw) <= greatestTextureYaw else { return byColor }
    let both = TextureScore.lowerFace.likelihood(
      texture, byColor: byColor, priorLogOdds: priorLogOdds)
    return max(byColor, both)
  }

  /// The whole mouth counts as much as its halves: a hand often leaves one half free.
  private static func mouthByColor(_ colors: FaceColors, _ skin: FaceColors.Sample) -> Double? {
    guard let whole = likelihood(colors, skin, .whole) else { return nil }
    let halves = [MouthLandmarks.left, .right].compactMap { likelihood(colors, skin, $0) }
    guard !halves.isEmpty else { return whole }
    return (whole + halves.reduce(0, +) / Double(halves.count)) / 2
  }

  private static func likelihood(
    _ colors: FaceColors, _ skin: FaceColors.Sample, _ mouth: MouthLandmarks
  ) -> Double? {
    guard let around = colors.median(mouth.around), let lips = colors.median(mouth.lips),
      let lower = colors.median(mouth.around + mouth.cheeks)
    else { return nil }
    let line = colors.median(mouth.line)
    func part(_ sample: FaceColors.Sample) -> Double { exp(sample.luma - skin.luma) }
    let rows = mouth.rows.map { colors.samples($0) }.filter { !$0.isEmpty }
    func variation(_ component: (FaceColors.Sample) -> Double) -> Double? {
      deviationFromLine(rows.map { row in row.map(component).reduce(0, +) / Double(row.count) })
    }
    return mouthScore([
      lower.chromaDistance(skin), lower.redness - skin.redness, abs(lower.luma - skin.luma),
      lips.redness - around.redness, abs(part(lips) - part(around)),
      line.map { abs(part($0) - part(lips)) }, variation(part), variation(\.redness),
      colors.doubt,
    ])
  }

  private static func nose(_ colors: FaceColors, _ skin: FaceColors.Sample) -> Double {
    guard let nose = colors.median(Landmarks.nose) else { return 0 }
    let nostrils = colors.samples(Landmarks.nostrils).map(\.luma).sorted()
    // A fifth of them are darker: a single stray landmark does not decide.
    let darkest = nostrils.isEmpty ? nil : nostrils[nostrils.count / 5]
    return noseScore([
      nose.chromaDistance(skin), nose.redness - skin.redness, abs(nose.luma - skin.luma),
      darkest.map { nose.luma - $0 }, colors.doubt,
    ])
  }

  /// Standard deviation of what is left of values after their straight line is taken away, so that
  /// light from above or below does not count as structure.
  private static func deviationFromLine(_ values: [Double]) -> Double? {
    let count = Double(values.count)
    guard values.count > 3 else { return nil }
    let middle = (count - 1) / 2
    let mean = values.reduce(0, +) / count
    var (slope, spread) = (0.0, 0.0)
    for (index, value) in values.enumerated() {
      let offset = Double(index) - middle
      slope += offset * (value - mean)
      spread += offset * offset
    }
    slope /= spread
    let rest = values.enumerated().map { $1 - mean - slope * (Double($0) - middle) }
    return FaceColors.deviation(rest)
  }

  /// Numbers of MediaPipe's canonical face model.
  private enum Landmarks {
    static let nose = [4, 1, 45, 275, 5, 44, 274, 51, 281, 195, 19]
    static let nostrils = [98, 327, 97, 326, 60, 290, 240, 460, 99, 328, 75, 305]
  }
}
