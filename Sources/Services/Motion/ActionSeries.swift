/// Finds what the face did, and when, in the measured frames of a clip.
///
/// An action begins where a value passes one level and lasts until it falls below a lower one, so
/// that a value that trembles about a level is one action. A lost face ends every action.
struct ActionSeries {
  /// Levels between which a value makes no decision of its own.
  struct Levels {
    var begins: Double
    var lasts: Double
  }

  /// Part of the eyes that is shut; half, as where blinks are counted.
  private static let eyes = Levels(begins: 0.5, lasts: 0.5)
  /// Gap of the lips by the mouth's width; begins where the rule about the open mouth is content.
  private static let mouth = Levels(begins: 0.25, lasts: 0.15)
  /// Degrees from the head's usual direction.
  ///
  /// 15° is the least turn that Huawei Cloud's IVS asks of a head that is to be shaken.
  static let turn = Levels(begins: 15, lasts: 8)
  /// Degrees from the head's usual direction; a nod is smaller than a turn, and trembles less.
  static let nod = Levels(begins: 10, lasts: 5)

  /// Every action in the order in which they begin; `nil` when no frame shows a face.
  static func actions(in frames: [FrameMeasurement]) -> [FaceAction]? {
    let faces = frames.compactMap(\.face)
    guard let yaw = Statistics.upperMedian(faces.map(\.yaw)),
      let pitch = Statistics.upperMedian(faces.map(\.pitch))
    else { return nil }
    let found =
      runs(.eyesClosed, in: frames, eyes) { 1 - ($0.leftEyeOpen + $0.rightEyeOpen) / 2 }
      + runs(.mouthOpen, in: frames, mouth) { $0.mouthOpen }
      + runs(.headTurn, in: frames, turn) { abs($0.yaw - yaw) }
      + runs(.headNod, in: frames, nod) { abs($0.pitch - pitch) }
    return found.sorted { ($0.start, $0.kind.rawValue) < ($1.start, $1.kind.rawValue) }
  }

  private static func runs(
    _ kind: FaceAction.Kind, in frames: [FrameMeasurement], _ levels: Levels,
    _ value: (FaceMeasurement) -> Double
  ) -> [FaceAction] {
    var actions: [FaceAction] = []
    var start: Double?
    for frame in frames {
      let level = start == nil ? levels.begins : levels.lasts
      if let face = frame.face, value(face) > level {
        start = start ?? frame.time
      } else if let begin = start {
        actions.append(FaceAction(kind: kind, start: begin, end: frame.time))
        start = nil
      }
    }
    if let start, let last = frames.last {
      actions.append(FaceAction(kind: kind, start: start, end: last.time))
    }
    return actions
  }
}
