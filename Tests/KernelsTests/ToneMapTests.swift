import Kernels
import Testing

@Suite("HDR pictures to SDR")
struct ToneMapTests {
  private struct Planes<Sample: FixedWidthInteger & UnsignedInteger & Sendable> {
    let luma: GuardedPlane<Sample>
    let cb: GuardedPlane<Sample>
    let cr: GuardedPlane<Sample>

    init(
      width: Int, height: Int, padding: Int, make: (PlaneShape, Int) -> GuardedPlane<Sample>
    ) {
      let shape = PlaneShape(width: width, height: height, stride: width + padding)
      let chroma = shape.subsampled420(stride: (width + 1) / 2 + padding)
      luma = make(shape, 0)
      cb = make(chroma, 1)
      cr = make(chroma, 2)
    }

    var rows: [[[Sample]]] { [luma.rows, cb.rows, cr.rows] }
    var guardsAreIntact: Bool {
      luma.guardsAreIntact && cb.guardsAreIntact && cr.guardsAreIntact
    }
  }

  private func mapped(
    _ map: ToneMap, _ picture: Planes<UInt16>, padding: Int = 0, path: KernelPath = .active
  ) -> Planes<UInt8> {
    let size = picture.luma.shape
    let result = Planes<UInt8>(width: size.width, height: size.height, padding: padding) {
      shape, _ in
      GuardedPlane(shape)
    }
    picture.luma.read { luma in
      picture.cb.read { cb in
        picture.cr.read { cr in
          result.luma.write { newLuma in
            result.cb.write { newCb in
              result.cr.write { newCr in
                map.apply(
                  luma: luma, shape: size, cb: cb, cr: cr, chromaShape: picture.cb.shape,
                  intoLuma: &newLuma, shape: result.luma.shape, cb: &newCb, cr: &newCr,
                  chromaShape: result.cb.shape, path: path)
              }
            }
          }
        }
      }
    }
    return result
  }

  @Test(
    "all paths give the same codes at odd sizes and every depth, codes beyond it included",
    arguments: [9, 10, 12, 16])
  func parity(bitDepth: Int) {
    let map = ToneMap(transfer: .hlg, bitDepth: bitDepth)
    for (width, height) in [(1, 1), (2, 3), (15, 5), (16, 2), (17, 6), (33, 4), (64, 3), (67, 9)] {
      for greatest in [UInt16((1 << bitDepth) - 1), .max] {
        let picture = Planes<UInt16>(width: width, height: height, padding: 3) { shape, plane in
          .noise(shape, seed: UInt64(width + plane), in: 0...greatest)
        }
        let expected = mapped(map, picture, path: .portable)
        for path in KernelPath.available {
          let result = mapped(map, picture, padding: 5, path: path)
          #expect(result.rows == expected.rows, "\(path) at \(width)x\(height)")
          #expect(result.guardsAreIntact)
        }
      }
    }
  }

  @Test(
    "greys come out as in the luma table, within a code", arguments: HDRTransfer.allCases,
    CodeRange.allCases)
  func grey(transfer: HDRTransfer, range: CodeRange) {
    let limited = range == .limited
    let table = transfer == .pq ? LumaTable.pq(limited: limited) : .hlg(limited: limited)
    let map = ToneMap(transfer: transfer, sourceRange: range, targetRange: .full)
    let picture = Planes<UInt16>(width: 1024, height: 2, padding: 0) { shape, plane in
      GuardedPlane(shape) { x, _ in plane == 0 ? UInt16(x) : 512 }
    }
    let result = mapped(map, picture)
    for code in 0..<1024 {
      let expected = Int(table[UInt16(code)])
      #expect(abs(Int(result.luma[code, 0]) - expected) <= 1, "code \(code)")
    }
    #expect(result.cb.rows.joined().allSatisfy { $0 == 128 })
    #expect(result.cr.rows.joined().allSatisfy { $0 == 128 })
  }

  @Test(
    "colours of moderate saturation follow the exact function", arguments: HDRTransfer.allCases,
    CodeRange.allCases)
  func follows(transfer: HDRTransfer, target: CodeRange) {
    let map = ToneMap(transfer: transfer, targetRange: target)
    var random = SeededRandom(3)
    // From 4 to 200 cd/m², and as far from grey as skin: in PQ a step of signal is more light.
    let level = transfer == .pq ? 0.22...0.58 : 0.2...0.75
    let spread = transfer == .pq ? 0.03 : 0.05
    // Blocks of one colour each, as skin and surroundings have them.
    var colors: [(y: Double, cb: Double, cr: Double)] = []
    for _ in 0..<2000 {
      let base = Double.random(in: level, using: &random)
      func near() -> Double { base + Double.random(in: -spread...spread, using: &random) }
      colors.append(YCbCrMatrix.bt2020.ycbcr(red: near(), green: near(), blue: near()))
    }
    let codes = colors.map { color in
      [
        UInt16((64 + 876 * color.y).rounded()), UInt16((512 + 896 * color.cb).rounded()),
        UInt16((512 + 896 * color.cr).rounded()),
      ]
    }
    let picture = Planes<UInt16>(width: 2 * codes.count, height: 2, padding: 0) { shape, plane in
      GuardedPlane(shape) { x, _ in codes[plane == 0 ? x / 2 : x][plane] }
    }
    let result = mapped(map, picture)
    var squares = 0.0
    var worst = 0.0
    for (i, code) in codes.enumerated() {
      let exact = map.function(
        y: (Double(code[0]) - 64) / 876, cb: (Double(code[1]) - 512) / 896,
        cr: (Double(code[2]) - 512) / 896)
      let expected = [
        target.black() + target.lumaSpan() * exact.y, 128 + target.chromaSpan() * exact.cb,
        128 + target.chromaSpan() * exact.cr,
      ]
      let got = [result.luma[2 * i, 0], result.cb[i, 0], result.cr[i, 0]]
      for (one, other) in zip(got, expected) {
        let difference = abs(Double(one) - other)
        worst = max(worst, difference)
        squares += difference * difference
      }
    }
    let rootMeanSquare = (squares / Double(3 * codes.count)).squareRoot()
    #expect(rootMeanSquare < 0.75)
    #expect(worst < 12)
  }

  @Test("black stays black and white stays white", arguments: HDRTransfer.allCases)
  func ends(transfer: HDRTransfer) {
    let map = ToneMap(transfer: transfer)
    let picture = Planes<UInt16>(width: 4, height: 2, padding: 0) { shape, plane in
      GuardedPlane(shape) { x, _ in plane == 0 ? (x < 2 ? 64 : 940) : 512 }
    }
    let result = mapped(map, picture)
    #expect(result.luma[0, 0] == 16)
    #expect(abs(Int(result.luma[2, 0]) - 235) <= 1)
  }
}

extension ToneMap {
  /// PQ or HLG in BT.2020, with the usual curve.
  fileprivate init(
    transfer: HDRTransfer, bitDepth: Int = 10, sourceRange: CodeRange = .limited,
    targetRange: CodeRange = .limited
  ) {
    self.init(
      ToneMapFunction(transfer: transfer, curve: ToneCurve()), bitDepth: bitDepth,
      sourceRange: sourceRange, targetRange: targetRange)
  }
}
