internal import Kernels

/// Maps HDR and wide-gamut frames to plain BT.709; prepares its tables once a clip.
struct ToneMapper {
  private var toneMap: ToneMap?
  private var color: ColorDescription?

  /// Maps a 4:2:0 frame of more than 8 bits.
  mutating func map(
    _ frame: borrowing VideoFrame, file: String
  ) throws(MediaError) -> VideoFrame {
    let depth = frame.layout.bitDepth
    if color != frame.color || toneMap?.bitDepth != depth {
      toneMap = ToneMap(
        Self.function(frame.color), bitDepth: depth, sourceRange: frame.color.format.range)
      color = frame.color
    }
    var picture = try PictureBuffer(width: frame.width, height: frame.height, file: file)
    picture.withMutablePlanes { luma, shape, blue, red, chromaShape in
      frame.withPlane16(0) { sourceLuma, sourceShape in
        frame.withPlane16(1) { sourceBlue, sourceChromaShape in
          frame.withPlane16(2) { sourceRed, _ in
            toneMap?.apply(
              luma: sourceLuma, shape: sourceShape, cb: sourceBlue, cr: sourceRed,
              chromaShape: sourceChromaShape, intoLuma: &luma, shape: shape, cb: &blue,
              cr: &red, chromaShape: chromaShape)
          }
        }
      }
    }
    return picture.asFrame(.bt709, time: frame.time)
  }

  private static func function(_ color: ColorDescription) -> any ColorFunction {
    let matrix = color.format.matrix
    if let transfer = color.transfer.hdr {
      return ToneMapFunction(
        transfer: transfer, matrix: matrix, primaries: color.primaries.wide ?? .bt709)
    }
    return GamutFunction(
      matrix: matrix, primaries: color.primaries.wide ?? .bt709,
      transfer: color.transfer.standard)
  }
}
