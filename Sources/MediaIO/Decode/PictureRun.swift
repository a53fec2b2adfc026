/// Pictures of one size that follow each other: a stream may change it, as when a phone is turned while
/// a browser records.
package struct PictureRun: Sendable, Equatable {
  /// Size in pixels as a viewer sees it: square pixels, upright.
  package let width: Int
  package let height: Int
  /// When the first of them is shown, in seconds of the stream's clock.
  package let start: Double
  package internal(set) var frames: Int

  package init(width: Int, height: Int, start: Double, frames: Int) {
    self.width = width
    self.height = height
    self.start = start
    self.frames = frames
  }
}

extension [PictureRun] {
  /// Counts a picture.
  mutating func note(_ size: (width: Int, height: Int), at time: Double) {
    if let last, last.width == size.width, last.height == size.height {
      self[count - 1].frames += 1
    } else {
      append(PictureRun(width: size.width, height: size.height, start: time, frames: 1))
    }
  }
}
