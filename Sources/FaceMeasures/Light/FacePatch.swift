internal import FaceModel
internal import Kernels
internal import Services

/// The face's luma at a fixed width, on which light and sharpness are measured.
///
/// It is cut from the stored plane, so it may lie on its side; positions in the upright picture are
/// mapped into it. A face narrower than the fixed width keeps its own size: enlarging it would make
/// every far face look blurred.
struct FacePatch {
  /// Width to which larger faces are reduced, in pixels.
  static let width = 128

  private let samples: [UInt8]
  private let shape: PlaneShape
  private let table: LumaTable
  private let patchFromUpright: AffineTransform2D

  /// `nil` when no part of the face lies in the picture.
  init?(
    _ plane: Span<UInt8>, _ planeShape: PlaneShape, _ table: LumaTable, face: Rect2D,
    geometry: UprightGeometry
  ) {
    let stored = face.mapped(by: geometry.storedFromUpright)
    guard stored.area.isFinite, stored.width >= 1, stored.height >= 1 else { return nil }
    let region = PlaneRegion(
      x: Self.pixel(stored.minX, .down), y: Self.pixel(stored.minY, .down),
      width: Self.pixel(stored.width, .up), height: Self.pixel(stored.height, .up)
    ).clamped(to: planeShape)
    guard region.width > 2, region.height > 2 else { return nil }
    let scale = min(1, Double(Self.width) / max(face.width, 1))
    // Stored samples along one pixel of the upright picture: not 1 where pixels are not square.
    let map = geometry.storedFromUpright
    let (unitX, unitY) = (abs(map.a) + abs(map.c), abs(map.b) + abs(map.d))
    let small = PlaneShape(
      width: max(3, min(Self.pixel(Double(region.width) / unitX * scale), Self.largest)),
      height: max(3, min(Self.pixel(Double(region.height) / unitY * scale), Self.largest)))
    var samples = [UInt8](repeating: 0, count: small.requiredCount)
    var output = samples.mutableSpan
    AreaScaler.scale(plane, shape: planeShape, region: region, into: &output, shape: small)
    self.samples = samples
    shape = small
    self.table = table
    patchFromUpright = geometry.storedFromUpright
      .then(.translation(-Double(region.x), -Double(region.y)))
      .then(
        .scaling(
          Double(small.width) / Double(region.width),
          Double(small.height) / Double(region.height)))
  }

  /// Most pixels of a side, whatever shape the face's box has.
  private static let largest = 8 * width

  private static func pixel(
    _ place: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> Int {
    Int(saturating: place.rounded(rule))
  }

  /// Light inside the face's outline; `nil` when nothing of it lies in the picture.
  ///
  /// Left and right for the unevenness are the sides of the line from forehead to chin.
  func light(_ landmarks: FaceLandmarks) -> LightMeasurement? {
    let outline = landmarks.polygon(of: .face).map { patchFromUpright($0) }
    let top = patchFromUpright(landmarks[FaceLandmarks.foreheadTop].xy)
    let bottom = patchFromUpright(landmarks[FaceLandmarks.chin].xy)
    var tally = LightTally()
    PolygonMask(outline, width: shape.width, height: shape.height).forEachRun { row, columns in
      let y = Double(row) + 0.5
      for column in columns {
        let luma = table[UInt16(samples[row * shape.stride + column])]
        let x = Double(column) + 0.5
        let side = (bottom.x - top.x) * (y - top.y) - (bottom.y - top.y) * (x - top.x)
        tally.add(luma, isFirstSide: side > 0)
      }
    }
    return tally.measurement
  }

  /// Variance of the Laplacian inside the middle of the face, where its features are.
  var sharpness: Double? {
    Kernels.Sharpness.laplacianVariance(
      samples.span, shape: shape, region: middle, codeScale: table.codeScale)
  }

  /// Eight tenths of the patch in both directions: eyes, nose and mouth without the background.
  private var middle: PlaneRegion {
    PlaneRegion(
      x: shape.width / 10, y: shape.height / 10, width: shape.width * 8 / 10,
      height: shape.height * 8 / 10)
  }

  /// How much more detail is missing along one direction than across it, 0–1.
  ///
  /// Movement while the shutter is open wipes out detail along its path only. The energies of the
  /// second derivatives along rows and along columns are compared, as their smaller by their larger;
  /// a sharp face is not motion-blurred whatever its texture.
  func motionBlur(sharpness: Double) -> Double {
    let energy = secondDerivativeEnergy
    guard energy.along > 0, energy.across > 0 else { return 0 }
    let ratio = min(energy.along, energy.across) / max(energy.along, energy.across)
    return (1 - ratio) * (1 - min(1, sharpness / Self.sharpFace))
  }

  /// Variance of the Laplacian from which a face is called sharp; twice the limit of blur.
  private static let sharpFace = 60.0

  private var secondDerivativeEnergy: (along: Double, across: Double) {
    let region = middle
    var (along, across) = (0, 0)
    for y in region.y + 1..<max(region.y + 2, region.y + region.height - 1) {
      for x in region.x + 1..<max(region.x + 2, region.x + region.width - 1) {
        let index = y * shape.stride + x
        guard index + shape.stride < samples.count else { continue }
        let center = 2 * Int(samples[index])
        let horizontal = Int(samples[index - 1]) + Int(samples[index + 1]) - center
        let vertical =
          Int(samples[index - shape.stride]) + Int(samples[index + shape.stride]) - center
        along += horizontal * horizontal
        across += vertical * vertical
      }
    }
    return (Double(along), Double(across))
  }
}

/// A histogram of luma with the means of two sides.
struct LightTally {
  private var histogram = [Int](repeating: 0, count: 256)
  private var sums = (first: 0, second: 0)
  private var counts = (first: 0, second: 0)

  mutating func add(_ luma: UInt8, isFirstSide: Bool) {
    histogram[Int(luma)] += 1
    if isFirstSide {
      sums.first += Int(luma)
      counts.first += 1
    } else {
      sums.second += Int(luma)
      counts.second += 1
    }
  }

  /// `nil` when nothing was added.
  var measurement: LightMeasurement? {
    let count = counts.first + counts.second
    guard count > 0 else { return nil }
    let mean = Double(sums.first + sums.second) / Double(count)
    let first = counts.first > 0 ? Double(sums.first) / Double(counts.first) : mean
    let second = counts.second > 0 ? Double(sums.second) / Double(counts.second) : mean
    func share(_ range: Range<Int>) -> Double {
      Double(histogram[range].reduce(0, +)) / Double(count)
    }
    return LightMeasurement(
      mean: mean, p05: percentile(0.05, of: count), p50: percentile(0.5, of: count),
      p95: percentile(0.95, of: count), darkShare: share(0..<40), brightShare: share(211..<256),
      clippedShare: share(250..<256), unevenness: abs(first - second) / max(mean, 1))
  }

  /// Nearest rank.
  private func percentile(_ part: Double, of count: Int) -> Double {
    let rank = max(1, Int((part * Double(count)).rounded(.up)))
    var seen = 0
    for (luma, number) in histogram.enumerated() {
      seen += number
      if seen >= rank { return Double(luma) }
    }
    return 255
  }
}
