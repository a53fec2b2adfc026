internal import CFFmpeg
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Counts the errors that FFmpeg logs about vprep's own clips, and prints nothing.
///
/// The log belongs to the process, which may use FFmpeg for other things. vprep leaves its level
/// alone and passes all other messages to FFmpeg's default callback. FFmpeg has one callback and
/// does not say who set it: if the host sets its own afterwards, damage that a decoder only logs is
/// not counted.
package enum FFmpegLog {
  /// Evaluated once a process, before FFmpeg is used first.
  static let isInstalled: Void = {
    unsafe cff_set_log_filter { context, level in
      guard let loggedErrors = unsafe FFmpegLog.loggedErrors(of: context) else {
        return unsafe FFmpegLog.isOurs(context)
      }
      if level & 0xFF <= AV_LOG_ERROR { loggedErrors.add() }
      return true
    }
  }()

  /// Runs `body`, whose messages on this thread are vprep's own.
  ///
  /// Contexts of scalers, resamplers and encoders name nobody; the thread tells whose they are.
  package static func owning<Answer, Failure: Error>(
    _ body: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let outer = unsafe pthread_getspecific(owner)
    unsafe pthread_setspecific(owner, UnsafeRawPointer(bitPattern: 1))
    defer { unsafe pthread_setspecific(owner, outer) }
    return try body()
  }

  /// Whether a message comes from a thread or a context of ours, or from a context inside one of ours:
  /// a decoder's own threads check the sizes of pictures in contexts of their own.
  private static func isOurs(_ context: UnsafeMutableRawPointer?) -> Bool {
    if unsafe pthread_getspecific(owner) != nil { return true }
    var inner = unsafe context
    for _ in 0..<mostParents {
      unsafe inner = parent(of: inner)
      if unsafe loggedErrors(of: inner) != nil { return true }
    }
    return false
  }

  /// FFmpeg nests two contexts; more would be a ring.
  private static let mostParents = 4

  /// The context on behalf of which another one logs, as libavutil/log.c finds it.
  private static func parent(of context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context,
      let kind = unsafe context.load(as: UnsafePointer<AVClass>?.self)
    else { return nil }
    let offset = unsafe Int(kind.pointee.parent_log_context_offset)
    guard offset > 0 else { return nil }
    return unsafe context.load(fromByteOffset: offset, as: UnsafeMutableRawPointer?.self)
  }

  private static let owner: pthread_key_t = {
    var key = pthread_key_t()
    unsafe pthread_key_create(&key, nil)
    return key
  }()

  /// Who counts for the context that a message names; contexts that are not ours have nobody.
  ///
  /// A decoder's threads work on copies of its context, which keep `opaque`.
  private static func loggedErrors(of context: UnsafeMutableRawPointer?) -> LoggedErrors? {
    guard let context = unsafe context,
      let kind = unsafe context.load(as: UnsafePointer<AVClass>?.self)
    else { return nil }
    if unsafe kind == avcodec_get_class() {
      return unsafe LoggedErrors.known(
        context.assumingMemoryBound(to: AVCodecContext.self).pointee.opaque)
    }
    if unsafe kind == avformat_get_class() {
      return unsafe LoggedErrors.known(
        context.assumingMemoryBound(to: AVFormatContext.self).pointee.opaque)
    }
    return nil
  }
}
