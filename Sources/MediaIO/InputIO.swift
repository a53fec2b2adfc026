internal import CFFmpeg

/// Owner of the AVIO context through which FFmpeg reads a `ByteSource`, and nothing else.
///
/// There is no protocol behind it: whatever a file asks for, no second file and no network address
/// can be opened.
@safe struct InputIO: ~Copyable {
  let context: UnsafeMutablePointer<AVIOContext>
  /// Kept alive as long as the callbacks may run.
  let source: ByteSource

  private static let bufferSize = 1 << 17

  init?(_ source: ByteSource) {
    guard let buffer = unsafe av_malloc(Self.bufferSize) else { return nil }
    let opaque = unsafe Unmanaged.passUnretained(source).toOpaque()
    let context = unsafe avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 0, opaque,
      { opaque, buffer, size in
        guard let opaque = unsafe opaque, let buffer = unsafe buffer, size > 0 else {
          return cff_error_invalid()
        }
        let source = unsafe Unmanaged<ByteSource>.fromOpaque(opaque).takeUnretainedValue()
        let got = unsafe source.read(
          into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)))
        if got == 0 { return cff_error_eof() }
        return got < 0 ? cff_error_io() : Int32(got)
      }, nil,
      { opaque, offset, whence in
        guard let opaque = unsafe opaque else { return Int64(cff_error_invalid()) }
        let source = unsafe Unmanaged<ByteSource>.fromOpaque(opaque).takeUnretainedValue()
        return source.seek(offset, whence: whence)
      })
    guard let context = unsafe context else {
      unsafe av_free(buffer)
      return nil
    }
    unsafe self.context = unsafe context
    self.source = source
  }

  deinit {
    var buffer: UnsafeMutableRawPointer? = unsafe UnsafeMutableRawPointer(context.pointee.buffer)
    unsafe av_freep(&buffer)
    var context: UnsafeMutablePointer<AVIOContext>? = unsafe context
    unsafe avio_context_free(&context)
  }
}

extension ByteSource {
  /// FFmpeg's seek callback: `whence` is `SEEK_SET`, `SEEK_CUR`, `SEEK_END` or `AVSEEK_SIZE`.
  fileprivate func seek(_ offset: Int64, whence: Int32) -> Int64 {
    let base: Int
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(count)
    case 0: base = 0
    case 1: base = position
    case 2: base = count
    default: return Int64(cff_error_invalid())
    }
    let (target, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, seek(to: target) else { return Int64(cff_error_invalid()) }
    return Int64(target)
  }
}
