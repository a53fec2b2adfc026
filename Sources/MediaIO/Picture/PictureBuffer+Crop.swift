internal import Kernels

extension PictureBuffer {
  /// A part of this picture.
  ///
  /// - Parameters:
  ///   - x: column of the part's first pixel, `y` its row; both are cut to even ones, because chroma
  ///     samples stand for two pixels in each direction.
  ///   - width: pixels, as is `height`; cut to even ones, and to what is there.
  package func cropped(
    x: Int, y: Int, width: Int, height: Int, file: String
  ) throws(MediaError) -> PictureBuffer {
    let left = min(max(0, x), max(0, self.width - 2)) & ~1
    let top = min(max(0, y), max(0, self.height - 2)) & ~1
    var result = try PictureBuffer(
      width: max(2, min(width, self.width - left) & ~1),
      height: max(2, min(height, self.height - top) & ~1), file: file)
    for index in 0..<3 {
      let step = index == 0 ? 1 : 2
      withPlane(index) { source, from in
        result.withMutablePlane(index) { target, to in
          for row in 0..<to.height {
            let start = min(top / step + row, from.height - 1) * from.stride
            for column in 0..<to.width {
              target[row * to.stride + column] =
                source[start + min(left / step + column, from.width - 1)]
            }
          }
        }
      }
    }
    return result
  }
}
