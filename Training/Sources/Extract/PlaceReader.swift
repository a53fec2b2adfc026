import FaceModel
import Foundation
import Kernels
import MediaIO
import Services

@testable import FaceMeasures

/// What the looks of `DoubtedFace` take for a face, or might.
struct Place {
  /// Of the looks' scores that count there.
  let sum: Float
  /// Of the likeliest of them, in pixels of the upright picture.
  let box: Rect2D
  /// Row-major, RGB, 0–1: as the landmark network is shown it.
  let samples: [Float]
}

/// Finds places in pictures whose faces, if they have any, landmarks doubt.
struct PlaceReader: ~Copyable {
  /// Score from which a place is read, far below that from which one counts: what is less like a face
  /// teaches too.
  private static let leastScore: Float = 0.05
  /// Most places of a picture.
  private static let count = 10
  private let limits = InputLimits()
  private var engine: FaceEngine?
  private var landmarker: FaceLandmarker
  private var warp = FrameWarp(size: FaceLandmarker.inputSize, values: FaceLandmarker.inputRange)

  init() throws {
    let store = ModelStore()
    engine = try FaceEngine(store)
    landmarker = try FaceLandmarker(from: store)
  }

  /// The places of a picture, the likeliest first.
  mutating func read(_ path: String) throws -> [Place] {
    let input = try MediaInput(.file(path), limits: limits)
    var reader = try ClipReader(
      input, for: .measure, limits: limits.forPhoto, watchdog: Watchdog(seconds: 300),
      isPhoto: true)
    guard var tracker = FaceTracker(engine: engine.take()) else { return [] }
    var places: [Place] = []
    var caught: (any Error)?
    let (orientation, aspect) = (reader.video.orientation, reader.video.sampleAspect.value)
    try reader.forEachFrame(
      ClipReader.Decoding(threads: 1, includesAudio: false),
      video: { (frame) throws(MediaError) in
        tracker.geometry = UprightGeometry(
          storedWidth: frame.width, storedHeight: frame.height, pixelAspect: aspect,
          orientation: frame.orientation ?? orientation)
        do {
          places = try self.places(frame, &tracker)
        } catch {
          caught = error
        }
        return .stop
      })
    engine = tracker.intoEngine()
    if let caught { throw caught }
    return places
  }

  private mutating func places(
    _ frame: borrowing some Picture, _ tracker: inout FaceTracker
  ) throws(ModelError) -> [Place] {
    var looks: [[FaceDetection]] = []
    for isReduced in [false, true] {
      for range in FaceDetector.Range.allCases {
        looks.append(
          try tracker.engine.look(
            range, at: frame, tracker.geometry, isReduced: isReduced, leastScore: Self.leastScore
          ).hints)
      }
    }
    let found = FaceDetection.merged(looks.flatMap(\.self))
      .map { DoubtedFace.found(at: $0, looks) }
      .sorted { $0.sum > $1.sum }
    var places: [Place] = []
    for (_, detections) in found.prefix(Self.count) {
      guard let best = try tracker.region(of: detections, frame),
        let likeliest = detections.max(by: { $0.score < $1.score })
      else { continue }
      var samples: [Float] = []
      let geometry = tracker.geometry
      _ = try landmarker.landmarks(in: best.region) {
        (transform, tensor) throws(ModelError) in
        warp.fill(&tensor, from: frame, transform, geometry)
        samples = tensor.indices.map { tensor[$0] }
      }
      let counted = detections.filter { $0.score >= DetectorLook.leastScore }
      places.append(
        Place(
          sum: counted.reduce(0) { $0 + $1.score }, box: likeliest.box, samples: samples))
    }
    return places
  }
}

/// Writes the crops of places and a line for each.
struct PlaceWriter {
  private let index: FileHandle
  private let crops: FileHandle

  init(folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    index = try created(folder + "/index.tsv")
    crops = try created(folder + "/crops.u8")
    index.write(Data("path\tplace\tsum\tleft\ttop\tright\tbottom\n".utf8))
  }

  func write(_ places: [Place], of path: String) throws {
    for (number, place) in places.enumerated() {
      let box = [place.box.minX, place.box.minY, place.box.maxX, place.box.maxY]
      let numbers =
        ["\(path)", "\(number)", String(format: "%.4f", place.sum)]
        + box.map { String(format: "%.1f", $0) }
      try index.write(contentsOf: Data((numbers.joined(separator: "\t") + "\n").utf8))
      try crops.write(contentsOf: bytes(place.samples))
    }
  }
}
