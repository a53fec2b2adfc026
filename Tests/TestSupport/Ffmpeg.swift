package import Foundation

/// ffmpeg as the maker of small clips that a test needs.
package enum Ffmpeg {
  /// Runs ffmpeg with `arguments` and lets it write `file`; throws with its own words on an error.
  package static func make(_ file: URL, _ arguments: [String]) throws {
    let path = file.path(percentEncoded: false)
    let result = try runProcess(
      "ffmpeg", ["-nostdin", "-v", "error", "-y"] + arguments + ["-bitexact", path])
    guard result.status == 0 else {
      throw TestSupportError("ffmpeg cannot make \(path): \(result.errorText)")
    }
  }

  /// Arguments for moving test pictures of a size in pixels, at `rate` a second.
  package static func pictures(
    _ size: String = "160x120", rate: String = "10", seconds: Double = 1
  ) -> [String] {
    ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"]
  }

  /// Arguments for a tone of 440 Hz.
  package static func tone(seconds: Double = 1, sampleRate: Int = 44_100) -> [String] {
    ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=\(sampleRate):duration=\(seconds)"]
  }

  /// Arguments for H.264 as every reader takes it.
  package static let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
}
