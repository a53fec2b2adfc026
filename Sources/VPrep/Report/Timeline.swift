internal import Services

/// The values of one measured frame: an entry of the report's `measurements.timeline`.
///
/// Numbers have at most four decimals; `null` stands for what was not measured or not decided.
package struct TimelineEntry: Sendable, Codable, Equatable {
  /// Seconds from the clip's start.
  package var t: Double
  /// Mean luma of the whole frame, 0–255.
  @ExplicitNull package var frameMean: Double?
  /// Variance of the Laplacian of the frame's luma.
  @ExplicitNull package var frameSharpness: Double?
  /// Mean absolute luma difference to the measured frame before it; `null` for the first.
  @ExplicitNull package var difference: Double?
  /// Standard deviation of the noise in luma steps.
  @ExplicitNull package var noise: Double?
  /// How many faces the frame shows; `null` when faces were not looked for.
  @ExplicitNull package var faceCount: Int?
  /// Area of the second face ÷ the frame's; 0 when there is none.
  @ExplicitNull package var secondFaceAreaShare: Double?
  /// The same area ÷ the followed face's; 0 when there is none.
  @ExplicitNull package var secondFaceSizeRatio: Double?
  /// The followed face; `null` when there is none.
  @ExplicitNull package var face: Face?

  /// The followed face in one frame; positions and sizes in the upright picture.
  package struct Face: Sendable, Codable, Equatable {
    /// Face width ÷ frame width.
    @ExplicitNull package var widthShare: Double?
    /// Face width in pixels.
    @ExplicitNull package var widthPixels: Double?
    /// Distance between the eye centres in pixels.
    @ExplicitNull package var interEyePixels: Double?
    /// Horizontal centre, 0–1 from the viewer's left.
    @ExplicitNull package var centerX: Double?
    /// Vertical centre, 0–1 from the top.
    @ExplicitNull package var centerY: Double?
    /// Share of the landmarks inside the frame.
    @ExplicitNull package var completeness: Double?
    /// Turn to the side in degrees; positive towards the viewer's right.
    @ExplicitNull package var yaw: Double?
    /// Nod in degrees; positive upwards.
    @ExplicitNull package var pitch: Double?
    /// Tilt in degrees; positive clockwise as the viewer sees it.
    @ExplicitNull package var roll: Double?
    /// Openness of the viewer-left eye against this person's open eyes, 0–1.
    @ExplicitNull package var leftEyeOpen: Double?
    /// Openness of the viewer-right eye against this person's open eyes, 0–1.
    @ExplicitNull package var rightEyeOpen: Double?
    /// Inner-lip gap ÷ mouth width.
    @ExplicitNull package var mouthOpen: Double?
    /// Covered share of nose, mouth and chin.
    @ExplicitNull package var lowerFaceOcclusion: Double?
    /// Covered share of the eyes.
    @ExplicitNull package var eyeOcclusion: Double?
    /// Share of the mouth, nose or eye that hands cover most.
    @ExplicitNull package var handOcclusion: Double?
    /// Light on the face.
    package var light: Light
    /// Variance of the Laplacian of the face's luma at 128 pixels of width.
    @ExplicitNull package var sharpness: Double?
    /// How much more of the face's detail is missing along one direction than across it, 0–1.
    @ExplicitNull package var motionBlur: Double?
    /// Kurtosis of the Laplacian of the face.
    @ExplicitNull package var contours: Double?
    /// Luma of the whites of the eyes.
    @ExplicitNull package var eyeWhites: Double?
    /// Share of the area around an eye that is without detail.
    @ExplicitNull package var eyeGlare: Double?
    /// log (R ÷ G) of the skin.
    @ExplicitNull package var skinRedness: Double?
    /// log (G ÷ B) of the skin.
    @ExplicitNull package var skinYellowness: Double?
  }

  /// How luma is spread over the face, 0–255.
  package struct Light: Sendable, Codable, Equatable {
    /// Mean luma.
    @ExplicitNull package var mean: Double?
    /// 5th percentile.
    @ExplicitNull package var p05: Double?
    /// Median.
    @ExplicitNull package var p50: Double?
    /// 95th percentile.
    @ExplicitNull package var p95: Double?
    /// Share of pixels darker than luma 40.
    @ExplicitNull package var darkShare: Double?
    /// Share of pixels brighter than luma 210.
    @ExplicitNull package var brightShare: Double?
    /// Share of pixels at luma 250 or above.
    @ExplicitNull package var clippedShare: Double?
    /// Difference of the face's halves ÷ its mean luma.
    @ExplicitNull package var unevenness: Double?
  }
}

extension TimelineEntry {
  init(_ frame: FrameMeasurement) {
    self.init(
      t: frame.time.reported, frameMean: frame.light.mean.reportedIfFinite,
      frameSharpness: frame.sharpness.reportedIfFinite,
      difference: frame.difference?.reportedIfFinite,
      noise: frame.noise?.reportedIfFinite, faceCount: frame.faceCount,
      secondFaceAreaShare: frame.faceCount == nil
        ? nil : frame.secondFaceAreaShare.reportedIfFinite,
      secondFaceSizeRatio: frame.faceCount == nil
        ? nil : frame.secondFaceSizeRatio.reportedIfFinite,
      face: frame.face.map(Face.init))
  }
}

extension TimelineEntry.Face {
  init(_ face: FaceMeasurement) {
    self.init(
      widthShare: face.widthShare.reportedIfFinite, widthPixels: face.widthPixels.reportedIfFinite,
      interEyePixels: face.interEyePixels.reportedIfFinite, centerX: face.centerX.reportedIfFinite,
      centerY: face.centerY.reportedIfFinite, completeness: face.completeness.reportedIfFinite,
      yaw: face.yaw.reportedIfFinite, pitch: face.pitch.reportedIfFinite,
      roll: face.roll.reportedIfFinite,
      leftEyeOpen: face.leftEyeOpen.reportedIfFinite,
      rightEyeOpen: face.rightEyeOpen.reportedIfFinite,
      mouthOpen: face.mouthOpen.reportedIfFinite,
      lowerFaceOcclusion: face.lowerFaceOcclusion?.reportedIfFinite,
      eyeOcclusion: face.eyeOcclusion?.reportedIfFinite,
      handOcclusion: face.handOcclusion?.reportedIfFinite, light: TimelineEntry.Light(face.light),
      sharpness: face.sharpness.reportedIfFinite, motionBlur: face.motionBlur?.reportedIfFinite,
      contours: face.contours?.reportedIfFinite,
      eyeWhites: face.eyeWhites?.reportedIfFinite, eyeGlare: face.eyeGlare?.reportedIfFinite,
      skinRedness: face.skinRedness?.reportedIfFinite,
      skinYellowness: face.skinYellowness?.reportedIfFinite)
  }
}

extension TimelineEntry.Light {
  init(_ light: LightMeasurement) {
    self.init(
      mean: light.mean.reportedIfFinite, p05: light.p05.reportedIfFinite,
      p50: light.p50.reportedIfFinite,
      p95: light.p95.reportedIfFinite, darkShare: light.darkShare.reportedIfFinite,
      brightShare: light.brightShare.reportedIfFinite,
      clippedShare: light.clippedShare.reportedIfFinite,
      unevenness: light.unevenness.reportedIfFinite)
  }
}
