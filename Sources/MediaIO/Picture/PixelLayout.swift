internal import CFFmpeg

/// How the samples of a decoded picture lie in memory.
package struct PixelLayout: Sendable, Equatable {
  /// Bits that carry the value, 8…16.
  ///
  /// Deeper than 8 means 16-bit little-endian samples.
  package let bitDepth: Int
  /// log2 of the chroma planes' horizontal subsampling.
  package let chromaShiftX: Int
  /// log2 of the chroma planes' vertical subsampling.
  package let chromaShiftY: Int
  /// Whether there are chroma planes at all.
  package let hasChroma: Bool

  package var is420: Bool { hasChroma && chromaShiftX == 1 && chromaShiftY == 1 }

  /// Planar 4:2:0 with 8 bits, what encoders and JPEG take.
  static let yuv420 = PixelLayout(
    bitDepth: 8, chromaShiftX: 1, chromaShiftY: 1, hasChroma: true)

  private init(bitDepth: Int, chromaShiftX: Int, chromaShiftY: Int, hasChroma: Bool) {
    self.bitDepth = bitDepth
    self.chromaShiftX = chromaShiftX
    self.chromaShiftY = chromaShiftY
    self.hasChroma = hasChroma
  }

  /// The layout of planar YUV or grey; `nil` for everything that has to be converted first (RGB,
  /// palettes, packed and semi-planar YUV, big-endian samples).
  init?(_ format: AVPixelFormat) {
    guard let descriptor = unsafe av_pix_fmt_desc_get(format)?.pointee else { return nil }
    let refused = UInt64(
      AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM
        | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT)
    let (flags, components) = unsafe (descriptor.flags, Int(descriptor.nb_components))
    guard flags & refused == 0 else { return nil }
    let (luma, blue, red) = unsafe (descriptor.comp.0, descriptor.comp.1, descriptor.comp.2)
    let depth = Int(luma.depth)
    let bytes = depth > 8 ? 2 : 1
    guard (8...16).contains(depth), luma.shift == 0, luma.step == bytes, luma.plane == 0,
      bytes == 1 || flags & UInt64(AV_PIX_FMT_FLAG_BE) == 0
    else { return nil }
    if components >= 3 {
      guard flags & UInt64(AV_PIX_FMT_FLAG_PLANAR) != 0, blue.plane == 1, red.plane == 2,
        blue.step == bytes, red.step == bytes, blue.shift == 0, red.shift == 0
      else { return nil }
    }
    bitDepth = depth
    hasChroma = components >= 3
    chromaShiftX = unsafe Int(descriptor.log2_chroma_w)
    chromaShiftY = unsafe Int(descriptor.log2_chroma_h)
  }
}
