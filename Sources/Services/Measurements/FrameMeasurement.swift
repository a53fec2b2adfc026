/// The values of one measured frame.
public struct FrameMeasurement: Sendable, Equatable {
  /// Presentation time in seconds from the clip's start.
  public var time: Double
  /// Light over the whole frame: upright, full-range SDR luma.
  public var light: LightMeasurement
  /// Variance of the Laplacian of the frame's luma.
  public var sharpness: Double
  /// Mean absolute luma difference to the measured frame before it, 0–255; `nil` for the first.
  public var difference: Double?
  /// Standard deviation of the frame's noise in luma steps; `nil` when not estimated.
  public var noise: Double?
  /// The tracked face; `nil` if there is none or faces were not measured.
  public var face: FaceMeasurement?
  /// How many faces the frame shows; `nil` when faces were not looked for.
  public var faceCount: Int?
  /// Area of the second largest face as a share of the frame, 0–1; 0 when there is none.
  public var secondFaceAreaShare: Double
  /// The same area as a multiple of the followed face's; 0 when there is none.
  public var secondFaceSizeRatio: Double
  /// How the second largest face holds itself; `nil` when there is none of a size that counts, or it
  /// was not looked at in this frame.
  public var secondFace: SecondFaceMeasurement?

  /// Makes the values of one frame.
  public init(
    time: Double, light: LightMeasurement, sharpness: Double, difference: Double? = nil,
    noise: Double? = nil, face: FaceMeasurement? = nil, faceCount: Int? = nil,
    secondFaceAreaShare: Double = 0, secondFaceSizeRatio: Double = 0,
    secondFace: SecondFaceMeasurement? = nil
  ) {
    self.time = time
    self.light = light
    self.sharpness = sharpness
    self.difference = difference
    self.noise = noise
    self.face = face
    self.faceCount = faceCount
    self.secondFaceAreaShare = secondFaceAreaShare
    self.secondFaceSizeRatio = secondFaceSizeRatio
    self.secondFace = secondFace
  }
}

/// How the second largest face of a frame holds itself, which tells a person from a picture.
public struct SecondFaceMeasurement: Sendable, Equatable {
  /// Turn to the side in degrees; positive towards the viewer's right.
  public var yaw: Double
  /// Nod in degrees; positive upwards.
  public var pitch: Double
  /// Inner-lip gap ÷ mouth width.
  public var mouthOpen: Double

  /// Makes the values of a second face.
  public init(yaw: Double, pitch: Double, mouthOpen: Double) {
    self.yaw = yaw
    self.pitch = pitch
    self.mouthOpen = mouthOpen
  }
}
