#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The transfer functions of HDR video, exact and in `Double`.
///
/// Signals are 0...1, scene light is 0...1, display light is in cd/m².
package enum TransferFunction {
  /// The absolute luminance that a PQ signal stands for.
  ///
  /// EOTF of ITU-R BT.2100-2, table 4 (SMPTE ST 2084).
  package static func pqToLuminance(_ signal: Double) -> Double {
    let power = pow(min(max(signal, 0), 1), 1 / PQ.m2)
    return 10_000 * pow(max(power - PQ.c1, 0) / (PQ.c2 - PQ.c3 * power), 1 / PQ.m1)
  }

  /// The PQ signal of an absolute luminance: the inverse of `pqToLuminance`.
  package static func luminanceToPQ(_ luminance: Double) -> Double {
    let power = pow(min(max(luminance / 10_000, 0), 1), PQ.m1)
    return pow((PQ.c1 + PQ.c2 * power) / (1 + PQ.c3 * power), PQ.m2)
  }

  /// The scene light that an HLG signal stands for.
  ///
  /// Inverse OETF of ITU-R BT.2100-2, table 5.
  package static func hlgToScene(_ signal: Double) -> Double {
    let signal = min(max(signal, 0), 1)
    return signal <= 0.5
      ? signal * signal / 3 : (exp((signal - HLG.c) / HLG.a) + HLG.b) / 12
  }

  /// The factor from HLG scene light to display light, for a pixel whose scene luminance is given.
  ///
  /// OOTF of ITU-R BT.2100-2, table 5: peak 1000 cd/m², system gamma 1.2, black at 0.
  package static func hlgDisplayGain(sceneLuminance: Double) -> Double {
    hlgPeak * pow(max(sceneLuminance, 0), hlgGamma - 1)
  }

  /// The luminance of a full HLG signal on the nominal display, in cd/m².
  package static let hlgPeak = 1000.0

  private static let hlgGamma = 1.2

  /// ITU-R BT.2100-2, table 4, as the ratios it gives.
  private enum PQ {
    static let m1 = 2610.0 / 16384
    static let m2 = 2523.0 / 4096 * 128
    static let c1 = 3424.0 / 4096
    static let c2 = 2413.0 / 4096 * 32
    static let c3 = 2392.0 / 4096 * 32
  }

  /// ITU-R BT.2100-2, table 5.
  private enum HLG {
    static let a = 0.17883277
    static let b = 1 - 4 * a
    static let c = 0.5 - a * log(4 * a)
  }
}
