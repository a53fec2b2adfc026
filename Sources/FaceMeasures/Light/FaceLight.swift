internal import FaceModel
internal import Kernels
internal import Services

/// How the face is lit: luma inside its outline.
///
/// Left and right for the unevenness are the sides of the line from forehead to chin. `nil` when
/// nothing of the face lies in the picture.
struct FaceLight: FaceExtractor {
  func extract(from face: FaceView) -> LightMeasurement? {
    let (patch, landmarks) = (face.patch, face.landmarks)
    let (shape, samples, table) = (patch.shape, patch.samples, patch.table)
    let outline = landmarks.polygon(of: .face).map { patch.place($0) }
    let top = patch.place(landmarks[FaceLandmarks.foreheadTop].xy)
    let bottom = patch.place(landmarks[FaceLandmarks.chin].xy)
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
      p95: percentile(0.95, of: count), darkShare: share(LumaClass.dark),
      brightShare: share(LumaClass.bright), clippedShare: share(LumaClass.clipped),
      unevenness: abs(first - second) / max(mean, 1))
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
