internal import FaceModel
internal import Kernels

/// Follows one face through a clip and counts the others.
///
/// Landmarks give the region of the next frame, so that a face is searched for only at the start,
/// after it was lost, and now and then to see who else is there.
struct FaceTracker: ~Copyable {
  /// What a frame shows.
  struct Sighting {
    /// The followed face.
    var face: FoundFace?
    /// How open its eyes are; `nil` when neither can be measured.
    var eyes: EyeSampler.Ratios?
    /// Boxes of the other faces, as far as they were found by the last look at the whole picture.
    var others: [Rect2D] = []
    /// The largest of them, where the whole picture was just looked at and a rule might count it.
    var second: FaceLandmarks?
    /// How many faces there are, the followed one included.
    var count = 0
    /// Area of the largest other face as a share of the picture.
    var secondAreaShare = 0.0
    /// The same as a multiple of the followed face's area.
    var secondSizeRatio = 0.0
  }

  var engine: FaceEngine
  /// How the last picture lay in its planes.
  var geometry = UprightGeometry.empty
  /// Where the face is expected next.
  private var region: RegionOfInterest?
  /// Where it was seen last, kept while it is lost.
  private var lastBox: Rect2D?
  var others: [FaceDetection] = []
  /// Places beside them at which the last look found hints of a face.
  var suspects: [FaceDetection] = []
  /// The largest of the others, where the last look at the whole picture was just taken.
  var second: FaceLandmarks?
  /// Visible area of the followed face when the others were counted, in pixels.
  var followedArea = 0.0
  private var lastSearch = -Double.infinity
  /// When a picture without a face was last looked at closely.
  var lastCloseLook = -Double.infinity
  /// Whether only a close look found the followed face, so that the others need one too.
  var isCrowd = false
  /// Looks at the whole picture while a face is followed.
  private var checks = 0
  private var eyes = EyeSampler()
  /// What the eyes measured last; `nil` while no face is followed.
  private var lastEyes: EyeSampler.Ratios?

  /// Seconds between two looks at the whole picture while a face is followed.
  ///
  /// A sample of a second's movement is as long, so one look falls into each.
  private static let searchInterval = 1.0 / 3
  /// Two boxes that overlap more than this show the same face.
  static let sameFace = 0.2
  /// How far a face may have moved for one look at it to be enough, as a part of its region, and
  /// how much it may have grown.
  private static let steadyShift = 0.02
  private static let steadyGrowth = 0.03
  /// Scores of a detection, or of its landmarks where the detector is less sure, of which one must
  /// be reached for a face to be followed: at the start, whenever the picture is searched, and in
  /// every frame in which the landmarks are not sure.
  ///
  /// Of 540 bare faces 3 stay below both, of masked ones an eighth. The landmarks of a hand before
  /// the mouth stay above theirs in all but one of 323 frames. A plush toy with large eyes comes
  /// above for single frames, and is let go in the next.
  static let sureDetection: Float = 0.75
  private static let surePresence: Float = 0.95
  /// One look in this many searches for far faces as well while nobody else seems to be there.
  private static let farInterval = 2

  init(engine: consuming FaceEngine) { self.engine = engine }

  /// The networks, for the next use.
  consuming func intoEngine() -> FaceEngine { engine }

  /// Follows the face no further: it is searched for in pictures of another size or shape.
  ///
  /// Whose face it is stays known.
  private mutating func resetIfChanged(in geometry: UprightGeometry) {
    guard geometry != self.geometry else { return }
    self.geometry = geometry
    region = nil
    lastBox = nil
    lastEyes = nil
    others = []
    suspects = []
  }

  /// Looks at the next measured frame, which is shown at `time` seconds.
  ///
  /// - Parameters:
  ///   - geometry: how its picture lies in its planes.
  ///   - wantsOcclusion: whether to tell what covers the face; it is told in any case of one that was
  ///     just found.
  ///   - wantsEyes: whether its eyes are measured; else they stay as they were.
  mutating func look(
    at frame: borrowing some Picture, in geometry: UprightGeometry, time: Double,
    wantsOcclusion: Bool = true, wantsEyes: Bool = true
  ) throws(ModelError) -> Sighting {
    resetIfChanged(in: geometry)
    second = nil
    var found = try region.flatMap { (region) throws(ModelError) in
      try follow(frame, in: region, wantsOcclusion: wantsOcclusion)
    }
    if let followed = found, time - lastSearch >= Self.searchInterval || isWeak(followed) {
      found = try check(frame, followed, time: time)
    }
    if found == nil { found = try search(frame, time: time) }
    var sighting = sighting(found)
    guard let landmarks = found?.landmarks else {
      region = nil
      lastEyes = nil
      return sighting
    }
    sighting.others = others.map(\.box)
    sighting.second = second
    if wantsEyes || lastEyes == nil { lastEyes = try measureEyes(frame, landmarks) }
    sighting.eyes = lastEyes
    // What landmarks doubt, they do not lead to.
    region = found?.isDoubted == true ? nil : RegionOfInterest(landmarks)
    lastBox = Self.box(landmarks)
    return sighting
  }

  /// Looks for hands before a face where something is odd about it.
  ///
  /// - Parameters:
  ///   - state: of the sighting's face, as the trained scores make it.
  ///   - watch: decides, and remembers.
  mutating func addHands(
    to state: inout FaceState, of sighting: Sighting, _ frame: borrowing some Picture,
    in geometry: UprightGeometry, time: Double, _ watch: inout HandWatch
  ) throws(ModelError) {
    guard let face = sighting.face?.landmarks else { return }
    let leastPresence = HandOcclusion.leastPresence(
      lowerFace: state.lowerFaceOcclusion, eyes: state.eyeOcclusion)
    state.add(
      try watch.occlusion(
        lowerFace: state.lowerFaceOcclusion, eyes: state.eyeOcclusion, presence: face.score,
        time: time
      ) { () throws(ModelError) in
        HandOcclusion(
          try engine.hands(frame, at: RegionOfInterest(face), geometry), over: face,
          leastPresence: leastPresence)
      })
  }

  /// The followed face; a second look when it moved, since landmarks are best when the face fills its
  /// region.
  private mutating func follow(
    _ frame: borrowing some Picture, in region: RegionOfInterest, wantsOcclusion: Bool
  ) throws(ModelError) -> FoundFace? {
    guard let found = try present(frame, in: region, wantsOcclusion: wantsOcclusion) else {
      return nil
    }
    let better = RegionOfInterest(found.landmarks)
    let shift = better.center - region.center
    let steady =
      (shift * shift).sum().squareRoot() <= Self.steadyShift * region.side
      && abs(better.side / region.side - 1) <= Self.steadyGrowth
    if steady { return found }
    return try present(frame, in: better, wantsOcclusion: wantsOcclusion)
  }

  /// What is in a region, if the network takes it for a face.
  mutating func present(
    _ frame: borrowing some Picture, in region: RegionOfInterest, wantsOcclusion: Bool
  ) throws(ModelError) -> FoundFace? {
    guard
      let found = try engine.landmarks(frame, in: region, geometry, wantsOcclusion: wantsOcclusion),
      found.landmarks.score >= FaceLandmarker.presenceThreshold
    else { return nil }
    return found
  }

  /// Looks for faces in the whole picture and begins a new track.
  private mutating func search(
    _ frame: borrowing some Picture, time: Double
  ) throws(ModelError) -> FoundFace? {
    lastSearch = time
    isCrowd = false
    let near = try engine.look(.short, at: frame, geometry)
    let far = try engine.look(.full, at: frame, geometry)
    let places = FacePlaces([near, far])
    if let found = try begin(frame, places.faces, beside: places) { return found }
    let filling = try engine.look(.short, at: frame, geometry, isReduced: true)
    let large = FaceEngine.filling(filling.faces, geometry)
    if let found = try begin(frame, large, beside: FacePlaces([filling])) { return found }
    others = []
    if DoubtedFace.isPossible(after: [near, far, filling]) {
      let reduced = try engine.look(.full, at: frame, geometry, isReduced: true)
      if let face = DoubtedFace([near, far, filling, reduced]),
        let found = try accept(frame, face, mayAskForMore: true)
      {
        others = try people(places, beside: found.landmarks, frame)
        return found
      }
    }
    return try crowd(frame, time: time)
  }

  /// Begins a track with the best of the faces that were detected.
  mutating func begin(
    _ frame: borrowing some Picture, _ faces: [FaceDetection], beside places: FacePlaces
  ) throws(ModelError) -> FoundFace? {
    // The one that was followed comes first, else the largest; a detector's error is passed over.
    for face in ordered(faces) {
      guard let found = try acquire(frame, face, wantsOcclusion: true) else { continue }
      let box = Self.box(found.landmarks)
      if let lastBox, lastBox.overlap(box) <= Self.sameFace { eyes.reset() }
      others = try people(places, beside: found.landmarks, frame)
      return found
    }
    return nil
  }

  /// Whether landmarks alone do not show that what is followed is a face.
  func isWeak(_ face: FoundFace) -> Bool { face.landmarks.score < Self.surePresence }

  /// Looks who else is there, and whether the followed face still is one.
  private mutating func check(
    _ frame: borrowing some Picture, _ current: FoundFace, time: Double
  ) throws(ModelError) -> FoundFace? {
    lastSearch = time
    let box = Self.box(current.landmarks)
    checks += 1
    let thorough =
      !others.isEmpty || !suspects.isEmpty || checks.isMultiple(of: Self.farInterval)
    var looks: [DetectorLook]
    if isCrowd {
      looks = [try engine.closeLook(at: frame, geometry)]
    } else {
      looks = [try engine.look(.short, at: frame, geometry)]
      if thorough || looks[0].faces.isEmpty {
        looks.append(try engine.look(.full, at: frame, geometry))
      }
    }
    let places = FacePlaces(looks)
    others = try people(places, beside: current.landmarks, frame)
    let isSure = places.faces.contains {
      $0.box.overlap(box) > Self.sameFace && $0.score >= Self.sureDetection
    }
    return isSure || !isWeak(current) ? current : nil
  }

  /// A face that was just detected, looked at in two passes; `nil` for what is none.
  mutating func acquire(
    _ frame: borrowing some Picture, _ face: FaceDetection, wantsOcclusion: Bool
  ) throws(ModelError) -> FoundFace? {
    guard
      let first = try present(frame, in: RegionOfInterest(face), wantsOcclusion: false),
      let found = try present(
        frame, in: RegionOfInterest(first.landmarks), wantsOcclusion: wantsOcclusion),
      face.score >= Self.sureDetection || !isWeak(found)
    else { return nil }
    return found
  }

  private func ordered(_ faces: [FaceDetection]) -> [FaceDetection] {
    guard let lastBox else { return faces.sorted { $0.box.area > $1.box.area } }
    func distance(_ face: FaceDetection) -> Double {
      let offset = face.box.center - lastBox.center
      return (offset * offset).sum() / max(face.box.area, 1)
    }
    return faces.sorted { distance($0) < distance($1) }
  }

  private mutating func measureEyes(
    _ frame: borrowing some Picture, _ landmarks: FaceLandmarks
  ) throws(ModelError) -> EyeSampler.Ratios? {
    let yaw = HeadPose(landmarks)?.yaw ?? 0
    var watch = eyes
    let ratios = try watch.look(yaw: yaw) { (side) throws(ModelError) in
      try engine.eyeRatio(frame, side, of: landmarks, geometry)
    }
    eyes = watch
    return ratios
  }

  private func sighting(_ face: FoundFace?) -> Sighting {
    guard let face else { return Sighting() }
    let largest = others.map { visibleArea($0.box) }.max() ?? 0
    return Sighting(
      face: face, count: others.count + 1, secondAreaShare: largest / pictureArea,
      secondSizeRatio: followedArea > 0 ? largest / followedArea : 0)
  }

  static func box(_ landmarks: FaceLandmarks) -> Rect2D {
    landmarks.box(of: .face)
  }
}
