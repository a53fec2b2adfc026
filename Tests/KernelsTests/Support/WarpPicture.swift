import Kernels

/// A sample type that `TensorWarp` takes.
protocol WarpSample: FixedWidthInteger, UnsignedInteger, Sendable {
  static func apply(
    _ warp: inout TensorWarp, _ picture: WarpPicture<Self>, _ map: AffineMap,
    _ tensor: inout MutableSpan<Float>, _ path: KernelPath)
}

/// A picture in guarded memory.
struct WarpPicture<Sample: WarpSample> {
  let layout: TensorWarp.Layout
  let luma: GuardedPlane<Sample>
  /// `nil` for a grey picture.
  let chroma: (cb: GuardedPlane<Sample>, cr: GuardedPlane<Sample>)?

  init(
    _ layout: TensorWarp.Layout, width: Int, height: Int, padding: Int = 3, grey: Bool = false,
    make: (_ shape: PlaneShape, _ plane: Int) -> GuardedPlane<Sample>
  ) {
    self.layout = layout
    luma = make(PlaneShape(width: width, height: height, stride: width + padding), 0)
    let columns = (width + (1 << layout.chromaShiftX) - 1) >> layout.chromaShiftX
    let rows = (height + (1 << layout.chromaShiftY) - 1) >> layout.chromaShiftY
    let shape = PlaneShape(width: columns, height: rows, stride: columns + padding)
    chroma = grey ? nil : (make(shape, 1), make(shape, 2))
  }

  /// Seeded noise of the layout's bit depth.
  static func noise(
    _ layout: TensorWarp.Layout, width: Int, height: Int, padding: Int = 3, grey: Bool = false,
    seed: UInt64
  ) -> WarpPicture {
    WarpPicture(layout, width: width, height: height, padding: padding, grey: grey) {
      let greatest = Sample(truncatingIfNeeded: (1 << layout.bitDepth) - 1)
      return .noise($0, seed: seed + UInt64($1), in: 0...greatest)
    }
  }

  func tensor(
    _ warp: inout TensorWarp, _ map: AffineMap, path: KernelPath = .active
  ) -> [Float] {
    var values = [Float](repeating: .nan, count: warp.count + 8)
    var span = values.mutableSpan
    Sample.apply(&warp, self, map, &span, path)
    precondition(values[warp.count...].allSatisfy(\.isNaN), "written beyond the tensor")
    return Array(values[..<warp.count])
  }
}

/// What `TensorWarp` is defined to sample from a picture, after halving its planes.
struct ExactPicture {
  private let layout: TensorWarp.Layout
  private let width: Double
  private let height: Double
  private let luma: ExactPlane
  private let chroma: (cb: ExactPlane, cr: ExactPlane)?

  init(_ picture: WarpPicture<some WarpSample>, halvings: (luma: Int, chroma: Int)) {
    layout = picture.layout
    width = Double(picture.luma.shape.width)
    height = Double(picture.luma.shape.height)
    luma = ExactPlane(picture.luma, halvings: halvings.luma)
    chroma = picture.chroma.map {
      (ExactPlane($0.cb, halvings: halvings.chroma), ExactPlane($0.cr, halvings: halvings.chroma))
    }
  }

  /// The components at a luma position, 0...1; `nil` outside the picture.
  func rgb(_ x: Double, _ y: Double) -> [Double]? {
    guard x >= 0, y >= 0, x < width, y < height else { return nil }
    let range = layout.format.range
    let grey =
      (luma.code(x, y) - range.black(bitDepth: layout.bitDepth))
      / range.lumaSpan(bitDepth: layout.bitDepth)
    guard let chroma else { return [grey, grey, grey].map { min(max($0, 0), 1) } }
    let column = x / Double(1 << layout.chromaShiftX)
    let row = y / Double(1 << layout.chromaShiftY)
    func difference(_ plane: ExactPlane) -> Double {
      (plane.code(column, row) - Double(128 << (layout.bitDepth - 8)))
        / range.chromaSpan(bitDepth: layout.bitDepth)
    }
    let rgb = layout.format.matrix.rgb(
      y: grey, cb: difference(chroma.cb), cr: difference(chroma.cr))
    return [rgb.red, rgb.green, rgb.blue].map { min(max($0, 0), 1) }
  }
}

/// A plane halved a number of times, and the bilinear interpolation between its centres.
private struct ExactPlane {
  private let rows: [[Int]]
  private let scale: Double

  init<Sample>(_ plane: GuardedPlane<Sample>, halvings: Int) {
    var rows = plane.rows.map { $0.map(Int.init) }
    for _ in 0..<halvings { rows = Self.halved(rows) }
    self.rows = rows
    scale = 1 / Double(1 << halvings)
  }

  func code(_ x: Double, _ y: Double) -> Double {
    func position(_ value: Double, _ count: Int) -> (near: Int, far: Int, share: Double) {
      let place = min(max(value * scale - 0.5, 0), Double(count - 1))
      return (Int(place), min(Int(place) + 1, count - 1), place - place.rounded(.down))
    }
    let column = position(x, rows[0].count)
    let row = position(y, rows.count)
    func mixed(_ values: [Int]) -> Double {
      Double(values[column.near]) * (1 - column.share) + Double(values[column.far]) * column.share
    }
    return mixed(rows[row.near]) * (1 - row.share) + mixed(rows[row.far]) * row.share
  }

  private static func halved(_ rows: [[Int]]) -> [[Int]] {
    stride(from: 0, to: rows.count, by: 2).map { y in
      let (upper, lower) = (rows[y], rows[min(y + 1, rows.count - 1)])
      return stride(from: 0, to: upper.count, by: 2).map { x in
        let far = min(x + 1, upper.count - 1)
        return (upper[x] + upper[far] + lower[x] + lower[far] + 2) / 4
      }
    }
  }
}

extension UInt8: WarpSample {
  static func apply(
    _ warp: inout TensorWarp, _ picture: WarpPicture<UInt8>, _ map: AffineMap,
    _ tensor: inout MutableSpan<Float>, _ path: KernelPath
  ) {
    let shape = picture.luma.shape
    picture.luma.read { luma in
      guard let chroma = picture.chroma else {
        return warp.apply(grey: luma, shape: shape, map: map, into: &tensor, path: path)
      }
      chroma.cb.read { cb in
        chroma.cr.read { cr in
          warp.apply(
            luma: luma, shape: shape, cb: cb, cr: cr, chromaShape: chroma.cb.shape, map: map,
            into: &tensor, path: path)
        }
      }
    }
  }
}

extension UInt16: WarpSample {
  static func apply(
    _ warp: inout TensorWarp, _ picture: WarpPicture<UInt16>, _ map: AffineMap,
    _ tensor: inout MutableSpan<Float>, _ path: KernelPath
  ) {
    let shape = picture.luma.shape
    picture.luma.read { luma in
      guard let chroma = picture.chroma else {
        return warp.apply(grey: luma, shape: shape, map: map, into: &tensor, path: path)
      }
      chroma.cb.read { cb in
        chroma.cr.read { cr in
          warp.apply(
            luma: luma, shape: shape, cb: cb, cr: cr, chromaShape: chroma.cb.shape, map: map,
            into: &tensor, path: path)
        }
      }
    }
  }
}
