#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How standard dynamic range is coded, as a display decodes it: signal to light and back, both 0...1.
///
/// Below 0 both are mirrored, so that what lies outside another set of primaries stays continuous.
package enum SDRTransfer: String, CaseIterable, Sendable {
  /// ITU-R BT.1886 with black at 0, the power 2.4: the display of BT.601, BT.709 and BT.2020.
  case bt1886
  /// IEC 61966-2-1.
  case srgb
  /// ITU-R BT.470-6 System M: the power 2.2.
  case gamma22
  /// ITU-R BT.470-6 System B, G: the power 2.8.
  case gamma28

  /// The light that a signal stands for.
  package func light(_ signal: Double) -> Double {
    Self.mirrored(signal) { signal in
      switch self {
      case .bt1886: pow(signal, 2.4)
      case .srgb: signal <= 0.04045 ? signal / 12.92 : pow((signal + 0.055) / 1.055, 2.4)
      case .gamma22: pow(signal, 2.2)
      case .gamma28: pow(signal, 2.8)
      }
    }
  }

  /// The signal that stands for a light: the inverse of `light`.
  package func signal(_ light: Double) -> Double {
    Self.mirrored(light) { light in
      switch self {
      case .bt1886: pow(light, 1 / 2.4)
      case .srgb: light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
      case .gamma22: pow(light, 1 / 2.2)
      case .gamma28: pow(light, 1 / 2.8)
      }
    }
  }

  private static func mirrored(_ value: Double, _ function: (Double) -> Double) -> Double {
    value < 0 ? -function(-value) : function(value)
  }
}

/// A colour of standard dynamic range in other primaries as the same colour in those of BT.709.
///
/// 1. R'G'B' by the source's matrix.
/// 2. Light by the transfer function.
/// 3. The source's primaries to BT.709's, in linear light (SMPTE RP 177).
/// 4. R'G'B' by the inverse of BT.1886, each component cut to 0...1: a colour that BT.709 cannot hold
///    becomes the one nearest in each component, as zimg and most players have it.
/// 5. Y'CbCr by the BT.709 matrix.
package struct GamutFunction: ColorFunction {
  private let matrix: YCbCrMatrix
  private let transfer: SDRTransfer
  private let gamut: Matrix3

  package init(
    matrix: YCbCrMatrix = .bt2020, primaries: Primaries = .bt2020, transfer: SDRTransfer = .bt1886
  ) {
    self.matrix = matrix
    self.transfer = transfer
    gamut = primaries.converted(to: .bt709)
  }

  package func callAsFunction(
    y: Double, cb: Double, cr: Double
  ) -> (y: Double, cb: Double, cr: Double) {
    let coded = matrix.rgb(y: y, cb: cb, cr: cr)
    let light =
      gamut
      * SIMD3(
        transfer.light(coded.red), transfer.light(coded.green), transfer.light(coded.blue))
    func component(_ light: Double) -> Double { min(max(SDRTransfer.bt1886.signal(light), 0), 1) }
    return YCbCrMatrix.bt709.ycbcr(
      red: component(light.x), green: component(light.y), blue: component(light.z))
  }
}
