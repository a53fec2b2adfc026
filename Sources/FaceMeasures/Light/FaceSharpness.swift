internal import Kernels
internal import Services

/// Variance of the Laplacian inside the middle of the face, where its features are.
struct FineDetail: FaceExtractor {
  func extract(from face: FaceView) -> Double? {
    let patch = face.patch
    return Kernels.Sharpness.laplacianVariance(
      patch.samples.span, shape: patch.shape, region: patch.middle,
      codeScale: patch.table.codeScale)
  }
}

/// How sharp a face is, whatever its brightness: its fine detail without the noise, as it would be at a
/// mean luma of 128.
///
/// Luma is about a power of light, so the same face in less light, or darker skin in the same focus, has
/// less contrast by the ratio of the means, and a variance less by its square. Noise follows no such
/// law: of a camera it is nearly the same in every luma (its deviation grows with the root of the light,
/// which the power takes back), and it would be enlarged where the face is dark. It is therefore taken
/// off first, as the smoothest places of the face show it.
struct FaceSharpness: FaceExtractor {
  let light: LightMeasurement
  /// What `FineDetail` found.
  let variance: Double

  /// Mean luma below which a face is not thought brighter: it has some four bits of luma, and its edges
  /// are the rounding of the codes.
  private static let leastMean = 20.0
  /// Variance that white noise of variance 1 gives the Laplacian: 4 · 1² + 4².
  private static let noiseGain = 20.0
  /// The part of Gaussian noise that `NoiseEstimate` finds.
  private static let foundNoise = 0.95

  func extract(from face: FaceView) -> Double? {
    let patch = face.patch
    let found = NoiseEstimate.deviation(patch.samples.span, patch.shape, patch.table) ?? 0
    let noise = found / Self.foundNoise
    let contrast = FaceMeasurement.referenceLuma / max(light.mean, Self.leastMean)
    return max(0, variance - Self.noiseGain * noise * noise) * contrast * contrast
  }
}

/// How the detail of a face is spread: over the directions, and over the face.
struct FaceDetail: Equatable {
  /// How much more detail is missing along one direction than across it, 0–1.
  var motionBlur: Double
  /// Kurtosis of the Laplacian: 3 where detail is spread evenly, more where few outlines hold most of it.
  var contours: Double
}

/// Reads from the Laplacian of the middle of the face what has blurred it.
///
/// Movement while the shutter is open wipes out detail along its path only: the changes of the Laplacian
/// along and across the path then differ. They are the eigenvalues of its structure tensor, whatever
/// direction the path has, and `motionBlur` is 1 minus the smaller by the larger. Compression leaves
/// outlines between flat areas, and a camera out of focus leaves neither, which the kurtosis tells apart.
/// Source of the tensor: Bigün and Granlund, "Optimal orientation detection of linear symmetry", ICCV
/// 1987.
struct BlurCause: FaceExtractor {
  func extract(from face: FaceView) -> FaceDetail? {
    let laplacian = Laplacian(face.patch)
    guard let (low, high) = laplacian.directions, let contours = laplacian.kurtosis else {
      return nil
    }
    return FaceDetail(motionBlur: high > 0 ? 1 - low / high : 0, contours: contours)
  }
}

/// The 4-neighbour Laplacian of the middle of a face.
private struct Laplacian {
  private let values: [Int32]
  private let width, height: Int

  init(_ patch: FacePatch) {
    let (region, samples, stride) = (patch.middle, patch.samples, patch.shape.stride)
    (width, height) = (max(0, region.width - 2), max(0, region.height - 2))
    var values: [Int32] = []
    values.reserveCapacity(width * height)
    for y in 0..<height {
      let row = (region.y + 1 + y) * stride + region.x + 1
      for index in row..<row + width where index + stride < samples.count {
        let neighbours =
          Int32(samples[index - 1]) + Int32(samples[index + 1]) + Int32(samples[index - stride])
          + Int32(samples[index + stride])
        values.append(neighbours - 4 * Int32(samples[index]))
      }
    }
    self.values = values
  }

  /// The energies of its changes along the direction that has least of them and across it; `nil` for a
  /// face of a few pixels.
  var directions: (low: Double, high: Double)? {
    guard width > 2, height > 2, values.count == width * height else { return nil }
    var (alongX, alongY, mixed) = (0, 0, 0)
    for y in 1..<height - 1 {
      for index in y * width + 1..<(y + 1) * width - 1 {
        let dx = Int(values[index + 1] - values[index - 1])
        let dy = Int(values[index + width] - values[index - width])
        alongX += dx * dx
        alongY += dy * dy
        mixed += dx * dy
      }
    }
    let middle = Double(alongX + alongY) / 2
    let half = Double(alongX - alongY) / 2
    let distance = (half * half + Double(mixed) * Double(mixed)).squareRoot()
    return (max(0, middle - distance), middle + distance)
  }

  /// The mean fourth power over the square of the mean square; 3 for Gaussian noise, and where there is
  /// no detail at all.
  var kurtosis: Double? {
    guard !values.isEmpty else { return nil }
    var (second, fourth) = (0, 0)
    for value in values {
      let square = Int(value) * Int(value)
      second += square
      fourth += square * square
    }
    guard second > 0 else { return 3 }
    return Double(fourth) * Double(values.count) / (Double(second) * Double(second))
  }
}
