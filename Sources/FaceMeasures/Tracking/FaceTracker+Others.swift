internal import FaceModel
internal import Kernels

/// Where looks at a whole picture find faces.
struct FacePlaces {
  /// Faces of which a network is sure enough, best first.
  let faces: [FaceDetection]
  /// Places beside those that may show a face.
  let hints: [FaceDetection]
  let looks: [DetectorLook]

  init(_ looks: [DetectorLook]) {
    self.looks = looks
    faces =
      looks.count == 1 ? looks[0].faces : FaceDetection.merged(looks.flatMap(\.faces))
    let known = faces
    hints = FaceDetection.merged(looks.flatMap(\.hints)).filter { hint in
      !known.contains { $0.box.overlap(hint.box) > FaceTracker.sameFace }
    }
  }
}

/// Who else is in the picture.
extension FaceTracker {
  /// Area from which another face is looked at with the landmarks, as a share of the picture and of
  /// the followed face; rules count a second face from 0.03 of the one and 0.25 of the other.
  private static let notableShare = 0.015
  private static let notableRatio = 0.15
  /// A box that shares more than this part of the smaller one with another shows the same face.
  private static let withinFace = 0.5
  /// Places at which a look asks for a face that landmarks doubt: beside the person who counts, hands and
  /// things are now and then the likeliest.
  private static let mostDoubted = 3
  /// Boxes of two looks that overlap more than this show the same stranger.
  private static let sameStranger = 0.5

  /// The detections that show people other than the followed one.
  ///
  /// Where a rule might count one, the landmarks must find a face in it too, and another face than
  /// those that are known; they find one as well where the detectors are less sure, beside a large
  /// face or in one that is out of focus.
  mutating func people(
    _ places: FacePlaces, beside followed: FaceLandmarks, _ frame: borrowing some Picture
  ) throws(ModelError) -> [FaceDetection] {
    let box = Self.box(followed)
    // Boxes of one detector compare better with each other than with the landmarks' box.
    let own = places.faces.max { $0.box.overlap(box) < $1.box.overlap(box) }?.box
    followedArea = visibleArea(own.flatMap { $0.overlap(box) > Self.sameFace ? $0 : nil } ?? box)
    var found: [FaceDetection] = []
    var seen = [box]
    for face in places.faces where !Self.isWithin(face.box, seen) {
      // Whoever was found at this place by the look before was looked at then.
      var counts = isKnown(face) || face.score >= Self.sureDetection
      if !isKnown(face), isNotable(face) { counts = try other(frame, face, than: &seen) != nil }
      if counts { found.append(face) }
    }
    // What only hints tell must be there at two looks.
    var suspects: [FaceDetection] = []
    for hint in places.hints where isNotable(hint) && !Self.isWithin(hint.box, seen) {
      guard !Self.isWithin(hint.box, found.map(\.box)) else { continue }
      guard let box = try other(frame, hint, than: &seen) else { continue }
      let face = FaceDetection(box: box, keypoints: hint.keypoints, score: hint.score)
      suspects.append(face)
      if isKnown(face) || isSuspected(face) { found.append(face) }
    }
    for face in try doubted(places, beside: seen + found.map(\.box), frame) {
      suspects.append(face)
      if isKnown(face) || isSuspected(face) { found.append(face) }
    }
    self.suspects = suspects
    second = try largest(of: found, frame)
    return found
  }

  /// Landmarks of the largest of these faces, if a rule might count it and they show how it moves.
  private mutating func largest(
    of found: [FaceDetection], _ frame: borrowing some Picture
  ) throws(ModelError) -> FaceLandmarks? {
    guard let face = found.max(by: { visibleArea($0.box) < visibleArea($1.box) }), isNotable(face),
      let first = try engine.landmarks(
        frame, in: RegionOfInterest(face), geometry, wantsOcclusion: false),
      let found = try present(
        frame, in: RegionOfInterest(first.landmarks), wantsOcclusion: false),
      face.score >= Self.sureDetection || !isWeak(found)
    else { return nil }
    return found.landmarks
  }

  /// Further faces that the looks and the trained score tell though landmarks doubt them, as they do
  /// those behind masks or dark glasses and those turned to the side.
  private mutating func doubted(
    _ places: FacePlaces, beside seen: [Rect2D], _ frame: borrowing some Picture
  ) throws(ModelError) -> [FaceDetection] {
    guard places.looks.count == 2 else { return [] }
    var looks = places.looks.map { notable(in: $0, beside: seen) }
    guard DoubtedFace.isPossible(after: looks) else { return [] }
    for range in [FaceDetector.Range.short, .full] {
      let reduced = try engine.look(range, at: frame, geometry, isReduced: true)
      looks.append(notable(in: reduced, beside: seen))
    }
    var found: [FaceDetection] = []
    for _ in 0..<Self.mostDoubted {
      guard let face = DoubtedFace(looks, leastSum: DoubtedFace.leastSumBeside) else { break }
      looks = looks.map { look in
        look.filter { place in
          !face.detections.contains { $0.box.overlap(place.box) > Self.sameFace }
        }
      }
      // Landmarks that doubt a face are not to be trusted with its size.
      guard let best = face.detections.max(by: { $0.score < $1.score }),
        !Self.isWithin(best.box, found.map(\.box)),
        try accept(frame, face, mayAskForMore: true, mayLookForHands: false) != nil
      else { continue }
      found.append(best)
    }
    return found
  }

  /// What a look found beside the faces that were `seen`, as far as a rule might count it.
  private func notable(in look: DetectorLook, beside seen: [Rect2D]) -> DetectorLook {
    look.filter { isNotable($0) && !Self.isWithin($0.box, seen) }
  }

  /// The box of the face that landmarks find at a place; `nil` where there is none, or one of those
  /// that were `seen`.
  ///
  /// A detector that is not sure of a face is not sure of its size either.
  private mutating func other(
    _ frame: borrowing some Picture, _ face: FaceDetection, than seen: inout [Rect2D]
  ) throws(ModelError) -> Rect2D? {
    guard let other = try acquire(frame, face, wantsOcclusion: false) else { return nil }
    let box = Self.box(other.landmarks)
    guard !Self.isWithin(box, seen) else { return nil }
    seen.append(box)
    return box
  }

  private func isKnown(_ face: FaceDetection) -> Bool {
    others.contains { $0.box.overlap(face.box) > Self.sameStranger }
  }

  private func isSuspected(_ face: FaceDetection) -> Bool {
    suspects.contains { $0.box.overlap(face.box) > Self.sameFace }
  }

  /// Whether a rule might count a second face of this size.
  private func isNotable(_ face: FaceDetection) -> Bool {
    let area = visibleArea(face.box)
    return area >= Self.notableShare * pictureArea || area >= Self.notableRatio * followedArea
  }

  /// Whether `box` shows one of these faces, or a part of it.
  private static func isWithin(_ box: Rect2D, _ faces: [Rect2D]) -> Bool {
    faces.contains { face in
      box.overlap(face) > sameFace
        || box.intersection(face).area > withinFace * min(box.area, face.area)
    }
  }

  /// The part of a box that lies in the picture, in pixels.
  func visibleArea(_ box: Rect2D) -> Double { box.intersection(picture).area }

  private var picture: Rect2D {
    Rect2D(minX: 0, minY: 0, maxX: Double(geometry.width), maxY: Double(geometry.height))
  }

  var pictureArea: Double { max(1, picture.area) }
}
