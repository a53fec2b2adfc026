/// The tracked face in one frame; positions and sizes in the upright frame.
public struct FaceMeasurement: Sendable, Equatable {
  /// Face width ÷ frame width, 0–1.
  public var widthShare: Double
  /// Face width in pixels.
  public var widthPixels: Double
  /// Inter-eye distance in pixels.
  public var interEyePixels: Double
  /// Horizontal centre of the face, 0 (left edge as seen by a viewer) to 1.
  public var centerX: Double
  /// Vertical centre of the face, 0 (top) to 1.
  public var centerY: Double
  /// Share of the face's landmarks inside the frame, 0–1.
  public var completeness: Double
  /// Turn to the side in degrees; positive towards the viewer's right.
  public var yaw: Double
  /// Nod in degrees; positive upwards.
  ///
  /// What is level differs between people by some degrees.
  public var pitch: Double
  /// Tilt in degrees; positive clockwise as the viewer sees it.
  public var roll: Double
  /// Openness of the viewer-left eye relative to this person's open eyes, 0 (shut) to 1.
  public var leftEyeOpen: Double
  /// Openness of the viewer-right eye relative to this person's open eyes, 0 (shut) to 1.
  public var rightEyeOpen: Double
  /// Inner-lip gap ÷ mouth width.
  public var mouthOpen: Double
  /// Share of the nose–mouth–chin region that is covered, 0–1; `nil` when not decided.
  public var lowerFaceOcclusion: Double?
  /// Share of the eye region that is covered, 0–1; `nil` when not decided.
  public var eyeOcclusion: Double?
  /// Share of the mouth, the nose or an eye that hands cover, of the one that they cover most, 0–1; 0.55
  /// and more where one is at the mouth and no mask is seen, 0 where nothing hints at a hand, `nil`
  /// without face networks.
  public var handOcclusion: Double?
  /// Light on the face.
  public var light: LightMeasurement
  /// Variance of the Laplacian of the face resampled to 128 pixels of width, without noise, as it would
  /// be at a mean luma of 128 (`referenceLuma`).
  public var sharpness: Double
  /// Directional blur of the face, 0 (none) to 1; `nil` when not decided.
  public var motionBlur: Double?
  /// Kurtosis of the Laplacian of the face: 3 for detail that is spread evenly, more where few outlines
  /// hold most of it; `nil` when not decided.
  public var contours: Double?
  /// Luma of the whites of the eyes: the 90th percentile between the lids; `nil` for shut eyes.
  public var eyeWhites: Double?
  /// Share of the area around an eye at luma 250 or above, the larger of both; `nil` when not decided.
  public var eyeGlare: Double?
  /// log (R ÷ G) of the skin; `nil` when not decided.
  public var skinRedness: Double?
  /// log (G ÷ B) of the skin; `nil` when not decided.
  public var skinYellowness: Double?

  /// Mean luma of a face at which `sharpness` is the variance as it is: the middle grey, near which the
  /// faces lie on which the limits were measured.
  package static let referenceLuma = 128.0

  /// Makes the values of one face.
  public init(
    widthShare: Double, widthPixels: Double, interEyePixels: Double, centerX: Double,
    centerY: Double, completeness: Double, yaw: Double, pitch: Double, roll: Double,
    leftEyeOpen: Double, rightEyeOpen: Double, mouthOpen: Double,
    lowerFaceOcclusion: Double? = nil, eyeOcclusion: Double? = nil,
    handOcclusion: Double? = nil, light: LightMeasurement, sharpness: Double,
    motionBlur: Double? = nil, contours: Double? = nil, eyeWhites: Double? = nil,
    eyeGlare: Double? = nil, skinRedness: Double? = nil, skinYellowness: Double? = nil
  ) {
    self.widthShare = widthShare
    self.widthPixels = widthPixels
    self.interEyePixels = interEyePixels
    self.centerX = centerX
    self.centerY = centerY
    self.completeness = completeness
    self.yaw = yaw
    self.pitch = pitch
    self.roll = roll
    self.leftEyeOpen = leftEyeOpen
    self.rightEyeOpen = rightEyeOpen
    self.mouthOpen = mouthOpen
    self.lowerFaceOcclusion = lowerFaceOcclusion
    self.eyeOcclusion = eyeOcclusion
    self.handOcclusion = handOcclusion
    self.light = light
    self.sharpness = sharpness
    self.motionBlur = motionBlur
    self.contours = contours
    self.eyeWhites = eyeWhites
    self.eyeGlare = eyeGlare
    self.skinRedness = skinRedness
    self.skinYellowness = skinYellowness
  }
}
