internal import FaceMeasures
internal import FaceModel
internal import Kernels
internal import MediaIO
internal import Services
internal import Synchronization

/// Small pictures of the frames of a clip that were measured, by the time at which they are shown.
///
/// A picture is made while its frame is at hand, because to decode it again may cost as much as the whole
/// clip. There are at most `FrameSelection.most` of them for each reading, some ten kilobytes each.
final class StillBook: Sendable {
  private let stills = Mutex<[Double: FrameStill]>([:])

  /// When the frames are shown that have pictures.
  var times: Set<Double> { stills.withLock { Set($0.keys) } }

  subscript(time: Double) -> FrameStill? { stills.withLock { $0[time] } }

  fileprivate func add(_ still: FrameStill, at time: Double) {
    stills.withLock { $0[time] = still }
  }
}

/// Makes the pictures of a `StillBook`, on the thread that measures.
struct StillMaker: ~Copyable {
  private let book: StillBook
  private let file: String
  private var preparer: FramePreparer
  private var selection: FrameSelection

  /// Longest side in pixels: what a column of a page shows on a screen of two pixels a point.
  static let longestSide = 480
  /// libjpeg's quality.
  private static let quality = 80

  /// - Parameter samplingRate: measured frames per second; `nil` for every frame.
  init(_ book: StillBook, file: String, video: VideoStreamInfo, samplingRate: Double?) {
    self.book = book
    self.file = file
    preparer = FramePreparer(
      video, longestSide: Self.longestSide, enlarges: false, file: file)
    let rate = samplingRate ?? video.averageFrameRate.value
    selection = FrameSelection(expected: (video.headerDuration ?? 0) * rate)
  }

  /// The next measured frame.
  mutating func take(
    _ frame: consuming VideoFrame, _ measured: FrameMeasurement, _ landmarks: FrameLandmarks?
  ) throws(MediaError) {
    guard selection.takesNext() else { return }
    let picture = try preparer.prepare(frame)
    let display = preparer.display
    let scale = Point2D(
      Double(picture.width) / Double(max(display.width, 1)),
      Double(picture.height) / Double(max(display.height, 1)))
    let others = landmarks?.others.map { $0.mapped(by: .scaling(scale.x, scale.y)) } ?? []
    book.add(
      FrameStill(
        width: picture.width, height: picture.height,
        jpeg: try JPEGEncoder.encode(picture, quality: Self.quality, file: file),
        face: landmarks.map { FaceOutline($0.face, scale: scale) },
        others: others.map(FaceOutline.Box.init)),
      at: measured.time)
  }
}
