internal import FaceMeasures
internal import FaceModel
internal import Kernels
internal import MediaIO
internal import Services

/// Writes measured frames as upright JPEG with what was found drawn on them, while a clip is
/// measured.
///
/// For people who look rather than read. The values stand in a band beside the picture, so that they
/// hide nothing of it.
struct FrameAnnotator: ~Copyable {
  private let folder: AnnotationFolder
  private let file: String
  private let judge: Judge?
  private var preparer: FramePreparer
  private var selection: FrameSelection
  private var mask = CoverageMask(width: 0, height: 0)

  /// Longest side of a picture in pixels.
  static let longestSide = 1280
  /// libjpeg's quality: thin lines stay clean.
  private static let quality = 90

  /// The next measured frame.
  ///
  /// - Parameters:
  ///   - measured: its values, of which the eyes are not yet relative to the person.
  ///   - landmarks: where the followed face and others are; `nil` without one.
  mutating func take(
    _ frame: consuming VideoFrame, _ measured: FrameMeasurement, _ landmarks: FrameLandmarks?
  ) throws(MediaError) {
    guard selection.takesNext() else { return }
    var picture = try preparer.prepare(frame)
    try picture.makeWritable(file: file)
    let crossings = judge?.crossings(in: measured) ?? [:]
    draw(on: &picture, landmarks, box: .box(crossings.values))
    let panel = ValuePanel(measured, crossings)
    let page = try panel.beside(picture, file: file)
    let jpeg = try JPEGEncoder.encode(page, quality: Self.quality, file: file)
    try folder.write(jpeg, time: measured.time)
  }

  private mutating func draw(
    on picture: inout PictureBuffer, _ landmarks: FrameLandmarks?, box: Ink
  ) {
    let size = (width: picture.width, height: picture.height)
    if mask.width != size.width || mask.height != size.height {
      mask = CoverageMask(width: size.width, height: size.height)
    }
    let display = preparer.display
    let scale = Point2D(
      Double(size.width) / Double(max(display.width, 1)),
      Double(size.height) / Double(max(display.height, 1)))
    let others = landmarks?.others.map { $0.mapped(by: .scaling(scale.x, scale.y)) } ?? []
    FaceDrawing.draw(others: others, on: &picture, &mask)
    if let landmarks {
      FaceDrawing(landmarks.face, scale: scale).draw(on: &picture, &mask, box: box)
    }
  }
}

extension FrameAnnotator {
  /// Makes the folder; nothing else is written yet.
  ///
  /// - Parameters:
  ///   - folder: where the pictures go; made when it is missing.
  ///   - samplingRate: measured frames per second; `nil` for every frame.
  ///   - judge: whose limits colour the values; `nil` colours none.
  init(
    folder: String, input: MediaInput, protecting protected: ProtectedFiles,
    video: VideoStreamInfo, samplingRate: Double?, judge: Judge?
  ) throws(MediaError) {
    let folder = try AnnotationFolder(folder, protecting: protected)
    let rate = samplingRate ?? video.averageFrameRate.value
    self.init(
      folder: folder, file: input.name, judge: judge,
      // Small pictures are enlarged, or the lines would hide the face.
      preparer: FramePreparer(
        video, longestSide: Self.longestSide, enlarges: true, file: input.name),
      selection: FrameSelection(expected: (video.headerDuration ?? 0) * rate))
  }
}

/// Chooses at most `most` measured frames, spread over the clip as far as its length is known.
struct FrameSelection {
  /// Pictures that a person can still leaf through.
  static let most = 300

  private let step: Int
  private var seen = 0
  private var taken = 0

  /// - Parameter expected: about how many frames will be measured; 0 when that is not known.
  init(expected: Double) {
    let share = expected / Double(Self.most)
    step = share.isFinite ? Int(min(max(share.rounded(.up), 1), 1e6)) : 1
  }

  /// Whether the next measured frame is one of them.
  mutating func takesNext() -> Bool {
    defer { seen += 1 }
    guard seen % step == 0, taken < Self.most else { return false }
    taken += 1
    return true
  }
}
