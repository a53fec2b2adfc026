import Kernels
import Testing

@Suite("Colours of wide primaries as BT.709 colours")
struct GamutFunctionTests {
  /// The BT.709 colour of a gamma-coded BT.2020 colour.
  private func mapped(
    _ red: Double, _ green: Double, _ blue: Double, _ transfer: SDRTransfer = .bt1886
  ) -> (red: Double, green: Double, blue: Double) {
    let color = YCbCrMatrix.bt2020.ycbcr(red: red, green: green, blue: blue)
    let result = GamutFunction(transfer: transfer)(y: color.y, cb: color.cb, cr: color.cr)
    return YCbCrMatrix.bt709.rgb(y: result.y, cb: result.cb, cr: result.cr)
  }

  @Test("grey stays the same grey")
  func grey() {
    for level in stride(from: 0.0, through: 1, by: 0.125) {
      let result = mapped(level, level, level)
      for component in [result.red, result.green, result.blue] {
        #expect(abs(component - level) < 1e-6)
      }
    }
  }

  @Test("BT.709's own red, as BT.2020 codes it, is full red again")
  func red() {
    // ITU-R BT.2087-0, annex 2: linear 0.6274, 0.0691, 0.0164.
    func coded(_ light: Double) -> Double { SDRTransfer.bt1886.signal(light) }
    let result = mapped(coded(0.6274), coded(0.0691), coded(0.0164))
    #expect(abs(result.red - 1) < 0.001)
    #expect(result.green < 0.02 && result.blue < 0.02)
  }

  @Test("what BT.709 cannot hold ends at its border")
  func clipped() {
    let result = mapped(0, 1, 0)
    #expect(abs(result.red) < 1e-9 && abs(result.green - 1) < 1e-9 && abs(result.blue) < 1e-9)
  }

  @Test("each transfer function and its inverse cancel out", arguments: SDRTransfer.allCases)
  func transfer(transfer: SDRTransfer) {
    for signal in stride(from: -0.5, through: 1.5, by: 0.01) {
      #expect(abs(transfer.signal(transfer.light(signal)) - signal) < 1e-4)
    }
    #expect(abs(transfer.light(1) - 1) < 1e-9)
  }

  @Test("the weights of luminance are those of the matrices")
  func luminance() {
    for (primaries, matrix) in [
      (Primaries.bt709, YCbCrMatrix.bt709), (.bt2020, .bt2020),
    ] {
      #expect(abs(primaries.luminance.x - matrix.red) < 1e-4)
      #expect(abs(primaries.luminance.z - matrix.blue) < 1e-4)
    }
  }
}
