internal import FaceModel

/// Decides how much of the lower face something covers: a mask, a scarf, a hand.
///
/// A bare lower face has the colour of the same person's skin higher up, lips that are redder than
/// the skin around them, a dark line between the lips and dark nostrils. What covers a face lacks
/// most of these, whatever its own colour, and makes the landmark network doubt. Beards change the
/// luma but keep the lips; shadows change the luma but no colour.
///
/// The weights were fitted by logistic regression to 462 photographs of people with masks, 1497
/// drawn masks and hands (eleven colours and patterns, over and below the nose) and 1191 bare faces
/// in public research pictures and clips, dark skin, beards, moustaches, lipstick, spectacles and
/// talking mouths among them. On people who were left out of the fit the mouth was found covered in
/// 98 % of the masked photographs, 98 % of the drawn full masks, 95 % of those below the nose, 92 %
/// of the drawn hands and 1 % of the bare faces, most of them blurred crops.
enum LowerFaceCover {
  /// Width of the face in pixels below which lips are too few pixels to decide.
  static let leastWidth = 48.0
  /// Share of the lower face from brow to nostrils that a mask over the nose covers in addition.
  private static let noseShare = 0.25
  /// Turn beyond which one half of the mouth is out of sight, in degrees.
  private static let greatestYaw = 45.0
  /// Chroma of the skin, as log ratios, below which the picture counts as colourless.
  private static let leastColor = 0.03

  /// Features: the lower face's distance from the skin above in colour, in redness alone and in log
  /// luma; lips against the skin around them in redness and in log luma; the line between the lips
  /// against the lips; how log luma and redness vary from below the nose to the chin; doubt.
  private static let mouthScore = LogisticScore(
    intercept: 0.35,
    terms: [
      .init(8.67, 0...0.4), .init(-8.74, -0.3...0.1), .init(2.87, 0...1.2),
      .init(-11.05, -0.05...0.2), .init(-10.65, 0...0.3), .init(-9.21, 0...0.3),
      .init(-9.14, 0...0.3), .init(-8.16, 0...0.15), .init(0.42, 0...14),
    ])

  /// Features: the nose's distance from the skin above in colour, in redness alone and in log luma;
  /// how much darker the nostrils are; doubt.
  private static let noseScore = LogisticScore(
    intercept: -2.59,
    terms: [
      .init(7.76, 0...0.4), .init(-8.74, -0.3...0.1), .init(3.2, 0...1.2), .init(-4.19, 0...1),
      .init(0.34, 0...14),
    ])

  /// The covered share of nose, mouth and chin, 0–1; `nil` where it cannot be decided: a head turned
  /// far, a picture without colour, too little of the face in the picture.
  static func share(_ colors: FaceColors, yaw: Double) -> Double? {
    guard abs(yaw) <= greatestYaw, let skin = colors.median(Landmarks.upperSkin),
      (skin.redness * skin.redness + skin.yellowness * skin.yellowness).squareRoot() >= leastColor,
      let mouth = mouth(colors, skin)
    else { return nil }
    return (1 - noseShare) * mouth + noseShare * nose(colors, skin)
  }

  /// The whole mouth counts as much as its halves: a hand often leaves one half free.
  private static func mouth(_ colors: FaceColors, _ skin: FaceColors.Sample) -> Double? {
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
    let rows = mouth.rows.map { colors.samples($0) }.filter { !$0.isEmpty }
    func variation(_ component: (FaceColors.Sample) -> Double) -> Double? {
      deviationFromLine(rows.map { row in row.map(component).reduce(0, +) / Double(row.count) })
    }
    return mouthScore([
      lower.chromaDistance(skin), lower.redness - skin.redness, abs(lower.luma - skin.luma),
      lips.redness - around.redness, abs(lips.luma - around.luma),
      line.map { abs($0.luma - lips.luma) }, variation(\.luma), variation(\.redness),
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
    /// Forehead, bridge of the nose and the skin below the eyes: what a mask leaves free.
    static let upperSkin = [
      9, 8, 168, 6, 151, 108, 337, 107, 336, 69, 299, 230, 231, 229, 450, 451, 449, 228, 448,
    ]
    static let nose = [4, 1, 45, 275, 5, 44, 274, 51, 281, 195, 19]
    static let nostrils = [98, 327, 97, 326, 60, 290, 240, 460, 99, 328, 75, 305]
  }
}
