extension MeasurementSummary {
  /// Light: luma 0–255 full range, shares 0–1; `nil` without a face.
  public struct Brightness: Sendable, Equatable {
    /// Mean luma of the whole frame; `nil` without a measured frame.
    public var frameMean: Double?
    /// Mean luma of the face.
    public var faceMean: Double?
    /// 5th percentile of the face's luma.
    public var faceP05: Double?
    /// Median of the face's luma.
    public var faceP50: Double?
    /// 95th percentile of the face's luma.
    public var faceP95: Double?
    /// Share of the face darker than luma 40.
    public var faceDarkShare: Double?
    /// Share of the face brighter than luma 210.
    public var faceBrightShare: Double?
    /// Share of the face at luma 250 or above.
    public var faceClippedShare: Double?
    /// Difference of the face's halves ÷ its mean luma.
    public var unevenness: Double?
    /// Luma of the whites of the eyes.
    public var eyeWhites: Double?
    /// Share of the area around an eye at luma 250 or above.
    public var eyeGlare: Double?
    /// Mean luma of the whole frame ÷ that of the whites of the eyes.
    public var backlight: Double?
    /// How far the colour of the skin is from those that skin has in white light.
    public var colorCast: Double?
    /// Change of the face's luma from frame to frame, as a part of it.
    public var flicker: Double?
  }

  /// Blur.
  public struct Sharpness: Sendable, Equatable {
    /// Variance of the Laplacian of the frame's luma; `nil` without a measured frame.
    public var frame: Double?
    /// Variance of the Laplacian of the face's luma at 128 pixels of width.
    public var face: Double?
    /// How much more of the face's detail is missing along one direction than across it, 0–1.
    public var motionBlur: Double?
    /// Kurtosis of the Laplacian of the face: more than some ten where outlines lie between flat areas.
    public var contours: Double?
  }
}

// Every key is written; a value that was not measured is an explicit `null`.

extension MeasurementSummary.Brightness: Codable {
  private enum CodingKeys: String, CodingKey {
    case frameMean, faceMean, faceP05, faceP50, faceP95, faceDarkShare, faceBrightShare
    case faceClippedShare, unevenness, eyeWhites, eyeGlare, backlight, colorCast, flicker
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encodeRounded(frameMean, forKey: .frameMean)
    try keys.encodeRounded(faceMean, forKey: .faceMean)
    try keys.encodeRounded(faceP05, forKey: .faceP05)
    try keys.encodeRounded(faceP50, forKey: .faceP50)
    try keys.encodeRounded(faceP95, forKey: .faceP95)
    try keys.encodeRounded(faceDarkShare, forKey: .faceDarkShare)
    try keys.encodeRounded(faceBrightShare, forKey: .faceBrightShare)
    try keys.encodeRounded(faceClippedShare, forKey: .faceClippedShare)
    try keys.encodeRounded(unevenness, forKey: .unevenness)
    try keys.encodeRounded(eyeWhites, forKey: .eyeWhites)
    try keys.encodeRounded(eyeGlare, forKey: .eyeGlare)
    try keys.encodeRounded(backlight, forKey: .backlight)
    try keys.encodeRounded(colorCast, forKey: .colorCast)
    try keys.encodeRounded(flicker, forKey: .flicker)
  }
}

extension MeasurementSummary.Sharpness: Codable {
  private enum CodingKeys: String, CodingKey {
    case frame, face, motionBlur, contours
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encodeRounded(frame, forKey: .frame)
    try keys.encodeRounded(face, forKey: .face)
    try keys.encodeRounded(motionBlur, forKey: .motionBlur)
    try keys.encodeRounded(contours, forKey: .contours)
  }
}
