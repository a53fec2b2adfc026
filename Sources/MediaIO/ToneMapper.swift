internal import Kernels

/// Maps PQ and HLG frames to SDR BT.709; prepares its tables once a clip.
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
        transfer: frame.color.transfer == .hlg ? .hlg : .pq, bitDepth: depth,
        sourceRange: frame.color.isFullRange ? .full : .limited, targetRange: .limited)
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
    let standard = ColorDescription(matrix: .bt709, isFullRange: false, transfer: .standard)
    return picture.asFrame(standard, time: frame.time)
  }
}
