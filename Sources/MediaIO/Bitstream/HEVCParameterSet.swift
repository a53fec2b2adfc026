/// What an HEVC sequence parameter set says about its pictures.
///
/// Source: ITU-T H.265 (08/2021), 7.3.2.2.1 for the set and 7.3.3 for profile and level.
struct HEVCParameterSet: Equatable {
  let identifier: Int
  /// 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4.
  let chromaFormat: Int
  /// Size in luma samples, before cropping.
  let width: Int
  let height: Int
  let bitDepth: Int

  /// - Parameter payload: the set behind its NAL header, without emulation prevention.
  init?(payload: [UInt8]) {
    var bits = BitReader(payload)
    bits.skip(4)
    let subLayers = bits.bits(3)
    bits.skip(1)
    // General profile, tier and level.
    bits.skip(96)
    let flags = (0..<subLayers).map { _ in (profile: bits.flag(), level: bits.flag()) }
    if subLayers > 0 { bits.skip(2 * (8 - subLayers)) }
    for (profile, level) in flags { bits.skip((profile ? 88 : 0) + (level ? 8 : 0)) }
    identifier = bits.unsigned()
    chromaFormat = bits.unsigned()
    if chromaFormat == 3 { bits.skip(1) }
    width = bits.unsigned()
    height = bits.unsigned()
    if bits.flag() { for _ in 0..<4 { _ = bits.unsigned() } }
    bitDepth = 8 + bits.unsigned()
    guard !bits.isExhausted, width > 0, height > 0, (0...3).contains(chromaFormat),
      identifier < 16
    else { return nil }
  }
}
