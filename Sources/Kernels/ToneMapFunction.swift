/// The two ways to code HDR.
package enum HDRTransfer: String, CaseIterable, Sendable {
  /// Perceptual quantisation (SMPTE ST 2084).
  case pq
  /// Hybrid log-gamma (ARIB STD-B67).
  case hlg
}

/// What `ToneMap` computes for HDR, exact and in `Double`: one BT.2100 colour as a BT.709 colour.
///
/// 1. R'G'B' by the source's matrix, that of BT.2020 as a rule, clamped to 0...1.
/// 2. Display light in cd/m²: for PQ the EOTF; for HLG the inverse OETF, then the OOTF of a display
///    with a peak of 1000 cd/m² (ITU-R BT.2100-2, tables 4 and 5).
/// 3. The source's primaries, those of BT.2020 as a rule, to BT.709's, in linear light.
/// 4. All three components are scaled so that the largest follows `ToneCurve`: hue and saturation of
///    the light stay. Were luminance to follow it, a bright saturated colour could only be shown
///    pale, since its largest component would not fit.
/// 5. A colour outside BT.709 moves towards the grey of its luminance until it is inside.
/// 6. R'G'B' by the inverse EOTF of ITU-R BT.1886 (power 1 ÷ 2.4), Y'CbCr by the BT.709 matrix.
///
/// A grey comes out as in `LumaTable`.
package struct ToneMapFunction: ColorFunction {
  package let transfer: HDRTransfer
  package let curve: ToneCurve

  private let matrix: YCbCrMatrix
  private let gamut: Matrix3
  /// The shares of linear red, green and blue of the source in luminance.
  private let weights: SIMD3<Double>

  package init(
    transfer: HDRTransfer, curve: ToneCurve = ToneCurve(), matrix: YCbCrMatrix = .bt2020,
    primaries: Primaries = .bt2020
  ) {
    self.transfer = transfer
    self.curve = curve
    self.matrix = matrix
    gamut = primaries.converted(to: .bt709)
    weights = primaries.luminance
  }

  package func callAsFunction(
    y: Double, cb: Double, cr: Double
  ) -> (y: Double, cb: Double, cr: Double) {
    let coded = matrix.rgb(y: y, cb: cb, cr: cr)
    let light = displayLight(SIMD3(coded.red, coded.green, coded.blue))
    let luminance = luminance(light)
    let converted = gamut * light
    let largest = max(converted.max(), luminance)
    let scale = largest > 0 ? curve.light(luminance: largest) / largest : 0
    let rgb = Self.insideGamut(converted * scale, grey: luminance * scale)
    return YCbCrMatrix.bt709.ycbcr(
      red: ToneCurve.encode(rgb.x), green: ToneCurve.encode(rgb.y), blue: ToneCurve.encode(rgb.z))
  }

  /// Linear RGB in cd/m² of the nominal display.
  private func displayLight(_ coded: SIMD3<Double>) -> SIMD3<Double> {
    let signal = coded.clamped(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
    func each(_ function: (Double) -> Double) -> SIMD3<Double> {
      SIMD3(function(signal.x), function(signal.y), function(signal.z))
    }
    switch transfer {
    case .pq: return each(TransferFunction.pqToLuminance)
    case .hlg:
      let scene = each(TransferFunction.hlgToScene)
      return scene * TransferFunction.hlgDisplayGain(sceneLuminance: luminance(scene))
    }
  }

  private func luminance(_ rgb: SIMD3<Double>) -> Double { (rgb * weights).sum() }

  /// The colour on the way from `grey` to `rgb` that is as far as 0...1 allows.
  private static func insideGamut(_ rgb: SIMD3<Double>, grey: Double) -> SIMD3<Double> {
    var share = 1.0
    for i in 0..<3 {
      if rgb[i] > 1, rgb[i] > grey { share = min(share, (1 - grey) / (rgb[i] - grey)) }
      if rgb[i] < 0, rgb[i] < grey { share = min(share, grey / (grey - rgb[i])) }
    }
    let grey = SIMD3(repeating: grey)
    return grey + (rgb - grey) * share
  }
}
