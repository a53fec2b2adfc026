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
}
