#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Maps HDR luminance to SDR: the one curve behind `LumaTable` and `ToneMap`.
///
/// HDR reference white (203 cd/m², ITU-R BT.2408, table 1) is the anchor: light is counted in
/// multiples of it, and SDR peak white stands for it. Below the knee the map is the identity, so
/// that a face keeps its exposure; above, the Hermite spline of ITU-R BT.2390-10, section
/// 5.4.1 (EETF), bends the range up to `sourcePeak` into what is left. With the default peak the
/// knee is at 70 cd/m², an 18 % grey card (26 cd/m²) comes out at 43 % of the SDR signal and
/// reference white at 88 %.
package struct ToneCurve: Sendable, Equatable {
  /// HDR reference white in cd/m².
  package static let referenceWhite = 203.0

  /// The brightest luminance that stays apart from white, in cd/m²; all above is white.
  package let sourcePeak: Double

  private let peakSignal: Double
  private let targetSignal: Double
  private let kneeSignal: Double

  /// A curve for a source of the given peak, in cd/m²; taken into 203...10,000.
  ///
  /// 1000 cd/m² is HLG's nominal display and the usual mastering display of PQ. The spline ends level,
  /// and what lies in its last third would come out within one code of white; so it ends beyond.
  package init(sourcePeak: Double = 1500) {
    let peak = min(max(sourcePeak, Self.referenceWhite), 10_000)
    self.sourcePeak = peak
    peakSignal = TransferFunction.luminanceToPQ(peak)
    targetSignal = TransferFunction.luminanceToPQ(Self.referenceWhite) / peakSignal
    kneeSignal = 1.5 * targetSignal - 0.5
  }

  /// SDR light (0...1, linear) for a display luminance in cd/m².
  package func light(luminance: Double) -> Double {
    let signal = min(TransferFunction.luminanceToPQ(luminance) / peakSignal, 1)
    if signal <= kneeSignal { return min(max(luminance, 0) / Self.referenceWhite, 1) }
    let mapped = spline(signal) * peakSignal
    return min(TransferFunction.pqToLuminance(mapped) / Self.referenceWhite, 1)
  }

  /// SDR signal (0...1, gamma coded) for SDR light.
  ///
  /// Inverse of the EOTF of ITU-R BT.1886 with black at 0: the power 1 ÷ 2.4.
  package static func encode(_ light: Double) -> Double {
    pow(min(max(light, 0), 1), 1 / 2.4)
  }

  /// The spline from (knee, knee) with slope 1 to (1, target) with slope 0.
  private func spline(_ signal: Double) -> Double {
    if kneeSignal >= 1 { return signal }
    let t = (signal - kneeSignal) / (1 - kneeSignal)
    let t2 = t * t
    let t3 = t2 * t
    return (2 * t3 - 3 * t2 + 1) * kneeSignal + (t3 - 2 * t2 + t) * (1 - kneeSignal)
      + (3 * t2 - 2 * t3) * targetSignal
  }
}
