import FaceModel
import Kernels
import MediaIO
import Services

@testable import FaceMeasures

/// A face as the landmark network is shown it.
struct Crop {
  /// Seconds from the start of a clip; 0 in a picture.
  let time: Double
  let face: FaceMeasurement
  /// The network's score for the face.
  let presence: Float
  /// Row-major, RGB, 0–1.
  let samples: [Float]
  /// In pixels of the crop.
  let landmarks: [Point2D]
}

/// Finds the face in pictures and clips.
struct CropReader: ~Copyable {
  /// Seconds between two frames of a clip that are read.
  private static let interval = 0.5
  private let limits = InputLimits()
  private var engine: FaceEngine?
  private var landmarker: FaceLandmarker
  private var warp = FrameWarp(size: FaceLandmarker.inputSize, values: FaceLandmarker.inputRange)

  init() throws {
    let store = ModelStore()
    engine = try FaceEngine(store)
    landmarker = try FaceLandmarker(from: store)
  }

  mutating func read(_ path: String, _ found: (Crop) throws -> Void) throws {
    let watchdog = Watchdog(seconds: 300)
    let input = try MediaInput(.file(path), limits: limits)
    let isPhoto = ImageKind(input.prefix(ImageKind.prefixLength)) != nil
    var reader = try ClipReader(
      input, for: .measure, limits: isPhoto ? limits.forPhoto : limits, watchdog: watchdog,
      isPhoto: isPhoto)
    guard var tracker = FaceTracker(engine: engine.take()) else { return }
    var next = -Double.infinity
    var caught: (any Error)?
    let (orientation, aspect) = (reader.video.orientation, reader.video.sampleAspect.value)
    try reader.forEachFrame(
      ClipReader.Decoding(threads: 1, includesAudio: false),
      video: { (frame) throws(MediaError) in
        let time = frame.time.isFinite ? frame.time : 0
        guard isPhoto || time >= next else { return .goOn }
        next = time + Self.interval
        let geometry = UprightGeometry(
          storedWidth: frame.width, storedHeight: frame.height, pixelAspect: aspect,
          orientation: frame.orientation ?? orientation)
        do {
          let sighting = try tracker.look(at: frame, in: geometry, time: time)
          if let crop = try crop(sighting, frame, geometry, time) { try found(crop) }
        } catch {
          caught = error
          return .stop
        }
        return isPhoto ? .stop : .goOn
      })
    engine = tracker.intoEngine()
    if let caught { throw caught }
  }

  /// The face of a sighting in the region that its landmarks give, as in the next frame.
  private mutating func crop(
    _ sighting: FaceTracker.Sighting, _ frame: borrowing some Picture, _ geometry: UprightGeometry,
    _ time: Double
  ) throws -> Crop? {
    var luma = LumaPlane()
    let state = luma.lend(frame) { plane, shape, table in
      FaceMeter.state(of: sighting, plane, shape, table, geometry: geometry)
    }
    guard let state, let measured = FaceMeter.measure(sighting, state, geometry: geometry),
      let face = sighting.face
    else { return nil }
    var samples: [Float] = []
    var cropFromPicture: AffineTransform2D?
    let landmarks = try landmarker.landmarks(in: RegionOfInterest(face.landmarks)) {
      (transform, tensor) throws(ModelError) in
      warp.fill(&tensor, from: frame, transform, geometry)
      samples = tensor.indices.map { tensor[$0] }
      cropFromPicture = transform.pictureFromTensor.inverse
    }
    guard let landmarks, let cropFromPicture else { return nil }
    return Crop(
      time: time, face: measured, presence: landmarks.score, samples: samples,
      landmarks: landmarks.points.map { cropFromPicture($0.xy) })
  }
}
