package import Kernels

/// How code values map to colour, as a stream or a frame states it.
///
/// The numbers are those of ITU-T H.273, which FFmpeg, H.264's VUI and MP4's `colr` share. Fields
/// that are not stated stay so: an encoded clip has the source's tags, and `assumed` says how to
/// read them.
package struct ColorDescription: Sendable, Equatable {
  package var matrix: Matrix
  package var primaries: Primaries
  package var transfer: Transfer
  package var range: Range

  package init(
    matrix: Matrix = .unspecified, primaries: Primaries = .unspecified,
    transfer: Transfer = .unspecified, range: Range = .unspecified
  ) {
    self.matrix = matrix
    self.primaries = primaries
    self.transfer = transfer
    self.range = range
  }

  /// What turns R′G′B′ into Y′CbCr: H.273, table 4.
  package struct Matrix: RawRepresentable, Sendable, Equatable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A number as it was read; 3 is reserved and tells nothing.
    init(told: Int) { self.init(rawValue: [3].contains(told) ? 2 : told) }

    /// No matrix: the planes are green, blue and red.
    package static let rgb = Matrix(rawValue: 0)
    package static let bt709 = Matrix(rawValue: 1)
    package static let unspecified = Matrix(rawValue: 2)
    package static let fcc = Matrix(rawValue: 4)
    /// BT.601 under its European name; FFmpeg's JPEG decoder uses this one.
    package static let bt470bg = Matrix(rawValue: 5)
    /// BT.601 under its American name.
    package static let smpte170m = Matrix(rawValue: 6)
    package static let smpte240m = Matrix(rawValue: 7)
    package static let bt2020 = Matrix(rawValue: 9)
    /// BT.2020 with constant luminance, taken as if it were without: no recorder writes it.
    package static let bt2020Constant = Matrix(rawValue: 10)

    /// The kernels' name of it; `nil` for one that is not told or that they do not know.
    package var known: YCbCrMatrix? {
      switch self {
      case .bt709: .bt709
      case .fcc: .fcc
      case .bt470bg, .smpte170m: .bt601
      case .smpte240m: .smpte240m
      case .bt2020, .bt2020Constant: .bt2020
      default: nil
      }
    }
  }

  /// The colours of red, green, blue and white: H.273, table 2.
  package struct Primaries: RawRepresentable, Sendable, Equatable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A number as it was read; 0 and 3 are reserved and tell nothing.
    init(told: Int) { self.init(rawValue: [0, 3].contains(told) ? 2 : told) }

    package static let bt709 = Primaries(rawValue: 1)
    package static let unspecified = Primaries(rawValue: 2)
    package static let bt2020 = Primaries(rawValue: 9)
    /// P3 with the white of daylight.
    package static let displayP3 = Primaries(rawValue: 12)

    /// Those that hold visibly more colours than BT.709; `nil` for all others, which are near it.
    package var wide: Kernels.Primaries? {
      switch self {
      case .bt2020: .bt2020
      case .displayP3: .p3
      default: nil
      }
    }
  }

  /// The curve between signal and light: H.273, table 3.
  package struct Transfer: RawRepresentable, Sendable, Equatable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// A number as it was read; 0 and 3 are reserved and tell nothing.
    init(told: Int) { self.init(rawValue: [0, 3].contains(told) ? 2 : told) }

    package static let bt709 = Transfer(rawValue: 1)
    package static let unspecified = Transfer(rawValue: 2)
    package static let gamma22 = Transfer(rawValue: 4)
    package static let gamma28 = Transfer(rawValue: 5)
    package static let srgb = Transfer(rawValue: 13)
    /// SMPTE ST 2084, used by HDR10.
    package static let pq = Transfer(rawValue: 16)
    /// ARIB STD-B67, hybrid log-gamma.
    package static let hlg = Transfer(rawValue: 18)

    /// The kind of high dynamic range; `nil` for standard dynamic range.
    package var hdr: HDRTransfer? {
      switch self {
      case .pq: .pq
      case .hlg: .hlg
      default: nil
      }
    }

    package var isHDR: Bool { hdr != nil }

    /// How a display decodes standard dynamic range; BT.709's curve and its kin share one.
    var standard: SDRTransfer {
      switch self {
      case .srgb: .srgb
      case .gamma22: .gamma22
      case .gamma28: .gamma28
      default: .bt1886
      }
    }
  }

  /// Which codes are black and white.
  package enum Range: Sendable, Equatable {
    case unspecified
    /// Luma 16–235, chroma 16–240 (8 bits).
    case limited
    /// 0–255.
    case full
  }
}

extension ColorDescription {
  /// What a JPEG without a profile holds: BT.601, full range, sRGB's colours.
  package static let jpeg = ColorDescription(
    matrix: .smpte170m, primaries: .bt709, transfer: .srgb, range: .full)

  /// Plain BT.709 of limited range.
  package static let bt709 = ColorDescription(
    matrix: .bt709, primaries: .bt709, transfer: .bt709, range: .limited)

  package var isFullRange: Bool { range == .full }

  /// Whether a picture has to be mapped to be shown on an ordinary display.
  package var isWide: Bool { transfer.isHDR || primaries.wide != nil }

  /// This description, with fields that are not stated taken from `other`.
  func filled(from other: ColorDescription) -> ColorDescription {
    ColorDescription(
      matrix: matrix == .unspecified ? other.matrix : matrix,
      primaries: primaries == .unspecified ? other.primaries : primaries,
      transfer: transfer == .unspecified ? other.transfer : transfer,
      range: range == .unspecified ? other.range : range)
  }

  /// Lines from which an untagged picture is taken as BT.709, in the shorter side: what Chromium does,
  /// made independent of how a phone was held.
  private static let highDefinition = 720

  /// The description to assume for what is not stated, to measure, show or encode a frame of this
  /// size.
  ///
  /// BT.2020's matrix and HDR imply BT.2020's matrix and primaries. Any other frame is BT.709 if its
  /// shorter side has 720 pixels or more, else BT.601; its range is limited. A matrix that the
  /// kernels do not know counts as not stated.
  package func assumed(width: Int, height: Int) -> ColorDescription {
    var result = self
    if range == .unspecified { result.range = .limited }
    if primaries == .unspecified, transfer.isHDR || matrix.known == .bt2020 {
      result.primaries = .bt2020
    }
    if matrix.known == nil {
      let isHigh = min(width, height) >= Self.highDefinition
      result.matrix =
        transfer.isHDR || primaries == .bt2020 ? .bt2020 : isHigh ? .bt709 : .smpte170m
    }
    return result
  }

  /// What an encoded clip is tagged with: the source's own tags, limited range.
  ///
  /// HDR and BT.2020 become BT.709, because the services' readers show every clip as if it were. RGB
  /// becomes BT.601, as the decoder hands it over. A clip without a matrix stays without one, unless
  /// its new size would make a reader guess another.
  ///
  /// - Parameters:
  ///   - source: size of the source's pictures.
  ///   - target: size of the encoded ones.
  package func encoded(
    from source: (width: Int, height: Int), to target: (width: Int, height: Int)
  ) -> ColorDescription {
    let meant = assumed(width: source.width, height: source.height)
    if meant.transfer.isHDR || meant.primaries == .bt2020 { return .bt709 }
    var result = self
    result.range = .limited
    if matrix == .rgb {
      result.matrix = .smpte170m
    } else if result.assumed(width: target.width, height: target.height).matrix != meant.matrix {
      result.matrix = meant.matrix
    }
    return result
  }

  /// The kernels' name for matrix and range; of a description from `assumed`.
  package var format: YCbCrFormat {
    YCbCrFormat(matrix: matrix.known ?? .bt601, range: isFullRange ? .full : .limited)
  }
}
