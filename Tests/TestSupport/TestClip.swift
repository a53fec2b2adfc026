package import Foundation

/// One clip or photo of `TestVideos/manifest.json`: what it is and what must be found in it.
package struct TestClip: Sendable, Decodable, CustomStringConvertible {
  /// The clip's name in the manifest, such as `dark-3`.
  package let id: String
  /// Its file name in `TestVideos/clips`.
  package let file: String
  /// What it shows, in one sentence.
  package let title: String
  /// Facts of the file.
  package let probe: ClipProbe
  /// What must be said of it, whether faces are measured or not.
  package let check: [ClipExpectation]
  /// What must be said of it when faces are measured.
  package let checkFaces: [ClipExpectation]

  /// Where the file lies.
  package var url: URL { TestClips.folder.appending(path: file) }
  /// Where the file lies, as a path.
  package var path: String { url.path(percentEncoded: false) }
  /// The id, so that a parameterised test names the clip.
  package var description: String { id }
}

/// Facts of a clip's file, measured with ffprobe; `nil` where the manifest does not pin one.
///
/// `hdr` and `audio` are `nil` as well where the clip has none: in a clip that pins
/// `durationSeconds` both are facts.
package struct ClipProbe: Sendable, Decodable, Equatable {
  /// Whether a video frame can be decoded without opening another file.
  package let readable: Bool?
  /// The demuxer's family: `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg`, `asf`.
  package let container: String?
  /// FFmpeg's name of the video codec.
  package let codec: String?
  /// Width in pixels as stored.
  package let width: Int?
  /// Height in pixels as stored.
  package let height: Int?
  /// Width in pixels as shown: after rotation and with square pixels.
  package let displayWidth: Int?
  /// Height in pixels as shown: after rotation and with square pixels.
  package let displayHeight: Int?
  /// Degrees to turn the stored picture clockwise for display: 0, 90, 180 or 270.
  package let rotation: Int?
  /// Frames that decode and are shown.
  package let frames: Int?
  /// Seconds from the first frame's start to the last one's end.
  package let durationSeconds: Double?
  /// How far a measured duration may be from `durationSeconds`.
  package let durationTolerance: Double?
  /// Whether the steps between frames differ.
  package let variableFrameRate: Bool?
  /// `hlg` or `pq`; `nil` for a standard range.
  package let hdr: String?
  /// FFmpeg's name of the first sound track's codec; `nil` without sound.
  package let audio: String?
}

/// What `vprep check` must say of a clip for one provider and mode.
package struct ClipExpectation: Sendable, Decodable, Equatable {
  /// `megvii` or `tencent`.
  package let provider: String
  /// `lip`, `action` or `silent` for Tencent; `nil` for Megvii.
  package let mode: String?
  /// Codes that must all be predicted.
  package let predicts: [String]
  /// Codes of which at least one must be predicted; `nil` when nothing is asked.
  package let predictsOneOf: [String]?
  /// Codes that must not be predicted.
  package let absent: [String]
  /// Codes that the clip comes close to, and that must not be predicted either; `nil` for none.
  package let nearMisses: [String]?
  /// Further arguments of the command; `nil` for none.
  package let arguments: [String]?
  /// The exit status, where it follows from how the clip is made.
  package let exit: Int32?

  /// Says what is wrong with the codes that were predicted, one sentence each; empty when all is right.
  ///
  /// Codes may carry Tencent's prefix `FailedOperation.`.
  package func loggedErrors(about codes: some Sequence<String>) -> [String] {
    let prefix = "FailedOperation."
    let found = Set(codes.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 })
    var loggedErrors = predicts.filter { !found.contains($0) }.map { "\($0) is not predicted" }
    loggedErrors += (absent + (nearMisses ?? [])).filter(found.contains).map {
      "\($0) is predicted"
    }
    if let choice = predictsOneOf, found.isDisjoint(with: choice) {
      loggedErrors.append("none of \(choice.joined(separator: ", ")) is predicted")
    }
    return loggedErrors
  }
}
