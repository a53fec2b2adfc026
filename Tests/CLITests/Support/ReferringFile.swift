import Foundation
import TestSupport

/// A clip, a photo or a request that names another file or an address.
struct ReferringFile: Sendable, CustomStringConvertible {
  /// What names the other file, and how.
  let description: String
  /// The file's own name.
  let name: String
  /// Makes the file's content.
  let content: @Sendable (Target) throws -> Data

  init(
    _ description: String, name: String, content: @escaping @Sendable (Target) throws -> Data
  ) {
    (self.description, self.name, self.content) = (description, name, content)
  }

  /// A text.
  init(_ description: String, name: String, text: @escaping @Sendable (Target) -> String) {
    self.init(description, name: name) { Data(text($0).utf8) }
  }

  /// What a file may name.
  struct Target: Sendable {
    /// A sound clip beside the file, by its whole path.
    let canary: String
    /// An address on this machine where somebody listens.
    let address: String

    /// The same file and address in all the ways that FFmpeg knows.
    var references: [String] {
      [
        canary, "canary.mp4", "file:\(canary)", "file://\(canary)", "http://\(address)/clip.mp4",
        "tcp://\(address)", "rtmp://\(address)/clip", "rtsp://\(address)/clip",
        "concat:\(canary)|\(canary)", "subfile,,start,0,end,0,,:\(canary)", "crypto:\(canary)",
        "cache:\(canary)", "async:\(canary)", "data:video/mp4;base64,AAAA",
      ]
    }
  }
}

extension ReferringFile {
  /// A clip of 64×64 pixels and 2.2 s in a container.
  ///
  /// - Parameters:
  ///   - ending: the container, by the ending of its files' names.
  ///   - arguments: ffmpeg's, for the output.
  ///   - subtitles: a text in Advanced SubStation Alpha that becomes a stream of its own.
  static func clip(
    _ ending: String, _ arguments: [String] = [], subtitles: String? = nil
  ) throws -> Data {
    let folder = try TemporaryFolder()
    let path = folder.path("clip.\(ending)")
    var inputs = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5:duration=2.2"]
    if let subtitles {
      try Data(subtitles.utf8).write(to: folder.file("text.ass"))
      inputs += ["-i", folder.path("text.ass")]
    }
    let made = try runProcess(
      "ffmpeg",
      ["-nostdin", "-v", "error"] + inputs + ["-pix_fmt", "yuv420p"] + arguments + [path])
    guard made.status == 0 else { throw UnmadeClip(reason: made.errorText) }
    return try Data(contentsOf: folder.file("clip.\(ending)"))
  }

  /// What ffmpeg said where it made no clip.
  struct UnmadeClip: Error { let reason: String }
}
