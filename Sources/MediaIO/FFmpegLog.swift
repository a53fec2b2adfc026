internal import CFFmpeg
internal import Synchronization

/// FFmpeg's own log: nothing is printed, what matters is in errors and warnings of the report.
///
/// What decoders log as an error is counted: some conceal damage and tell it nowhere else.
enum FFmpegLog {
  /// Evaluated once a process, before FFmpeg is used first.
  static let silenced: Void = unsafe av_log_set_callback { object, level, _, _ in
    guard level <= AV_LOG_ERROR, let object = unsafe object,
      unsafe object.load(as: UnsafePointer<AVClass>?.self) == avcodec_get_class()
    else { return }
    // The threads of one decoder have contexts of their own, which share what the first was given.
    let context = unsafe object.assumingMemoryBound(to: AVCodecContext.self)
    guard let opaque = unsafe context.pointee.opaque else { return }
    unsafe Unmanaged<DecoderLog>.fromOpaque(opaque).takeUnretainedValue().note()
  }
}

/// Counts what one decoder logs as an error; safe from any thread.
final class DecoderLog: Sendable {
  private let count = Atomic(0)

  /// Errors so far.
  var errors: Int { count.load(ordering: .relaxed) }

  func note() { count.add(1, ordering: .relaxed) }
}
