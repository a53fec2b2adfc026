internal import CFFmpeg
internal import Synchronization

/// FFmpeg's own log, which prints nothing here: what matters is in errors and warnings of the report.
enum FFmpegLog {
  /// Evaluated once a process, before FFmpeg is used first.
  static let silenced: Void = {
    av_log_set_level(AV_LOG_QUIET)
    unsafe av_log_set_callback { context, level, _, _ in
      guard level & 0xFF <= AV_LOG_ERROR else { return }
      unsafe FFmpegLog.complaints(of: context)?.add()
    }
  }()

  /// Who counts for the context that a message names; contexts that are not ours have nobody.
  ///
  /// Nothing but a `Complaints` ever stands in `opaque` of a container's or codec's context.
  /// A decoder's threads work on copies of its context, which keep `opaque`.
  private static func complaints(of context: UnsafeMutableRawPointer?) -> Complaints? {
    guard let context = unsafe context,
      let kind = unsafe context.load(as: UnsafePointer<AVClass>?.self)
    else { return nil }
    let opaque: UnsafeMutableRawPointer?
    if unsafe kind == avcodec_get_class() {
      unsafe opaque = context.assumingMemoryBound(to: AVCodecContext.self).pointee.opaque
    } else if unsafe kind == avformat_get_class() {
      unsafe opaque = context.assumingMemoryBound(to: AVFormatContext.self).pointee.opaque
    } else {
      return nil
    }
    return unsafe opaque.map { unsafe Unmanaged<Complaints>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// What FFmpeg complains about while it reads or decodes one clip: its messages of level `error` and
/// worse.
///
/// Decoders conceal much of what is wrong and return a picture all the same. The message is then the
/// only sign, and what `ffmpeg -v error` would print. Safe from any thread.
final class Complaints: Sendable {
  private let messages = Atomic(0)
  /// Where a decoder's pictures are counted; `nil` where there are none.
  let memory: PictureMemory?

  init(memory: PictureMemory? = nil) { self.memory = memory }

  /// Messages so far.
  var count: Int { messages.load(ordering: .relaxed) }

  func add() { messages.add(1, ordering: .relaxed) }

  /// What a context of FFmpeg carries so that its messages are counted here; the caller keeps this
  /// object for as long as the context lives.
  var opaque: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }
}
