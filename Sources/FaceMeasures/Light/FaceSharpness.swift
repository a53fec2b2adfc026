internal import Kernels

/// Variance of the Laplacian inside the middle of the face, where its features are.
struct FaceSharpness: FaceExtractor {
  func extract(from face: FaceView) -> Double? {
    let patch = face.patch
    return Kernels.Sharpness.laplacianVariance(
      patch.samples.span, shape: patch.shape, region: patch.middle,
      codeScale: patch.table.codeScale)
  }
}

/// How much more detail is missing along one direction than across it, 0–1.
///
/// Movement while the shutter is open wipes out detail along its path only. The energies of the
/// second derivatives along rows and along columns are compared, as their smaller by their larger;
/// a sharp face is not motion-blurred whatever its texture.
struct MotionBlur: FaceExtractor {
  /// What `FaceSharpness` found.
  let sharpness: Double

  /// Variance of the Laplacian from which a face is called sharp; twice the limit of blur.
  private static let sharpFace = 60.0

  func extract(from face: FaceView) -> Double? {
    let energy = Self.secondDerivativeEnergy(face.patch)
    guard energy.along > 0, energy.across > 0 else { return 0 }
    let ratio = min(energy.along, energy.across) / max(energy.along, energy.across)
    return (1 - ratio) * (1 - min(1, sharpness / Self.sharpFace))
  }

  private static func secondDerivativeEnergy(
    _ patch: FacePatch
  ) -> (along: Double, across: Double) {
    let (region, samples, stride) = (patch.middle, patch.samples, patch.shape.stride)
    var (along, across) = (0, 0)
    for y in region.y + 1..<max(region.y + 2, region.y + region.height - 1) {
      for x in region.x + 1..<max(region.x + 2, region.x + region.width - 1) {
        let index = y * stride + x
        guard index + stride < samples.count else { continue }
        let center = 2 * Int(samples[index])
        let horizontal = Int(samples[index - 1]) + Int(samples[index + 1]) - center
        let vertical = Int(samples[index - stride]) + Int(samples[index + stride]) - center
        along += horizontal * horizontal
        across += vertical * vertical
      }
    }
    return (Double(along), Double(across))
  }
}
