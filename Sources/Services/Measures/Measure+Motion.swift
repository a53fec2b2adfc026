/// Movement over the clip.
extension Measure {
  static let globalShake = whole(
    "motion.globalShake", .ratio,
    "median over the clip of the mean difference of luma between neighbouring measured frames ÷ 255",
    need: .frames
  ) { $0.clip.motion?.globalShake }

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

  static let mouthInTurn = whole(
    "motion.mouthInTurn", .count,
    "0 when the mouth opened out of its turn among the actions asked for, else 1", need: .motion
  ) { $0.isInTurn(.mouthOpen).map { $0 ? 1 : 0 } }

  static let eyesInTurn = whole(
    "motion.eyesInTurn", .count,
    "0 when the eyes closed out of their turn among the actions asked for, else 1", need: .motion
  ) { $0.isInTurn(.eyesClosed).map { $0 ? 1 : 0 } }

  static let nodInTurn = whole(
    "motion.nodInTurn", .count,
    "0 when the head was nodded out of its turn among the actions asked for, else 1", need: .motion
  ) { $0.isInTurn(.headNod).map { $0 ? 1 : 0 } }

  static let turnInTurn = whole(
    "motion.turnInTurn", .count,
    "0 when the head was shaken out of its turn among the actions asked for, else 1", need: .motion
  ) { $0.isInTurn(.headTurn).map { $0 ? 1 : 0 } }

  static let headNod = whole(
    "motion.headNod", .degrees, "how far the head was nodded from where it is most of the time",
    need: .motion
  ) { $0.furthest(\.pitch) }

  static let headTurn = whole(
    "motion.headTurn", .degrees, "how far the head was turned from where it is most of the time",
    need: .motion
  ) { $0.furthest(\.yaw) }

  static let motionMeasures: [Measure] = [
    globalShake, headMotion, mouthInTurn, eyesInTurn, nodInTurn, turnInTurn, headNod, headTurn,
    blinks,
    mouthMovement, mouthMovementWhileVoiced,
  ]
}

extension Evidence {
  /// The largest distance of an angle of the head from its middle value; `nil` without a face.
  fileprivate func furthest(_ angle: KeyPath<FaceMeasurement, Double>) -> Double? {
    let angles = clip.frames.compactMap { $0.face?[keyPath: angle] }
    guard let middle = Statistics.median(angles) else { return nil }
    return angles.map { ($0 - middle).magnitude }.max()
  }

  /// Whether the request's order of actions was kept for this action; `nil` if faces were not
  /// measured.
  ///
  /// An action that was not seen at all, or was not requested, is left to other rules. People also
  /// blink and speak between the actions, so one action in the right order is enough.
  fileprivate func isInTurn(_ kind: FaceAction.Kind) -> Bool? {
    guard let actions = clip.motion?.actions else { return nil }
    let asked = (options.actions ?? []).compactMap(FaceAction.Kind.init(number:))
    guard let place = asked.firstIndex(of: kind), let other = asked.first(where: { $0 != kind })
    else { return true }
    let starts = actions.filter { $0.kind == kind }.map(\.start)
    let others = actions.filter { $0.kind == other }.map(\.start)
    guard let first = starts.first, let last = starts.last, let firstOther = others.first,
      let lastOther = others.last
    else { return true }
    return place == 0 ? first <= lastOther : last >= firstOther
  }
}
