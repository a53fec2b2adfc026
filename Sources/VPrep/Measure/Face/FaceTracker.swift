internal import FaceModel
internal import MediaIO

/// Follows one face through a clip and counts the others.
///
/// Landmarks give the region of the next frame, so that a face is searched for only at the start,
/// after it was lost, and now and then to see who else is there.
struct FaceTracker: ~Copyable {
  /// What a frame shows.
  struct Sighting {
    /// The followed face.
    var landmarks: FaceLandmarks?
    /// How many faces there are, the followed one included.
    var count = 0
    /// Area of the largest other face as a share of the picture.
    var secondAreaShare = 0.0
  }

  private var engine: FaceEngine
  private let geometry: UprightGeometry
  /// Where the face is expected next.
  private var region: RegionOfInterest?
  /// Where it was seen last, kept while it is lost.
  private var lastCenter: Point2D?
  private var others: [FaceDetection] = []
  private var framesSinceSearch = 0

  /// Measured frames between two looks at the whole picture: about three a second.
  private static let searchInterval = 3
  /// Two boxes that overlap more than this show the same face.
  private static let sameFace = 0.2

  /// `nil` without networks.
  init?(engine: consuming FaceEngine?, geometry: UprightGeometry) {
    guard let engine else { return nil }
    self.engine = engine
    self.geometry = geometry
  }

  /// Looks at the next measured frame.
  mutating func look(at frame: borrowing VideoFrame) throws(ModelError) -> Sighting {
    framesSinceSearch += 1
    var landmarks = try region.flatMap { (region) throws(ModelError) in
      try engine.landmarks(frame, in: region, geometry)
    }
    if landmarks == nil || framesSinceSearch >= Self.searchInterval {
      landmarks = try search(frame, following: landmarks)
    }
    if let landmarks {
      region = RegionOfInterest(landmarks)
      lastCenter = Self.box(landmarks).center
    } else {
      region = nil
    }
    return sighting(landmarks)
  }

  /// Looks for faces in the whole picture; keeps to the face that is followed.
  private mutating func search(
    _ frame: borrowing VideoFrame, following current: FaceLandmarks?
  ) throws(ModelError) -> FaceLandmarks? {
    framesSinceSearch = 0
    let faces = try engine.detect(frame, geometry)
    if let current {
      let box = Self.box(current)
      others = faces.filter { $0.box.overlap(box) <= Self.sameFace }
      return current
    }
    // The one that was followed comes first, else the largest; a detector's error is passed over.
    for face in ordered(faces) {
      if let found = try engine.landmarks(frame, in: RegionOfInterest(face), geometry) {
        let box = Self.box(found)
        others = faces.filter { $0.box.overlap(box) <= Self.sameFace }
        return found
      }
    }
    others = faces
    return nil
  }

  private func ordered(_ faces: [FaceDetection]) -> [FaceDetection] {
    guard let lastCenter else { return faces.sorted { $0.box.area > $1.box.area } }
    func distance(_ face: FaceDetection) -> Double {
      let offset = face.box.center - lastCenter
      return (offset * offset).sum() / max(face.box.area, 1)
    }
    return faces.sorted { distance($0) < distance($1) }
  }

  private func sighting(_ landmarks: FaceLandmarks?) -> Sighting {
    let picture = Rect2D(
      minX: 0, minY: 0, maxX: Double(geometry.width), maxY: Double(geometry.height))
    let shares = others.map { $0.box.intersection(picture).area / picture.area }
    return Sighting(
      landmarks: landmarks, count: others.count + (landmarks == nil ? 0 : 1),
      secondAreaShare: landmarks == nil
        ? shares.sorted(by: >).dropFirst().first ?? 0 : shares.max() ?? 0)
  }

  private static func box(_ landmarks: FaceLandmarks) -> Rect2D {
    landmarks.box(of: .face)
  }
}
