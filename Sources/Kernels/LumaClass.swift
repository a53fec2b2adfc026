/// The classes of full-range luma that shares are taken of, 0–255.
package enum LumaClass {
  /// Dark: grey 40 at Yoti's face capture and Baidu's face collection SDK.
  package static let dark = 0..<40
  /// Bright: above 210, just below Yoti's grey 215.
  package static let bright = 211..<256
  /// Clipped: at most five codes below white.
  package static let clipped = 250..<256
}
