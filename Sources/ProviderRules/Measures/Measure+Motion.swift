/// Movement over the clip.
extension Measure {
  static let headMotion = whole(
    "motion.headMotion", .ratio, "range of the head's turn and place over the clip", need: .motion
  ) { $0.clip.motion?.headMotion }

  static let blinks = whole("face.blinks", .count, "blinks that were counted", need: .motion) {
    $0.clip.motion?.blinks.map(Double.init)
  }

  static let mouthMovement = whole(
    "face.mouthMovement", .ratio, "standard deviation of the mouth's opening over the clip",
    need: .faces
  ) { $0.clip.mouthMovement }

  static let mouthMovementWhileVoiced = whole(
    "face.mouthMovementWhileVoiced", .ratio,
    "standard deviation of the mouth's opening over the parts in which someone speaks",
    need: .faces
  ) { $0.clip.motion?.mouthMovementWhileVoiced }

  static let motionMeasures: [Measure] = [
    headMotion, blinks, mouthMovement, mouthMovementWhileVoiced,
  ]
}
