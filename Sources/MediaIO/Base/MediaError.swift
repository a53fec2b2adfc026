internal import CFFmpeg

/// Why a clip could not be read, converted or written.
///
/// It names the stage, the file, the cause and, where there is one, what to do about it.
package struct MediaError: Error, Equatable, Sendable {
  /// The step of the pipeline that gave up.
  package enum Stage: String, Sendable {
    case open
    case demux
    case decode
    case convert
    case encode
    case mux
    case write
    case verify
  }

  /// What kind of failure it is; the command line turns it into an exit status.
  package enum Cause: Sendable, Equatable {
    /// There is no such file.
    case missing
    /// The file may not be read by this user.
    case forbidden
    /// Reading the file fails, or it is not one that can be read as a clip.
    case unreadable
    /// The input holds no byte.
    case empty
    /// The bytes are no container that is accepted here.
    case unsupportedContainer
    /// The container holds no video stream, or one that yields no frame.
    case noVideo
    /// No decoder for the codec.
    case unsupportedCodec
    /// The bytes are damaged beyond use.
    case corrupt
    /// The clip is larger than the caller allows.
    case limitExceeded
    /// The caller cancelled.
    case cancelled
    /// The output could not be stored: a full disk, a folder that is gone, a name that is taken.
    case output
    /// The output is not as planned, or the container cannot hold it; another way of writing may work.
    case unusableOutput
    /// A library refused valid work, such as a missing encoder.
    case library
    /// The machine has no memory, thread or descriptor left to give; the input is not at fault.
    case resources
    /// The clip is a photo.
    case photo
    /// The content is encrypted.
    case encrypted
  }

  package let stage: Stage
  package let file: String
  package let cause: Cause
  /// One sentence without the file's name.
  package let detail: String
  /// What the caller can do, or `nil`.
  package let advice: String?

  package init(
    _ stage: Stage, file: String, cause: Cause, detail: String, advice: String? = nil
  ) {
    self.stage = stage
    self.file = file
    self.cause = cause
    self.detail = detail
    self.advice = advice
  }

  /// What to do when the machine has nothing left to give.
  package static let tryLater =
    "A limit of memory, threads or open files is reached; try again later."

  /// Adds FFmpeg's own text for `code` to `detail`; a code that says what the machine lacks is the
  /// cause itself.
  package init(
    _ stage: Stage, file: String, cause: Cause, detail: String, ffmpeg code: Int32,
    advice: String? = nil
  ) {
    if Self.isShortage(-code) {
      self = .shortage(stage, file: file, -code)
      return
    }
    self.init(
      stage, file: file, cause: cause, detail: "\(detail): \(Self.ffmpegText(code))",
      advice: advice)
  }

  /// FFmpeg's text for one of its error codes, in lower case.
  private static func ffmpegText(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
    let count = text.count
    unsafe text.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe av_strerror(code, buffer.baseAddress, count)
    }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }
}

extension MediaError: CustomStringConvertible {
  /// One line: file, what is wrong, what to do.
  package var description: String {
    let head = "\(file): \(detail)"
    guard let advice else { return head }
    return "\(head). \(advice)"
  }
}
