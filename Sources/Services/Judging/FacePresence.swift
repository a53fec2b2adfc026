/// Which of the measured frames show a face that counts.
///
/// A network takes a pattern for a face now and then, in single frames. So a face counts in a frame
/// only if a frame nearby shows the same one, and only if it is there in enough frames of the clip.
/// Every measure, rule and report reads frames that this has gone over; no rule on the quality, the
/// occlusion or the place of a face is asked before a face is there.
package enum FacePresence {
  /// Fewest frames that show a face, and their least share of the frames that were looked through.
  ///
  /// Chosen: one frame confirms nothing, and a twentieth is half a second of a clip of ten. A network
  /// errs in 1 of 58 frames of a drawn title card that has no face, and in none of 95 of another.
  static let fewestFrames = 2
  static let leastShare = 0.05

  /// Seconds between two frames up to which one confirms the other; neighbours always do.
  static let nearby = 0.5
  /// How far a face may move, in its widths; how much it may grow; and how far it may turn about each
  /// axis, in degrees: from one frame to another at the same time, and more for each second between.
  ///
  /// Wide: a head that is moved or shaken as fast as people can crosses some six of its widths and turns
  /// by 300° in a second, and landmarks of a covered or dark face tremble. Two errors of a network
  /// on noise agree in none of them.
  private static let shift = (at: 0.5, perSecond: 6.0)
  private static let growth = (at: 1.4, perSecond: 2.0)
  private static let turn = (at: 40.0, perSecond: 300.0)

  /// The same frames, without the faces that do not count.
  package static func confirmed(_ frames: [FrameMeasurement]) -> [FrameMeasurement] {
    let searched = frames.filter { $0.searchedFace != nil }
    var confirmed = searched.indices.map { isConfirmed($0, in: searched) }
    if confirmed.count(where: \.self) < fewest(of: searched.count) {
      confirmed = confirmed.map { _ in false }
    }
    var isCounted = confirmed[...]
    return frames.map { frame in
      guard frame.searchedFace != nil, isCounted.popFirst() == false, frame.face != nil else {
        return frame
      }
      return frame.withoutFaces
    }
  }

  /// Whether a frame nearby shows the same face as the frame at `place`; the only frame need not ask.
  private static func isConfirmed(_ place: Int, in frames: [FrameMeasurement]) -> Bool {
    let frame = frames[place]
    guard frame.face != nil, frames.count > 1 else { return frame.face != nil }
    func isNearby(_ other: Int) -> Bool {
      (other - place).magnitude == 1
        || (frames[other].time - frame.time).magnitude <= nearby
    }
    let later = frames.indices.dropFirst(place + 1).prefix(while: isNearby)
    let earlier = frames.indices.prefix(place).reversed().prefix(while: isNearby)
    return later.contains { agree(frame, frames[$0]) }
      || earlier.contains { agree(frame, frames[$0]) }
  }

  /// Fewest of `count` frames from which a measure of the face is read.
  static func fewest(of count: Int) -> Int {
    min(count, max(fewestFrames, Int((leastShare * Double(count)).rounded(.up))))
  }

  /// Whether two frames may show the same face.
  private static func agree(_ first: FrameMeasurement, _ second: FrameMeasurement) -> Bool {
    guard let a = first.face, let b = second.face else { return false }
    let seconds = (second.time - first.time).magnitude
    func isWithin(_ change: Double, _ limit: (at: Double, perSecond: Double)) -> Bool {
      change.magnitude <= limit.at + limit.perSecond * seconds
    }
    let (smaller, larger) = (min(a.widthShare, b.widthShare), max(a.widthShare, b.widthShare))
    guard smaller > 0 else { return false }
    let roll = (a.roll - b.roll).magnitude.truncatingRemainder(dividingBy: 360)
    return isWithin((a.centerX - b.centerX) / larger, shift)
      && isWithin((a.centerY - b.centerY) / larger, shift) && isWithin(larger / smaller, growth)
      && isWithin(a.yaw - b.yaw, turn) && isWithin(a.pitch - b.pitch, turn)
      && isWithin(min(roll, 360 - roll), turn)
  }
}

extension FrameMeasurement {
  /// The same frame as if no face had been found in it.
  fileprivate var withoutFaces: FrameMeasurement {
    var frame = self
    frame.face = nil
    frame.faceCount = 0
    frame.secondFaceAreaShare = 0
    frame.secondFaceSizeRatio = 0
    frame.secondFace = nil
    return frame
  }
}

extension ClipMeasurements {
  /// The same measurements, without the faces that do not count, and without their movement.
  var withConfirmedFaces: ClipMeasurements {
    let confirmed = FacePresence.confirmed(frames)
    guard confirmed != frames else { return self }
    var clip = self
    clip.frames = confirmed
    clip.measureMotion()
    return clip
  }

  /// Reads the movement again, from these frames and this audio.
  ///
  /// What depends on audio that is not known piece by piece stays as it is.
  mutating func measureMotion() {
    guard let known = motion else { return }
    var moved = MotionMeasurement(
      frames, voiced: audio?.frames.filter(\.isVoiced).map(\.window) ?? [])
    if audio?.frames.isEmpty ?? true {
      moved.mouthMovementWhileVoiced = known.mouthMovementWhileVoiced
    }
    motion = moved
  }
}
