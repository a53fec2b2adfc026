extension MeasurementSummary {
  /// The tracked face and other faces; values are `nil` if no frame shows a face.
  public struct Face: Sendable, Equatable {
    /// Share of the measured frames that show a face.
    public var framesWithFaceShare: Double?
    /// Largest number of faces in one frame.
    public var maxCount: Int?
    /// Largest area of a second face ÷ the frame's.
    public var secondFaceAreaShare: Double?
    /// Largest area of a second face ÷ the followed one's.
    public var secondFaceSizeRatio: Double?
    /// How much the second face turns, nods or moves its mouth, against the followed one's
    /// motion where that keeps still.
    ///
    /// Above 1 it is a person and no picture. `nil` if fewer than four looks showed one of a size
    /// that counts.
    public var secondFaceMotion: Double?
    /// Face width ÷ frame width.
    public var widthShare: Double?
    /// Face width in pixels.
    public var widthPixels: Double?
    /// Inter-eye distance in pixels.
    public var interEyePixels: Double?
    /// Horizontal centre, 0–1 from the viewer's left.
    public var centerX: Double?
    /// Vertical centre, 0–1 from the top.
    public var centerY: Double?
    /// Share of the landmarks inside the frame.
    public var completeness: Double?
    /// Turn to the side in degrees, with its sign.
    public var yaw: Double?
    /// Nod in degrees, with its sign.
    public var pitch: Double?
    /// Tilt in degrees, with its sign.
    public var roll: Double?
    /// Openness of the eyes, both averaged.
    public var eyesOpen: Double?
    /// Blinks that were counted over the clip.
    public var blinks: Int?
    /// Inner-lip gap ÷ mouth width.
    public var mouthOpen: Double?
    /// Standard deviation of the mouth's opening over the clip.
    public var mouthMovement: Double?
    /// The same over the parts in which someone speaks.
    public var mouthMovementWhileVoiced: Double?
    /// Covered share of nose, mouth and chin.
    public var lowerFaceOcclusion: Double?
    /// Share of the mouth, nose or eye that hands cover most.
    public var handOcclusion: Double?
    /// Covered share of the region that is covered most.
    public var occlusion: Double?
  }
}

// Every key is written; a value that was not measured is an explicit `null`.

extension MeasurementSummary.Face: Codable {
  private enum CodingKeys: String, CodingKey {
    case framesWithFaceShare, maxCount, secondFaceAreaShare, secondFaceSizeRatio
    case secondFaceMotion, widthShare, widthPixels, interEyePixels, centerX, centerY, completeness
    case yaw, pitch, roll, eyesOpen, blinks, mouthOpen, mouthMovement, mouthMovementWhileVoiced
    case lowerFaceOcclusion, handOcclusion, occlusion
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encodeRounded(framesWithFaceShare, forKey: .framesWithFaceShare)
    try keys.encode(maxCount, forKey: .maxCount)
    try keys.encodeRounded(secondFaceAreaShare, forKey: .secondFaceAreaShare)
    try keys.encodeRounded(secondFaceSizeRatio, forKey: .secondFaceSizeRatio)
    try keys.encodeRounded(secondFaceMotion, forKey: .secondFaceMotion)
    try keys.encodeRounded(widthShare, forKey: .widthShare)
    try keys.encodeRounded(widthPixels, forKey: .widthPixels)
    try keys.encodeRounded(interEyePixels, forKey: .interEyePixels)
    try keys.encodeRounded(centerX, forKey: .centerX)
    try keys.encodeRounded(centerY, forKey: .centerY)
    try keys.encodeRounded(completeness, forKey: .completeness)
    try keys.encodeRounded(yaw, forKey: .yaw)
    try keys.encodeRounded(pitch, forKey: .pitch)
    try keys.encodeRounded(roll, forKey: .roll)
    try keys.encodeRounded(eyesOpen, forKey: .eyesOpen)
    try keys.encode(blinks, forKey: .blinks)
    try keys.encodeRounded(mouthOpen, forKey: .mouthOpen)
    try keys.encodeRounded(mouthMovement, forKey: .mouthMovement)
    try keys.encodeRounded(mouthMovementWhileVoiced, forKey: .mouthMovementWhileVoiced)
    try keys.encodeRounded(lowerFaceOcclusion, forKey: .lowerFaceOcclusion)
    try keys.encodeRounded(handOcclusion, forKey: .handOcclusion)
    try keys.encodeRounded(occlusion, forKey: .occlusion)
  }
}
