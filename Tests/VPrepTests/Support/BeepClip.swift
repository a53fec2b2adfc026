import Foundation
import TestSupport

/// Small clips whose sound is a beep of 50 ms every half second, so that its place in time can be heard.
enum BeepClip {
  /// Seconds between two beeps.
  static let interval = 0.5

  /// One channel of beeps, as an expression of FFmpeg's `aevalsrc`.
  static let beeps = "0.5*sin(2*PI*700*t)*lt(mod(t\\,0.5)\\,0.05)"

  /// Small pictures that cost nothing to encode.
  static func pictures(_ seconds: Double, size: String = "96x96") -> [String] {
    ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=10:duration=\(seconds)"]
  }

  /// A source of sound; without `channels` it is a single channel of beeps.
  static func sound(
    _ seconds: Double, channels: [String] = [beeps], layout: String? = nil, rate: Int = 48_000
  ) -> [String] {
    let layout = layout.map { ":c=\($0)" } ?? ""
    let channels = channels.joined(separator: "|")
    return ["-f", "lavfi", "-i", "aevalsrc=\(channels)\(layout):s=\(rate):d=\(seconds)"]
  }

  /// H.264 and the given sound as most phones and browsers write them.
  static let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10"]

  /// A WebM whose audio packets have the times that `times` makes of theirs, an expression of `setts`.
  static func webm(
    _ url: URL, seconds: Double, times: String, ofPictures: Bool = false
  ) throws {
    let source = url.deletingLastPathComponent().appending(path: "source.webm")
    try Ffprobe.make(
      pictures(seconds) + sound(seconds) + [
        "-c:v", "libvpx", "-b:v", "200k", "-deadline", "realtime", "-cpu-used", "8", "-c:a",
        "libopus", "-b:a", "64k", source.path,
      ])
    let setting = "setts=pts=\(times):dts=\(times)"
    try Ffprobe.make(
      ["-i", source.path, "-c", "copy", "-bsf:a", setting]
        + (ofPictures ? ["-bsf:v", setting] : []) + [url.path])
  }

  /// When the beeps of a file begin, in seconds after its first picture.
  static func onsets(_ url: URL) throws -> [Double] {
    let samples = try Ffprobe.sound(url, rate: 8000)
    let first = try Ffprobe.frameTimes(url).first ?? 0
    var onsets: [Double] = []
    var quiet = Int.max / 2
    for (index, sample) in samples.enumerated() {
      if abs(Int(sample)) > 4000 {
        // A beep swings through zero; a pause lasts longer.
        if quiet > 800 { onsets.append(Double(index) / 8000 - first) }
        quiet = 0
      } else {
        quiet += 1
      }
    }
    return onsets
  }
}
