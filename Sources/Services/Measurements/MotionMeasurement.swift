/// How the clip moves as a whole.
public struct MotionMeasurement: Sendable, Equatable {
  /// Shake of the whole frame; 0 for a camera that does not move.
  public var globalShake: Double?
  /// Range of the head's turn and place over the clip; 0 for a still head.
  public var headMotion: Double?
  /// Blinks that were counted.
  public var blinks: Int?
  /// Actions of the face, in the order of time; `nil` if no frame shows one.
  public var actions: [FaceAction]?
  /// Standard deviation of the mouth's opening over the clip.
  public var mouthMovement: Double?
  /// Standard deviation of the mouth's opening over the parts in which someone speaks; `nil` when
  /// too little is heard to tell.
  public var mouthMovementWhileVoiced: Double?

  /// Makes a motion measurement.
  public init(
    globalShake: Double? = nil, headMotion: Double? = nil, blinks: Int? = nil,
    actions: [FaceAction]? = nil, mouthMovement: Double? = nil,
    mouthMovementWhileVoiced: Double? = nil
  ) {
    self.globalShake = globalShake
    self.headMotion = headMotion
    self.blinks = blinks
    self.actions = actions
    self.mouthMovement = mouthMovement
    self.mouthMovementWhileVoiced = mouthMovementWhileVoiced
  }
}
