import Kernels
import Testing

@Suite("HDR colours to SDR, exactly")
struct ToneMapFunctionTests {
  /// BT.2020 luma and chroma of a gamma-coded colour.
  private func mapped(
    _ red: Double, _ green: Double, _ blue: Double, _ transfer: HDRTransfer
  ) -> (red: Double, green: Double, blue: Double) {
    let color = YCbCrMatrix.bt2020.ycbcr(red: red, green: green, blue: blue)
    let result = ToneMapFunction(transfer: transfer)(y: color.y, cb: color.cb, cr: color.cr)
    return YCbCrMatrix.bt709.rgb(y: result.y, cb: result.cb, cr: result.cr)
  }

  @Test("the luminance of the primaries is what the matrices say", arguments: [0, 1])
  func luminanceWeights(index: Int) {
    let (primaries, matrix) = [
      (Primaries.bt709, YCbCrMatrix.bt709), (.bt2020, .bt2020),
    ][index]
    let toXYZ = primaries.toXYZ
    #expect(abs(toXYZ.columns.0.y - matrix.red) < 1e-4)
    #expect(abs(toXYZ.columns.1.y - matrix.green) < 1e-4)
    #expect(abs(toXYZ.columns.2.y - matrix.blue) < 1e-4)
  }

  @Test("white is white in all primaries, and conversion back is the inverse")
  func white() {
    let there = Primaries.bt2020.converted(to: .bt709)
    let back = Primaries.bt709.converted(to: .bt2020)
    let white = there * SIMD3(1, 1, 1)
    let color = back * (there * SIMD3(0.2, 0.5, 0.7))
    for i in 0..<3 {
      #expect(abs(white[i] - 1) < 1e-9)
      #expect(abs(color[i] - SIMD3(0.2, 0.5, 0.7)[i]) < 1e-9)
    }
  }

  @Test("a grey is the grey of the luma table", arguments: HDRTransfer.allCases)
  func grey(transfer: HDRTransfer) {
    let function = ToneMapFunction(transfer: transfer)
    let table =
      transfer == .pq
      ? LumaTable.pq(bitDepth: 12, limited: false) : .hlg(bitDepth: 12, limited: false)
    for code in stride(from: 0, through: 4095, by: 13) {
      let result = function(y: Double(code) / 4095, cb: 0, cr: 0)
      #expect(abs(result.y * 255 - Double(table[UInt16(code)])) <= 0.5 + 1e-6)
      #expect(abs(result.cb) < 1e-9 && abs(result.cr) < 1e-9)
    }
  }

  @Test("every result is a colour of BT.709", arguments: HDRTransfer.allCases)
  func gamut(transfer: HDRTransfer) {
    let levels = [0, 0.3, 0.6, 0.75, 1]
    for red in levels {
      for green in levels {
        for blue in levels {
          let result = mapped(red, green, blue, transfer)
          for component in [result.red, result.green, result.blue] {
            #expect(component > -1e-9 && component < 1 + 1e-9)
          }
        }
      }
    }
  }

  @Test("skin keeps the order of its components", arguments: HDRTransfer.allCases)
  func skin(transfer: HDRTransfer) {
    for level in [0.3, 0.4, 0.5, 0.6] {
      let result = mapped(level + 0.08, level, level - 0.05, transfer)
      #expect(result.red > result.green && result.green > result.blue)
    }
  }
}
