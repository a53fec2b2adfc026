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
    result.fill(luma: UInt8(range.black()))
    result.paste(
      self, x: max(0, (result.width - self.width) / 2), y: max(0, (result.height - self.height) / 2)
    )
    return result
  }

  /// Gives all of the picture one grey.
  package mutating func fill(luma: UInt8) {
    for index in 0..<3 {
      withMutablePlane(index) { plane, _ in
        unsafe plane.withUnsafeMutableBufferPointer {
          unsafe $0.update(repeating: index == 0 ? luma : 128)
        }
      }
    }
  }

  /// Copies `other` into this picture; what does not fit is cut off.
  ///
  /// - Parameters:
  ///   - x: left edge, at least 0; made even, because a chroma sample stands for two pixels in each
  ///     direction.
  ///   - y: top edge, likewise.
  package mutating func paste(_ other: borrowing PictureBuffer, x: Int, y: Int) {
    let (left, top) = (max(0, x) & ~1, max(0, y) & ~1)
    guard left < width, top < height else { return }
    for index in 0..<3 {
      let (x, y) = index == 0 ? (left, top) : (left / 2, top / 2)
      other.withPlane(index) { source, sourceShape in
        withMutablePlane(index) { target, targetShape in
          unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
              guard let from = source.baseAddress, let to = target.baseAddress else { return }
              unsafe av_image_copy_plane(
                to + y * targetShape.stride + x, Int32(targetShape.stride), from,
                Int32(sourceShape.stride), Int32(min(sourceShape.width, targetShape.width - x)),
                Int32(min(sourceShape.height, targetShape.height - y)))
            }
          }
        }
      }
    }
  }
}
