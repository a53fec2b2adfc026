internal import FaceModel
internal import Kernels
internal import MediaIO

/// A small copy of a picture in a file, for lists.
package enum Thumbnail {
  /// Shortest side in pixels: what a list shows on a screen of two pixels a point.
  private static let shortestSide = 160
  /// libjpeg's quality.
  private static let quality = 75

  /// The picture as a data URI; `nil` if the file cannot be read as one.
  package static func dataURI(_ path: String) -> String? {
    guard let jpeg = try? jpeg(path) else { return nil }
    return JPEGDataURI.text(jpeg)
  }

  private static func jpeg(_ path: String) throws(MediaError) -> [UInt8]? {
    let picture = try StoredPicture(.file(path), name: path).read(shortestSide: shortestSide)
    guard let picture else { return nil }
    return try JPEGEncoder.encode(picture, quality: quality, file: path)
  }
}

/// A picture that vprep has written, to be decoded again.
struct StoredPicture {
  private let source: InputSource
  private let name: String

  init(_ source: InputSource, name: String) {
    self.source = source
    self.name = name
  }

  /// The picture, upright and full-range, made smaller where its shortest side is longer than asked;
  /// `nil` where none is decoded.
  func read(shortestSide: Int) throws(MediaError) -> PictureBuffer? {
    let limits = InputLimits()
    let watchdog = Watchdog(seconds: limits[.time])
    let input = try MediaInput(source, limits: limits, watchdog: watchdog)
    var reader = try ClipReader(
      input, for: .preview, limits: limits.forPhoto, watchdog: watchdog, isPhoto: true)
    let orientation = reader.video.orientation
    var picture: PictureBuffer?
    try reader.forEachFrame(
      ClipReader.Decoding(threads: 1, includesAudio: false),
      video: { (frame) throws(MediaError) in
        let display = frame.displaySize(orientation)
        let scale = Double(shortestSide) / Double(max(min(display.width, display.height), 1))
        // Chroma samples span two pixels.
        func side(_ length: Int) -> Int {
          max(2, Int(saturating: (Double(length) * min(1, scale)).rounded()) & ~1)
        }
        var preparer = PicturePreparer(
          orientation: orientation, width: side(display.width), height: side(display.height),
          color: .jpeg, file: name)
        picture = try preparer.prepare(frame)
        return .stop
      })
    return picture.take()
  }
}
