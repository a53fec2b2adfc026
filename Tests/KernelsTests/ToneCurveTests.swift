import Kernels
import Testing

@Suite("HDR light to SDR luma")
struct ToneCurveTests {
  /// Levels of ITU-R BT.2408, table 1: an 18 % grey card and reference white.
  private let greyCard = (pq: 0.38, hlg: 0.38, luminance: 26.0)
  private let white = (pq: 0.58, hlg: 0.75, luminance: 203.0)

  private func hlgLuminance(_ signal: Double) -> Double {
    let scene = TransferFunction.hlgToScene(signal)
    return scene * TransferFunction.hlgDisplayGain(sceneLuminance: scene)
  }

  @Test("PQ and HLG put the grey card and white where BT.2408 does")
  func referenceLevels() {
    #expect(abs(TransferFunction.pqToLuminance(greyCard.pq) - greyCard.luminance) < 1)
    #expect(abs(TransferFunction.pqToLuminance(white.pq) - white.luminance) < 2)
    #expect(abs(hlgLuminance(greyCard.hlg) - greyCard.luminance) < 1)
    #expect(abs(hlgLuminance(white.hlg) - white.luminance) < 1)
    #expect(abs(hlgLuminance(1) - TransferFunction.hlgPeak) < 0.01)
    #expect(abs(TransferFunction.pqToLuminance(1) - 10_000) < 1e-6)
  }

  @Test("the PQ functions are inverses", arguments: (1...20).map { Double($0) / 20 })
  func inverse(signal: Double) {
    let luminance = TransferFunction.pqToLuminance(signal)
    #expect(abs(TransferFunction.luminanceToPQ(luminance) - signal) < 1e-9)
  }

  @Test("the halves of HLG meet")
  func hlgIsContinuous() {
    let below = TransferFunction.hlgToScene(0.5)
    #expect(abs(TransferFunction.hlgToScene(0.5.nextUp) - below) < 1e-6)
    #expect(abs(below - 1.0 / 12) < 1e-12)
  }

  @Test(
    "mid grey keeps its exposure, white stays near white, the peak is white",
    arguments: [400.0, 1000, 4000])
  func anchors(peak: Double) {
    let curve = ToneCurve(sourcePeak: peak)
    let grey = curve.light(luminance: greyCard.luminance)
    #expect(abs(grey - greyCard.luminance / ToneCurve.referenceWhite) < 1e-9)
    let diffuse = ToneCurve.encode(curve.light(luminance: white.luminance))
    #expect(diffuse > 0.8 && diffuse < 1)
    #expect(abs(curve.light(luminance: peak) - 1) < 1e-9)
    #expect(abs(curve.light(luminance: 2 * peak) - 1) < 1e-9)
  }

  @Test("with the usual peak, reference white is near nine tenths of the signal")
  func referenceWhite() {
    let signal = ToneCurve.encode(ToneCurve().light(luminance: white.luminance))
    #expect(abs(signal - 0.88) < 0.01)
  }

  @Test("the highlights of the usual mastering display stay apart from white")
  func highlights() {
    let codes = [600, 700, 800, 900].map { (luminance: Double) in
      (255 * ToneCurve.encode(ToneCurve().light(luminance: luminance))).rounded()
    }
    #expect(zip(codes, codes.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(codes[0] < 253 && codes[2] < 255)
  }

  @Test("the curve rises and never leaves 0...1", arguments: [203.0, 1000, 10_000])
  func monotone(peak: Double) {
    let curve = ToneCurve(sourcePeak: peak)
    let light = stride(from: 0.0, through: 12_000, by: 7).map { curve.light(luminance: $0) }
    #expect(zip(light, light.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    #expect(light.allSatisfy { (0...1).contains($0) })
  }
}
