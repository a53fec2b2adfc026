internal import CFFmpeg

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension InputLimits {
  /// Bounds every single allocation of FFmpeg by `allocation`.
  ///
  /// FFmpeg has one such bound for the process; the call that begins last sets it.
  func boundAllocations() { av_max_alloc(allocation) }

  /// The error where FFmpeg got no memory: the clip asks for more at once than `allocation`, or the
  /// machine has none left.
  ///
  /// FFmpeg answers both alike. Where a block of the largest size that it may ask for can be had, it asked
  /// for a larger one. An object of fixed size is never too large: without it, the machine has none left.
  func noMemory(_ stage: MediaError.Stage, file: String) -> MediaError {
    guard let block = unsafe allocated(malloc(allocation)) else {
      return .outOfMemory(stage, file: file)
    }
    unsafe free(block)
    return exceeded(
      "something in it takes more than \(allocation) bytes of memory at once",
      file: file, stage: stage)
  }
}
