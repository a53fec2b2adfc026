internal import CFFmpeg
internal import Kernels

extension PictureBuffer {
  /// This picture in the middle of a larger one that is black around it.
  ///
  /// - Parameters:
  ///   - width: even, as is `height`; both at least this picture's own.
  ///   - range: tells the code of black.
  func centered(
    width: Int, height: Int, range: CodeRange, file: String
  ) throws(MediaError) -> PictureBuffer {
    var result = try PictureBuffer(width: width & ~1, height: height & ~1, file: file)
    // Chroma samples stand for two pixels in each direction.
    let left = max(0, (result.width - self.width) / 2) & ~1
    let top = max(0, (result.height - self.height) / 2) & ~1
    for index in 0..<3 {
      let isLuma = index == 0
      let black: UInt8 = isLuma ? UInt8(range.black()) : 128
      let (x, y) = isLuma ? (left, top) : (left / 2, top / 2)
      withPlane(index) { source, sourceShape in
        result.withMutablePlane(index) { target, targetShape in
          unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
              unsafe target.update(repeating: black)
              guard let from = source.baseAddress, let to = target.baseAddress else {
                return
              }
              unsafe av_image_copy_plane(
                to + y * targetShape.stride + x, Int32(targetShape.stride), from,
                Int32(sourceShape.stride), Int32(min(sourceShape.width, targetShape.width - x)),
                Int32(min(sourceShape.height, targetShape.height - y)))
            }
          }
        }
      }
    }
    return result
  }
}
