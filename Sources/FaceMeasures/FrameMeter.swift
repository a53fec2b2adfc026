package import FaceModel
package import Kernels
package import Services

/// Measures single frames: light, sharpness, the difference to the frame before, and the face.
package struct FrameMeter: ~Copyable {
  private let orientation: Orientation
  /// How the last frame lay in its planes.
  private var geometry = UprightGeometry.empty
  private var tracker: FaceTracker?
  private var luma = LumaPlane()
  private var thumbnail: [UInt8] = []
  private var previousThumbnail: [UInt8] = []
  /// Those of the face in the frame that was measured last; `nil` without one.
  package private(set) var landmarks: FrameLandmarks?

  /// Seconds from one measurement of the whole picture, and of the face's state, to the next; 0
  /// measures both in every frame.
  private let pictureInterval: Double
  private var picture: WholePicture?
  private var pictureTime = -Double.infinity
  /// How the followed face was lit and covered when the picture was measured; `nil` without one.
  private var faceState: FaceState?
  private var hands = HandWatch()

  /// What is measured on a picture as a whole, whoever is in it.
  fileprivate struct WholePicture {
    var light: LightMeasurement
    var sharpness: Double
    var noise: Double?
  }

  /// Width of the picture on which frames are compared: small enough that noise averages out,
  /// large enough that a turning head shows.
  private static let thumbnailWidth = 64

  /// - Parameters:
  ///   - orientation: how the frames must be turned.
  ///   - engine: the face networks; without them faces are not looked for.
  ///   - pictureRate: how often per second light, sharpness and noise of the whole picture, its
  ///     difference to an earlier one, and light, sharpness and occlusion of the face are measured;
  ///     frames in between keep the values of the last and have no difference. `nil` measures them
  ///     in every frame.
  package init(
    _ orientation: Orientation, engine: consuming FaceEngine?, pictureRate: Double? = nil
  ) {
    // A camera's clock jitters by up to a tenth of this.
    pictureInterval = pictureRate.map { 0.9 / $0 } ?? 0
    self.orientation = orientation
    if let engine { tracker = FaceTracker(engine: engine) }
  }

  /// The face networks, for the next use; `nil` without any.
  package consuming func intoEngine() -> FaceEngine? { tracker?.intoEngine() }

  /// Measures `frame`, which is shown `time` seconds after the clip's start.
  ///
  /// - Parameter followsEyes: whether its eyes are measured in any case, not only when the picture is.
  package mutating func measure(
    _ frame: borrowing some Picture, at time: Double, followsEyes: Bool = true
  ) throws(ModelError) -> FrameMeasurement {
    let geometry = UprightGeometry(frame, orientation)
    resetIfChanged(in: geometry)
    let earlier = time - pictureTime < pictureInterval ? picture : nil
    let earlierState = earlier == nil ? nil : faceState
    let sighting = try tracker?.look(
      at: frame, in: geometry, time: time, wantsOcclusion: earlierState == nil,
      wantsEyes: followsEyes || earlierState == nil)
    landmarks = sighting.flatMap { FrameLandmarks($0) }
    var state = earlierState
    var whole = earlier
    let sideways = orientation.swapsAxes
    var thumbnail = self.thumbnail
    luma.lend(frame) { plane, shape, table in
      if earlier == nil {
        whole = WholePicture(plane, shape, table, sideways: sideways)
        Self.shrink(plane, shape, into: &thumbnail)
      }
      if earlierState == nil {
        state = sighting.flatMap {
          FaceMeter.state(of: $0, plane, shape, table, geometry: geometry)
        }
      }
    }
    if earlierState == nil, let sighting, var fresh = state {
      try tracker?.addHands(to: &fresh, of: sighting, frame, in: geometry, time: time, &hands)
      state = fresh
    }
    let face = sighting.flatMap { (sighting) in
      state.flatMap { FaceMeter.measure(sighting, $0, geometry: geometry) }
    }
    faceState = face == nil ? nil : state
    var difference: Double?
    if earlier == nil {
      difference = Self.meanDifference(thumbnail, previousThumbnail)
      self.thumbnail = previousThumbnail
      previousThumbnail = thumbnail
      (picture, pictureTime) = (whole, time)
    }
    return FrameMeasurement(
      time: time, light: whole?.light ?? .dark, sharpness: whole?.sharpness ?? 0,
      difference: difference, noise: whole?.noise, face: face, faceCount: sighting?.count,
      secondFaceAreaShare: sighting?.secondAreaShare ?? 0,
      secondFaceSizeRatio: sighting?.secondSizeRatio ?? 0,
      secondFace: sighting?.second.flatMap { SecondFaceMeasurement($0) })
  }

  /// Resets if frames change their shape, because earlier positions no longer apply.
  private mutating func resetIfChanged(in geometry: UprightGeometry) {
    guard geometry != self.geometry else { return }
    self.geometry = geometry
    picture = nil
    faceState = nil
    hands = HandWatch()
  }

  private static func shrink(
    _ plane: Span<UInt8>, _ shape: PlaneShape, into thumbnail: inout [UInt8]
  ) {
    let width = min(thumbnailWidth, shape.width)
    let height = max(1, shape.height * width / max(shape.width, 1))
    let small = PlaneShape(width: width, height: height)
    if thumbnail.count != small.requiredCount {
      thumbnail = [UInt8](repeating: 0, count: small.requiredCount)
    }
    var output = thumbnail.mutableSpan
    AreaScaler.scale(
      plane, shape: shape, into: &output, shape: small)
  }

  private static func meanDifference(_ first: [UInt8], _ second: [UInt8]) -> Double? {
    guard !first.isEmpty, first.count == second.count else { return nil }
    var sum = 0
    for index in first.indices { sum += abs(Int(first[index]) - Int(second[index])) }
    return Double(sum) / Double(first.count)
  }
}

extension FrameMeter.WholePicture {
  fileprivate init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ table: LumaTable, sideways: Bool
  ) {
    light =
      LumaStatistics(of: plane, shape: shape, table: table).map {
        LightMeasurement($0, sideways: sideways)
      } ?? .dark
    sharpness =
      Kernels.Sharpness.laplacianVariance(plane, shape: shape, codeScale: table.codeScale) ?? 0
    noise = NoiseEstimate.deviation(plane, shape, table)
  }
}

extension SecondFaceMeasurement {
  /// `nil` where the landmarks are degenerate.
  init?(_ landmarks: FaceLandmarks) {
    guard let pose = HeadPose(landmarks) else { return nil }
    self.init(yaw: pose.yaw, pitch: pose.pitch, mouthOpen: landmarks.mouthOpening)
  }
}

extension LightMeasurement {
  /// - Parameter sideways: the picture is stored on its side, so that its halves left and right of
  ///   the viewer are the upper and lower halves of the plane.
  init(_ statistics: LumaStatistics, sideways: Bool) {
    let unevenness =
      sideways
      ? abs(statistics.topMean - statistics.bottomMean) / max(statistics.mean, 1)
      : statistics.unevenness
    self.init(
      mean: statistics.mean, p05: statistics.p05, p50: statistics.p50, p95: statistics.p95,
      darkShare: statistics.darkShare, brightShare: statistics.brightShare,
      clippedShare: statistics.clippedShare, unevenness: unevenness)
  }

  /// A picture without a single sample shows nothing.
  fileprivate static var dark: LightMeasurement {
    LightMeasurement(
      mean: 0, p05: 0, p50: 0, p95: 0, darkShare: 1, brightShare: 0, clippedShare: 0,
      unevenness: 0)
  }
}
