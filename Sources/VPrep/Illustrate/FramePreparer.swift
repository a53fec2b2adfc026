internal import Kernels
internal import MediaIO

/// Turns the frames of a clip into upright pictures of one longest side, whose size follows that of the
/// frames.
struct FramePreparer: ~Copyable {
  private let orientation: Orientation
  private let longestSide: Int
  private let enlarges: Bool
  private let file: String
  /// Size of the last frame as a viewer sees it.
  private(set) var display: (width: Int, height: Int)
  private var preparer: PicturePreparer

  /// - Parameter enlarges: whether smaller frames are enlarged.
  init(_ video: VideoStreamInfo, longestSide: Int, enlarges: Bool, file: String) {
    orientation = video.orientation
    self.longestSide = longestSide
    self.enlarges = enlarges
    self.file = file
    display = video.displaySize
    preparer = Self.preparer(display, orientation, longestSide, enlarges, file)
  }

  /// The picture of the next frame; a phone that is turned during a recording changes its size.
  mutating func prepare(_ frame: consuming VideoFrame) throws(MediaError) -> PictureBuffer {
    let shown = frame.displaySize(orientation)
    if shown != display {
      display = shown
      preparer = Self.preparer(shown, orientation, longestSide, enlarges, file)
    }
    return try preparer.prepare(frame)
  }

  private static func preparer(
    _ display: (width: Int, height: Int), _ orientation: Orientation, _ longestSide: Int,
    _ enlarges: Bool, _ file: String
  ) -> PicturePreparer {
    let size = size(display, longestSide: longestSide, enlarges: enlarges)
    return PicturePreparer(
      orientation: orientation, width: size.width, height: size.height, color: .jpeg, file: file)
  }

  /// The picture's size: even, because chroma samples span two pixels.
  static func size(
    _ display: (width: Int, height: Int), longestSide: Int, enlarges: Bool
  ) -> (width: Int, height: Int) {
    let whole = Double(longestSide) / Double(max(display.width, display.height, 1))
    let scale = enlarges ? whole : min(1, whole)
    func side(_ length: Int) -> Int {
      max(2, Int(saturating: (Double(length) * scale).rounded()) & ~1)
    }
    return (side(display.width), side(display.height))
  }
}
