/// The geometry of one picture plane inside a buffer of samples.
///
/// A plane is passed to a kernel as a `Span` of samples plus its shape: row `y` starts at element
/// `y * stride` and holds `width` samples; what lies between `width` and `stride` is never read.
package struct PlaneShape: Equatable, Sendable {
  /// Samples in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Elements (not bytes) from one row to the next; at least `width`.
  package let stride: Int

  package init(width: Int, height: Int, stride: Int) {
    self.width = width
    self.height = height
    self.stride = stride
  }

  /// A plane without padding between its rows.
  package init(width: Int, height: Int) {
    self.init(width: width, height: height, stride: width)
  }

  /// Elements that a buffer must hold for this shape: the last row may end at `width`.
  package var requiredCount: Int {
    width <= 0 || height <= 0 ? 0 : (height - 1) * stride + width
  }

  /// Half the size in both directions, rounded up: the chroma planes of 4:2:0.
  package func subsampled420(stride: Int) -> PlaneShape {
    PlaneShape(width: (width + 1) / 2, height: (height + 1) / 2, stride: stride)
  }
}
