internal import FaceModel
internal import MediaIO

/// Owner of the face networks and of the warps that feed them; one a call, one frame at a time.
struct FaceEngine: ~Copyable {
  private var shortRange: FaceDetector
  private var fullRange: FaceDetector
  private var landmarker: FaceLandmarker
  private var shortWarp = FrameWarp(
    size: FaceDetector.Range.short.inputSize, values: FaceDetector.inputRange)
  private var fullWarp = FrameWarp(
    size: FaceDetector.Range.full.inputSize, values: FaceDetector.inputRange)
  private var landmarkWarp = FrameWarp(
    size: FaceLandmarker.inputSize, values: FaceLandmarker.inputRange)

  /// Loads the networks.
  init(_ store: ModelStore) throws(ModelError) {
    let shortRange = try FaceDetector(.short, from: store)
    let fullRange = try FaceDetector(.full, from: store)
    let landmarker = try FaceLandmarker(from: store)
    self.shortRange = shortRange
    self.fullRange = fullRange
    self.landmarker = landmarker
  }

  /// Faces in the upright picture, best first; the full-range network is asked when the short-range
  /// one finds none.
  mutating func detect(
    _ frame: borrowing VideoFrame, _ geometry: UprightGeometry
  ) throws(ModelError) -> [FaceDetection] {
    let near = shortRange.letterbox(
      pictureWidth: geometry.width, pictureHeight: geometry.height)
    let found = try shortRange.detect { (tensor) throws(ModelError) in
      shortWarp.fill(&tensor, from: frame, near, geometry)
    }
    if !found.isEmpty { return found.map { $0.mapped(by: near) } }
    return try detectFar(frame, geometry)
  }

  /// Faces that are too small for the short-range network.
  mutating func detectFar(
    _ frame: borrowing VideoFrame, _ geometry: UprightGeometry
  ) throws(ModelError) -> [FaceDetection] {
    let whole = fullRange.letterbox(
      pictureWidth: geometry.width, pictureHeight: geometry.height)
    return try fullRange.detect { (tensor) throws(ModelError) in
      fullWarp.fill(&tensor, from: frame, whole, geometry)
    }.map { $0.mapped(by: whole) }
  }

  /// The landmarks of the face in a region, found in two passes; `nil` when there is no face.
  mutating func landmarks(
    _ frame: borrowing VideoFrame, in region: RegionOfInterest, _ geometry: UprightGeometry
  ) throws(ModelError) -> FaceLandmarks? {
    let found = try landmarker.refinedLandmarks(in: region) {
      (transform, tensor) throws(ModelError) in
      landmarkWarp.fill(&tensor, from: frame, transform, geometry)
    }
    guard let found, found.score >= FaceLandmarker.presenceThreshold else { return nil }
    return found
  }
}
