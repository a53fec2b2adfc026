/// How much of an input is read before it is refused.
///
/// A selfie video is a few seconds long; the limits stop what was made to exhaust memory or time.
package struct InputLimits: Sendable, Equatable {
  /// Largest file in bytes.
  package var bytes: Int = 2_000_000_000
  /// Largest picture in pixels, before rotation; 8192 × 8192.
  package var pixels: Int = 8192 * 8192
  /// Most frames that are decoded.
  package var frames: Int = 40_000
  /// Longest content in seconds.
  package var seconds: Double = 600
  /// Longest time in seconds that one call may take.
  package var wallSeconds: Double = 300
  /// Threads that decode the pictures of one clip, and those that encode them.
  package var threads = 2

  package init() {}

  /// Refuses a picture with more pixels than `pixels`.
  func check(
    width: Int, height: Int, file: String, stage: MediaError.Stage
  ) throws(MediaError) {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard overflow || count > pixels else { return }
    throw MediaError(
      stage, file: file, cause: .limitExceeded,
      detail: "the picture is \(width)×\(height); at most \(pixels) pixels are read")
  }

  /// The error of a clip that is longer.
  package func tooLong(_ file: String) -> MediaError {
    MediaError(
      .demux, file: file, cause: .limitExceeded,
      detail: "longer than \(Int(min(seconds, 1e9))) s, the most that is read",
      advice: "Cut the clip; a face check takes a few seconds.")
  }
}
