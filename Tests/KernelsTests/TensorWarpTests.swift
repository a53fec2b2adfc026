import Foundation
import Kernels
import Testing

@Suite("From YCbCr planes to a tensor")
struct TensorWarpTests {
  static let video = YCbCrFormat(matrix: .bt709, range: .limited)

  static let layouts8 = [
    TensorWarp.Layout(format: video),
    TensorWarp.Layout(format: .jfif, chromaShiftX: 1, chromaShiftY: 0),
    TensorWarp.Layout(
      format: YCbCrFormat(matrix: .bt2020, range: .full), chromaShiftX: 0, chromaShiftY: 0),
  ]

  static let layouts16 = [
    TensorWarp.Layout(format: YCbCrFormat(matrix: .bt2020, range: .limited), bitDepth: 10),
    TensorWarp.Layout(format: video, bitDepth: 16, chromaShiftX: 1, chromaShiftY: 0),
    TensorWarp.Layout(format: .jfif, bitDepth: 9, chromaShiftX: 0, chromaShiftY: 0),
  ]

  /// Turned, shifted, mirrored, partly outside, enlarged; none minifies by more than 2.
  private let maps = [
    AffineMap(1, 0, 0, 0, 1, 0),
    AffineMap(
      centerX: 30, centerY: 25, width: 20, height: 26, angle: 0.4, outputWidth: 29,
      outputHeight: 19),
    AffineMap(0, 1, -4, -1, 0, 50),
    AffineMap(-1.7, 0.3, 64, 0.2, 1.9, -7),
    AffineMap(0.11, 0, 3, 0, 0.13, 2),
  ]

  private func expectTensor<Sample: WarpSample>(
    of picture: WarpPicture<Sample>, _ map: AffineMap, values: ClosedRange<Float> = -1...1,
    halvings: (luma: Int, chroma: Int) = (0, 0), path: KernelPath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var warp = TensorWarp(width: 29, height: 19, layout: picture.layout, values: values)
    let tensor = picture.tensor(&warp, map, path: path)
    let (low, span) = (Double(values.lowerBound), Double(values.upperBound - values.lowerBound))
    let exact = ExactPicture(picture, halvings: halvings)
    var worst = 0.0
    for v in 0..<warp.height {
      for u in 0..<warp.width {
        let (x, y) = map(Double(u) + 0.5, Double(v) + 0.5)
        let components = exact.rgb(x, y) ?? [0, 0, 0]
        for (i, component) in components.enumerated() {
          let value = Double(tensor[(v * warp.width + u) * 3 + i])
          worst = max(worst, abs(value - (low + span * component)))
        }
      }
    }
    #expect(worst < 2e-4, sourceLocation: sourceLocation)
  }

  @Test(
    "every value follows the definition, for 8-bit planes of each chroma layout",
    arguments: KernelPath.available, layouts8)
  func bytes(path: KernelPath, layout: TensorWarp.Layout) {
    let picture = WarpPicture<UInt8>.noise(layout, width: 61, height: 47, seed: 1)
    for map in maps { expectTensor(of: picture, map, path: path) }
  }

  @Test(
    "every value follows the definition, for planes of 9 to 16 bits",
    arguments: KernelPath.available, layouts16)
  func words(path: KernelPath, layout: TensorWarp.Layout) {
    let picture = WarpPicture<UInt16>.noise(layout, width: 61, height: 47, seed: 2)
    for map in maps { expectTensor(of: picture, map, values: 0...1, path: path) }
  }

  @Test("a grey picture gives three equal components", arguments: KernelPath.available)
  func grey(path: KernelPath) {
    let bytes = WarpPicture<UInt8>.noise(
      Self.layouts8[0], width: 61, height: 47, grey: true, seed: 3)
    let words = WarpPicture<UInt16>.noise(
      Self.layouts16[0], width: 61, height: 47, grey: true, seed: 3)
    for map in maps {
      expectTensor(of: bytes, map, path: path)
      expectTensor(of: words, map, path: path)
    }
  }

  @Test(
    "a map that minifies by more than 2 sees means of blocks",
    arguments: KernelPath.available, [(2.5, 1, 1), (3.9, 1, 0), (6, 2, 1), (17, 4, 3)])
  func reduction(path: KernelPath, scale: (minification: Double, luma: Int, chroma: Int)) {
    // The chroma planes of 4:2:0 are at half the size, and so need one halving less.
    let chroma = max(scale.luma - 1, 0)
    let map = AffineMap(
      centerX: 70, centerY: 60, width: 29 * scale.minification, height: 19 * scale.minification,
      angle: 0.2, outputWidth: 29, outputHeight: 19)
    let halvings = (scale.luma, chroma)
    let bytes = WarpPicture<UInt8>.noise(Self.layouts8[0], width: 131, height: 117, seed: 4)
    expectTensor(of: bytes, map, halvings: halvings, path: path)
    let words = WarpPicture<UInt16>.noise(Self.layouts16[0], width: 131, height: 117, seed: 4)
    expectTensor(of: words, map, halvings: halvings, path: path)
  }

  @Test("pictures of a few samples are no exception", arguments: KernelPath.available)
  func small(path: KernelPath) {
    let map = AffineMap(0.3, 0.05, -1, -0.04, 0.31, -0.7)
    for (width, height) in [(1, 1), (2, 1), (1, 2), (2, 2), (3, 3), (4, 1), (5, 2), (7, 7)] {
      for padding in [0, 1] {
        expectTensor(
          of: WarpPicture<UInt8>.noise(
            Self.layouts8[0], width: width, height: height, padding: padding, seed: 5),
          map, path: path)
        expectTensor(
          of: WarpPicture<UInt16>.noise(
            Self.layouts16[0], width: width, height: height, padding: padding, seed: 5),
          map, path: path)
      }
    }
  }

  @Test(
    "the paths agree at every width of the tensor",
    arguments: KernelPath.available, [1, 2, 7, 8, 9, 16, 31, 64])
  func parity(path: KernelPath, width: Int) {
    let picture = WarpPicture<UInt8>.noise(Self.layouts8[0], width: 90, height: 70, seed: 6)
    let map = AffineMap(
      centerX: 44, centerY: 40, width: 80, height: 90, angle: -0.7, outputWidth: width,
      outputHeight: 40)
    var warp = TensorWarp(width: width, height: 40, layout: picture.layout, values: -1...1)
    let reference = picture.tensor(&warp, map, path: .portable)
    let result = picture.tensor(&warp, map, path: path)
    let worst = zip(reference, result).map { abs($0 - $1) }.max() ?? 1
    #expect(worst <= 1e-4)
  }

  @Test("a tone table is applied to each component", arguments: KernelPath.available)
  func tone(path: KernelPath) {
    let layout = Self.layouts16[0]
    let picture = WarpPicture<UInt16>.noise(layout, width: 40, height: 30, seed: 7)
    let table = LumaTable.hlg(bitDepth: 10, limited: false)
    let map = AffineMap(1, 0, 0.25, 0, 1, 0.25)
    var plain = TensorWarp(width: 39, height: 29, layout: layout)
    var toned = TensorWarp(width: 39, height: 29, layout: layout, toneTable: table)
    let before = picture.tensor(&plain, map, path: .portable)
    let after = picture.tensor(&toned, map, path: path)
    for (one, other) in zip(before, after) {
      // The components of two paths may round to neighbouring entries.
      let entry = Int((one * 1023).rounded())
      let candidates = [max(entry - 1, 0), entry, min(entry + 1, 1023)].map {
        Float(table[UInt16($0)]) / 255
      }
      #expect(candidates.contains { abs($0 - other) < 1e-5 })
    }
  }

  @Test("white is high, black is low", arguments: KernelPath.available)
  func ends(path: KernelPath) {
    for (code, value) in [(235, Float(1)), (255, 1), (16, -1), (0, -1)] {
      let picture = WarpPicture<UInt8>(Self.layouts8[0], width: 20, height: 20) { shape, plane in
        GuardedPlane(shape) { _, _ in plane == 0 ? UInt8(code) : 128 }
      }
      var warp = TensorWarp(width: 9, height: 9, layout: picture.layout, values: -1...1)
      let tensor = picture.tensor(&warp, AffineMap(1, 0, 3, 0, 1, 3), path: path)
      #expect(tensor.allSatisfy { abs($0 - value) < 1e-5 })
    }
  }

  @Test(
    "a map without finite numbers, or one that misses the picture, gives black",
    arguments: KernelPath.available,
    [
      AffineMap(.nan, 0, 0, 0, 1, 0), AffineMap(1, 0, .infinity, 0, 1, 0),
      AffineMap(1, 0, 1e30, 0, 1, 0), AffineMap(9, 0, -400, 0, 9, -1e12),
    ])
  func absurd(path: KernelPath, map: AffineMap) {
    let picture = WarpPicture<UInt8>.noise(Self.layouts8[0], width: 20, height: 20, seed: 8)
    var warp = TensorWarp(width: 9, height: 9, layout: picture.layout, values: -1...1)
    #expect(picture.tensor(&warp, map, path: path).allSatisfy { $0 == -1 })
  }

  @Test("a rectangle's corners come from the output's corners")
  func rectangle() {
    let map = AffineMap(
      centerX: 100, centerY: 50, width: 40, height: 20, angle: .pi / 2, outputWidth: 8,
      outputHeight: 4)
    // Turned clockwise by a right angle, the upper left corner is at the upper right.
    let corner = map(0, 0)
    #expect(abs(corner.x - 110) < 1e-9 && abs(corner.y - 30) < 1e-9)
    let centre = map(4, 2)
    #expect(abs(centre.x - 100) < 1e-9 && abs(centre.y - 50) < 1e-9)
    #expect(abs(map.minification - 5) < 1e-9)
  }
}
