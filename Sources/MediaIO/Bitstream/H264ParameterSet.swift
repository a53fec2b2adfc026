/// What an H.264 sequence parameter set says about its pictures.
///
/// Source: ITU-T H.264 (08/2021), 7.3.2.1.1 for the set and E.1.1 for the usability information.
struct H264ParameterSet: Equatable {
  /// 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4.
  var chromaFormat = 1
  var bitDepth = 8
  /// Picture size in luma samples, after cropping.
  var width = 0
  var height = 0
  /// Whether every picture is a frame and none a field.
  var isProgressive = true
  /// Whether pictures are shown in the order in which they are decoded: order count type 2 (8.2.1.3).
  var isShownAsDecoded = false
  /// Sample aspect ratio; 0:0 where it is not told.
  var sampleAspect = (width: 0, height: 0)
  /// `nil` where it is not told.
  var isFullRange: Bool?
  /// Numbers of ITU-T H.273; 2 is unspecified.
  var primaries = 2
  var transfer = 2
  var matrix = 2

  static func == (first: Self, second: Self) -> Bool {
    first.chromaFormat == second.chromaFormat && first.bitDepth == second.bitDepth
      && first.width == second.width && first.height == second.height
      && first.isProgressive == second.isProgressive
      && first.isShownAsDecoded == second.isShownAsDecoded
      && first.sampleAspect == second.sampleAspect
      && first.isFullRange == second.isFullRange && first.primaries == second.primaries
      && first.transfer == second.transfer && first.matrix == second.matrix
  }
}

extension H264ParameterSet {
  /// Reads the first set of an `avcC` box (ISO/IEC 14496-15, 5.3.3.1); `nil` when there is more than
  /// one set, or when it is damaged or uses what hardly any encoder writes.
  init?(avcC: Span<UInt8>) {
    // Version 1, profile, compatibility, level, length size, count of sets, length of the first.
    guard avcC.count > 8, avcC[0] == 1, avcC[5] & 31 == 1 else { return nil }
    let length = Int(avcC[6]) << 8 | Int(avcC[7])
    guard length > 4, 8 + length <= avcC.count, avcC[8] & 31 == 7 else { return nil }
    self.init(payload: NALPayload.bytes(of: avcC.extracting(9..<8 + length)))
  }

  /// - Parameter payload: the set behind its NAL header, without emulation prevention.
  init?(payload: [UInt8]) {
    var bits = BitReader(payload)
    let profile = bits.bits(8)
    _ = bits.bits(16)
    _ = bits.unsigned()
    if [100, 110, 122, 244, 44, 83, 86, 118, 128].contains(profile) {
      chromaFormat = bits.unsigned()
      if chromaFormat == 3, bits.flag() { return nil }
      bitDepth = 8 + bits.unsigned()
      let chromaDepth = 8 + bits.unsigned()
      guard chromaDepth == bitDepth else { return nil }
      _ = bits.flag()
      // Scaling matrices: none of the recorders met wrote any.
      if bits.flag() { return nil }
    }
    _ = bits.unsigned()
    switch bits.unsigned() {
    case 0: _ = bits.unsigned()
    case 1: return nil
    case 2: isShownAsDecoded = true
    default: break
    }
    _ = bits.unsigned()
    _ = bits.flag()
    let columns = bits.unsigned() + 1
    let rows = bits.unsigned() + 1
    isProgressive = bits.flag()
    if !isProgressive { _ = bits.flag() }
    _ = bits.flag()
    guard columns < 1024, rows < 1024, (0...3).contains(chromaFormat) else { return nil }
    (width, height) = (columns * 16, rows * (isProgressive ? 16 : 32))
    if bits.flag() {
      let unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1
      let unitY = (chromaFormat == 1 ? 2 : 1) * (isProgressive ? 1 : 2)
      width -= unitX * (bits.unsigned() + bits.unsigned())
      height -= unitY * (bits.unsigned() + bits.unsigned())
    }
    if bits.flag() { readUsability(&bits) }
    guard !bits.isExhausted, width > 0, height > 0 else { return nil }
  }

  private mutating func readUsability(_ bits: inout BitReader) {
    if bits.flag() {
      let index = bits.bits(8)
      if index == 255 {
        sampleAspect = (bits.bits(16), bits.bits(16))
      } else if Self.aspects.indices.contains(index) {
        sampleAspect = Self.aspects[index]
      }
    }
    if bits.flag() { _ = bits.flag() }
    guard bits.flag() else { return }
    _ = bits.bits(3)
    isFullRange = bits.flag()
    if bits.flag() {
      primaries = bits.bits(8)
      transfer = bits.bits(8)
      matrix = bits.bits(8)
    }
  }

  /// What the set tells of colours.
  var color: ColorDescription {
    ColorDescription(
      matrix: ColorDescription.Matrix(told: matrix),
      primaries: ColorDescription.Primaries(told: primaries),
      transfer: ColorDescription.Transfer(told: transfer),
      range: isFullRange.map { $0 ? .full : .limited } ?? .unspecified)
  }

  /// Table E-1.
  private static let aspects: [(width: Int, height: Int)] = [
    (0, 0), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11),
    (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1),
  ]
}
