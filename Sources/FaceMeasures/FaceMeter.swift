internal import FaceModel
internal import Kernels
internal import Services

/// Turns landmarks and the face's luma into the measures of one frame.
///
/// Eye openness is raw here (height by width); `EyeBaseline` makes it relative to the person once
/// the whole clip is known.
enum FaceMeter {
  /// Sharpness by the square of the mean luma below which covers are not decided.
  ///
  /// A contrast of fine detail of about 4 %. The sharp clips of `TestVideos` have 0.003 and more,
  /// masks included and whatever their light; a Gaussian blur of 4 of 268 pixels leaves 0.0008.
  fileprivate static let leastDetail = 0.0018
  /// 95th percentile of the face's luma (0–255) below which covers are not decided.
  ///
  /// Such a face has some four bits of luma and less of chroma: its colours and edges are the
  /// rounding of the codes.
  fileprivate static let leastLight = 20.0

  /// The measures of a face in `plane`; `nil` where none of it lies in the picture.
  ///
  /// - Parameter state: how the face was lit and covered a moment ago; `nil` measures it.
  static func measure(
    _ sighting: FaceTracker.Sighting, _ plane: Span<UInt8>, _ shape: PlaneShape, _ table: LumaTable,
    geometry: UprightGeometry, state: State?
  ) -> (face: FaceMeasurement, state: State)? {
    guard let landmarks = sighting.landmarks else { return nil }
    let shapeOfFace = FaceGeometry(
      landmarks, pictureWidth: geometry.width, pictureHeight: geometry.height)
    guard
      let state = state
        ?? State(sighting, shapeOfFace, landmarks, plane, shape, table, geometry: geometry)
    else { return nil }
    let face = FaceMeasurement(
      widthShare: shapeOfFace.widthShare, widthPixels: shapeOfFace.box.width,
      interEyePixels: shapeOfFace.interEyeDistance, centerX: shapeOfFace.center.x,
      centerY: shapeOfFace.center.y, completeness: shapeOfFace.completeness,
      yaw: shapeOfFace.pose?.yaw ?? 0, pitch: shapeOfFace.pose?.pitch ?? 0,
      roll: shapeOfFace.pose?.roll ?? 0, leftEyeOpen: sighting.eyes?.left ?? 0,
      rightEyeOpen: sighting.eyes?.right ?? 0, mouthOpen: shapeOfFace.mouthOpening,
      lowerFaceOcclusion: state.lowerFaceOcclusion, eyeOcclusion: state.eyeOcclusion,
      light: state.light, sharpness: state.sharpness, motionBlur: state.motionBlur)
    return (face, state)
  }

  /// How a face is lit, drawn and covered: what a tenth of a second hardly changes.
  struct State {
    let light: LightMeasurement
    let sharpness: Double
    let motionBlur: Double?
    let lowerFaceOcclusion: Double?
    let eyeOcclusion: Double?
  }
}

extension FaceMeter.State {
  /// `nil` where nothing of the face lies in the picture.
  fileprivate init?(
    _ sighting: FaceTracker.Sighting, _ shapeOfFace: FaceGeometry, _ landmarks: FaceLandmarks,
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ table: LumaTable, geometry: UprightGeometry
  ) {
    guard
      let patch = FacePatch(plane, shape, table, face: shapeOfFace.box, geometry: geometry),
      let light = patch.light(landmarks)
    else { return nil }
    let sharpness = patch.sharpness ?? 0
    let yaw = shapeOfFace.pose?.yaw ?? 0
    // Blur wipes out lips, nostrils and lashes, and what lacks them would read as covered.
    let isLegible =
      sharpness >= FaceMeter.leastDetail * light.mean * light.mean
      && light.p95 >= FaceMeter.leastLight
    let colors = isLegible ? sighting.colors : nil
    let lowerFace = colors.flatMap {
      shapeOfFace.box.width < LowerFaceCover.leastWidth ? nil : LowerFaceCover.share($0, yaw: yaw)
    }
    let eyeCover = colors.flatMap {
      shapeOfFace.box.width < EyeCover.leastWidth
        ? nil : EyeCover.share($0, lowerFace: lowerFace, yaw: yaw)
    }
    self.init(
      light: light, sharpness: sharpness, motionBlur: patch.motionBlur(sharpness: sharpness),
      lowerFaceOcclusion: lowerFace, eyeOcclusion: eyeCover)
  }
}
