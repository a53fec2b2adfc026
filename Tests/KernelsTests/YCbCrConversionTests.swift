import Kernels
import Testing

@Suite("Conversion between YCbCr formats")
struct YCbCrConversionTests {
  static let formats = YCbCrMatrix.allCases.flatMap { matrix in
    CodeRange.allCases.map { YCbCrFormat(matrix: matrix, range: $0) }
  }

  private struct Picture {
    let luma: GuardedPlane<UInt8>
    let cb: GuardedPlane<UInt8>
    let cr: GuardedPlane<UInt8>

    init(_ shape: PlaneShape, chromaPadding: Int, make: (PlaneShape) -> GuardedPlane<UInt8>) {
      let chroma = shape.subsampled420(stride: (shape.width + 1) / 2 + chromaPadding)
      luma = make(shape)
      cb = make(chroma)
      cr = make(chroma)
    }

    var rows: [[[UInt8]]] { [luma.rows, cb.rows, cr.rows] }

    var guardsAreIntact: Bool {
      luma.guardsAreIntact && cb.guardsAreIntact && cr.guardsAreIntact
    }

    func converted(_ conversion: YCbCrConversion, padding: Int, path: KernelPath) -> Picture {
      let shape = PlaneShape(
        width: luma.shape.width, height: luma.shape.height, stride: luma.shape.width + padding)
      let planes = [luma, cb, cr]
      var copied = 0
      let result = Picture(shape, chromaPadding: padding) { shape in
        defer { copied += 1 }
        return GuardedPlane(shape) { x, y in planes[copied][x, y] }
      }
      result.convertInPlace(conversion, path: path)
      return result
    }

    func convertInPlace(_ conversion: YCbCrConversion, path: KernelPath) {
      luma.write { y in
        cb.write { cb in
          cr.write { cr in
            conversion.apply(
              luma: &y, shape: luma.shape, cb: &cb, cr: &cr, chromaShape: self.cb.shape,
              path: path)
          }
        }
      }
    }
  }

  /// The conversion of one pixel by the definitions of both formats, before rounding and clamping.
  private func exact(
    _ y: UInt8, _ cb: UInt8, _ cr: UInt8, _ conversion: YCbCrConversion
  ) -> [Double] {
    let (from, to) = (conversion.source, conversion.target)
    let rgb = from.matrix.rgb(
      y: (Double(y) - from.range.black()) / from.range.lumaSpan(),
      cb: (Double(cb) - 128) / from.range.chromaSpan(),
      cr: (Double(cr) - 128) / from.range.chromaSpan())
    let result = to.matrix.ycbcr(red: rgb.red, green: rgb.green, blue: rgb.blue)
    return [
      to.range.black() + to.range.lumaSpan() * result.y,
      128 + to.range.chromaSpan() * result.cb,
      128 + to.range.chromaSpan() * result.cr,
    ]
  }

  private func isRounded(_ code: UInt8, _ exact: Double) -> Bool {
    abs(Double(code) - min(max(exact, 0), 255)) <= 0.55
  }

  @Test("RGB and YCbCr are inverses", arguments: YCbCrMatrix.allCases)
  func inverse(matrix: YCbCrMatrix) {
    let rgb = matrix.rgb(y: 0.4, cb: -0.1, cr: 0.2)
    let back = matrix.ycbcr(red: rgb.red, green: rgb.green, blue: rgb.blue)
    for (a, b) in [(back.y, 0.4), (back.cb, -0.1), (back.cr, 0.2)] { #expect(abs(a - b) < 1e-12) }
    let white = matrix.ycbcr(red: 1, green: 1, blue: 1)
    #expect(abs(white.y - 1) < 1e-12 && abs(white.cb) < 1e-12 && abs(white.cr) < 1e-12)
  }

  @Test(
    "every code is the rounded exact value, of each pair of formats",
    arguments: YCbCrConversionTests.formats, YCbCrConversionTests.formats)
  func definition(from: YCbCrFormat, to: YCbCrFormat) {
    let conversion = YCbCrConversion(from: from, to: to)
    let shape = PlaneShape(width: 67, height: 21, stride: 70)
    let picture = Picture(shape, chromaPadding: 2) { .noise($0, seed: UInt64($0.width)) }
    for path in KernelPath.available {
      let result = picture.converted(conversion, padding: 5, path: path)
      #expect(
        (0..<shape.height).allSatisfy { y in
          (0..<shape.width).allSatisfy { x in
            let values = exact(
              picture.luma[x, y], picture.cb[x / 2, y / 2], picture.cr[x / 2, y / 2], conversion)
            return isRounded(result.luma[x, y], values[0])
              && isRounded(result.cb[x / 2, y / 2], values[1])
              && isRounded(result.cr[x / 2, y / 2], values[2])
          }
        })
    }
  }

  @Test(
    "all paths give the same codes at odd sizes, in place and out of place",
    arguments: KernelPath.available)
  func parity(path: KernelPath) {
    let conversion = YCbCrConversion(from: YCbCrFormat(matrix: .bt709, range: .limited), to: .jfif)
    for (index, shape) in Shapes.all.enumerated() {
      for extremes in [false, true] {
        let seed = UInt64(index)
        let picture = Picture(shape, chromaPadding: index % 4) {
          extremes
            ? .extremes($0, seed: seed + UInt64($0.width))
            : .noise($0, seed: seed + UInt64($0.width))
        }
        let expected = picture.converted(conversion, padding: 0, path: .portable)
        let result = picture.converted(conversion, padding: 9, path: path)
        #expect(result.rows == expected.rows)
        #expect(result.guardsAreIntact)
        picture.convertInPlace(conversion, path: path)
        #expect(picture.rows == expected.rows)
        #expect(picture.guardsAreIntact)
      }
    }
  }

  @Test("grey stays grey, black stays black and white stays white", arguments: formats, formats)
  func grey(from: YCbCrFormat, to: YCbCrFormat) {
    let conversion = YCbCrConversion(from: from, to: to)
    for share in [0, 0.25, 0.5, 1] {
      let code = UInt8((from.range.black() + share * from.range.lumaSpan()).rounded())
      let picture = Picture(PlaneShape(width: 40, height: 4), chromaPadding: 0) { shape in
        GuardedPlane(shape) { _, _ in shape.width == 40 ? code : 128 }
      }
      let result = picture.converted(conversion, padding: 0, path: .active)
      #expect(result.cb[3, 1] == 128 && result.cr[3, 1] == 128)
      let expected = exact(code, 128, 128, conversion)[0]
      #expect(isRounded(result.luma[7, 2], expected))
    }
  }

  @Test("there and back is off by two codes at most, within the target's gamut")
  func roundTrip() {
    let video = YCbCrFormat(matrix: .bt709, range: .limited)
    let picture = Picture(PlaneShape(width: 64, height: 32), chromaPadding: 0) { shape in
      .noise(shape, seed: 8, in: shape.width == 64 ? 60...180 : 100...156)
    }
    let there = picture.converted(
      YCbCrConversion(from: video, to: .jfif), padding: 0, path: .active)
    let back = there.converted(YCbCrConversion(from: .jfif, to: video), padding: 0, path: .active)
    for (one, other) in zip(picture.rows.joined().joined(), back.rows.joined().joined()) {
      #expect(abs(Int(one) - Int(other)) <= 2)
    }
  }

  @Test("a conversion to the same format is the identity", arguments: formats)
  func identity(format: YCbCrFormat) {
    let conversion = YCbCrConversion(from: format, to: format)
    #expect(conversion.isIdentity)
    let picture = Picture(PlaneShape(width: 50, height: 6), chromaPadding: 1) {
      .noise($0, seed: 6)
    }
    #expect(picture.converted(conversion, padding: 0, path: .active).rows == picture.rows)
    #expect(!YCbCrConversion(from: format, to: Self.other(than: format)).isIdentity)
  }

  private static func other(than format: YCbCrFormat) -> YCbCrFormat {
    YCbCrFormat(matrix: format.matrix, range: format.range == .full ? .limited : .full)
  }
}
