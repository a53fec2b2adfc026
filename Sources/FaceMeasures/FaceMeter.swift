internal import FaceModel
internal import Kernels
internal import Services

/// Turns a sighting and the picture's luma into the measures of one frame.
///
/// Eye openness is raw here (height by width); `EyeBaseline` makes it relative to the person once
/// the whole clip is known.
enum FaceMeter {
  /// How the followed face is lit, drawn and covered; `nil` where none of it lies in the picture, or
  /// where it came without its occlusion.
  static func state(
    of sighting: FaceTracker.Sighting, _ plane: Span<UInt8>, _ shape: PlaneShape,
    _ table: LumaTable, geometry: UprightGeometry
  ) -> FaceState? {
    guard let found = sighting.face, let occlusion = found.occlusion else { return nil }
    let place = FaceGeometry(
      found.landmarks, pictureWidth: geometry.width, pictureHeight: geometry.height)
    guard let patch = FacePatch(plane, shape, table, face: place.box, geometry: geometry) else {
      return nil
    }
    return FaceState(
      FaceView(
        geometry: place, patch: patch, landmarks: found.landmarks, occlusion: occlusion,
        skin: found.skin))
  }

  /// The measures of the followed face; `nil` without one.
  ///
  /// - Parameter state: how it is lit and covered, now or a moment ago.
  static func measure(
    _ sighting: FaceTracker.Sighting, _ state: FaceState, geometry: UprightGeometry
  ) -> FaceMeasurement? {
    guard let found = sighting.face else { return nil }
    let place = FaceGeometry(
      found.landmarks, pictureWidth: geometry.width, pictureHeight: geometry.height)
    return FaceMeasurement(
      widthShare: place.widthShare, widthPixels: place.box.width,
      interEyePixels: place.interEyeDistance, centerX: place.center.x, centerY: place.center.y,
      completeness: place.completeness, yaw: place.pose?.yaw ?? 0, pitch: place.pose?.pitch ?? 0,
      roll: place.pose?.roll ?? 0, leftEyeOpen: sighting.eyes?.left ?? 0,
      rightEyeOpen: sighting.eyes?.right ?? 0, mouthOpen: place.mouthOpening,
      lowerFaceOcclusion: state.lowerFaceOcclusion, eyeOcclusion: state.eyeOcclusion,
      handOcclusion: state.handOcclusion, light: state.light, sharpness: state.sharpness,
      motionBlur: state.detail?.motionBlur, contours: state.detail?.contours,
      eyeWhites: state.eyes?.whites, eyeGlare: state.eyes?.glare, skinRedness: state.skin?.redness,
      skinYellowness: state.skin?.yellowness)
  }
}
