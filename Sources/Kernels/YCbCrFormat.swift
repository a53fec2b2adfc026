/// The numbers that turn RGB into YCbCr, by the standard that defines them.
package enum YCbCrMatrix: String, CaseIterable, Sendable {
  /// ITU-R BT.601-7, table 2; also JFIF.
  case bt601
  /// ITU-R BT.709-6, item 3.2.
  case bt709
  /// ITU-R BT.2020-2, table 4, non-constant luminance; also BT.2100.
  case bt2020
  /// The American rules of 1953, 47 CFR 73.682 (a) (20); number 4 of ITU-T H.273, table 4.
  case fcc
  /// SMPTE ST 240; number 7 of ITU-T H.273, table 4.
  case smpte240m

  /// The share of red in luma.
  package var red: Double {
    switch self {
    case .bt601: 0.299
    case .bt709: 0.2126
    case .bt2020: 0.2627
    case .fcc: 0.30
    case .smpte240m: 0.212
    }
  }

  /// The share of blue in luma.
  package var blue: Double {
    switch self {
    case .bt601: 0.114
    case .bt709: 0.0722
    case .bt2020: 0.0593
    case .fcc: 0.11
    case .smpte240m: 0.087
    }
  }

  /// The share of green in luma: what red and blue leave.
  package var green: Double { 1 - red - blue }
}

/// Which codes stand for black, white and colourless.
package enum CodeRange: String, CaseIterable, Sendable {
  /// Luma 16...235, chroma 16...240 around 128 (8 bits): ITU-R BT.601-7, BT.709-6, BT.2100-2.
  case limited
  /// Luma and chroma 0...255, chroma around 128 (8 bits): JFIF 1.02; BT.2100-2 "full range".
  case full

  /// The code of black at a bit depth.
  package func black(bitDepth: Int = 8) -> Double {
    self == .limited ? Double(16 << (bitDepth - 8)) : 0
  }

  /// Luma codes from black to white at a bit depth.
  package func lumaSpan(bitDepth: Int = 8) -> Double {
    self == .limited ? Double(219 << (bitDepth - 8)) : Double((1 << bitDepth) - 1)
  }

  /// Chroma codes from −½ to +½ at a bit depth.
  package func chromaSpan(bitDepth: Int = 8) -> Double {
    self == .limited ? Double(224 << (bitDepth - 8)) : Double((1 << bitDepth) - 1)
  }
}

/// How the codes of a YCbCr picture are meant.
package struct YCbCrFormat: Equatable, Sendable {
  package let matrix: YCbCrMatrix
  package let range: CodeRange

  package init(matrix: YCbCrMatrix, range: CodeRange) {
    self.matrix = matrix
    self.range = range
  }

  /// What a JPEG file without a colour profile holds.
  package static let jfif = YCbCrFormat(matrix: .bt601, range: .full)
}

extension YCbCrMatrix {
  /// Gamma-coded RGB of a YCbCr colour: luma 0...1, chroma −½...½.
  ///
  /// The inverse of Y = Kr·R + Kg·G + Kb·B, Cb = (B − Y) ÷ 2(1 − Kb), Cr = (R − Y) ÷ 2(1 − Kr).
  package func rgb(y: Double, cb: Double, cr: Double) -> (red: Double, green: Double, blue: Double)
  {
    let r = y + 2 * (1 - red) * cr
    let b = y + 2 * (1 - blue) * cb
    return (r, (y - red * r - blue * b) / green, b)
  }

  /// The YCbCr colour of gamma-coded RGB: the inverse of `rgb`.
  package func ycbcr(
    red r: Double, green g: Double, blue b: Double
  ) -> (y: Double, cb: Double, cr: Double) {
    let y = red * r + green * g + blue * b
    return (y, (b - y) / (2 * (1 - blue)), (r - y) / (2 * (1 - red)))
  }
}
