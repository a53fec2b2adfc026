internal import CFFmpeg

/// Owner of the AVIO context through which FFmpeg reads a `MediaInput`, and nothing else.
///
/// There is no protocol behind it: whatever a file asks for, no second file and no network address
/// can be opened.
@safe struct InputIO: ~Copyable {
  let context: UnsafeMutablePointer<AVIOContext>
  /// Kept alive as long as the callbacks may run.
  private let cursor: Cursor

  private static let bufferSize = 1 << 17

  /// Size of the input in bytes.
  var byteCount: Int { cursor.byteCount }

  init?(_ input: MediaInput) {
    guard let buffer = unsafe av_malloc(Self.bufferSize) else { return nil }
    let cursor = Cursor(input)
    let opaque = unsafe Unmanaged.passUnretained(cursor).toOpaque()
    let context = unsafe avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 0, opaque,
      { opaque, buffer, size in
        guard let opaque = unsafe opaque, let buffer = unsafe buffer, size > 0 else {
          return cff_error_invalid()
        }
        let cursor = unsafe Unmanaged<Cursor>.fromOpaque(opaque).takeUnretainedValue()
        let got = unsafe cursor.read(
          into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)))
        if got == 0 { return cff_error_eof() }
        return got < 0 ? cff_error_io() : Int32(got)
      }, nil,
      { opaque, offset, whence in
        guard let opaque = unsafe opaque else { return Int64(cff_error_invalid()) }
        let cursor = unsafe Unmanaged<Cursor>.fromOpaque(opaque).takeUnretainedValue()
        return cursor.seek(offset, whence: whence)
      })
    guard let context = unsafe context else {
      unsafe av_free(buffer)
      return nil
    }
    unsafe self.context = unsafe context
    self.cursor = cursor
  }

  deinit {
    var buffer: UnsafeMutableRawPointer? = unsafe UnsafeMutableRawPointer(context.pointee.buffer)
    unsafe av_freep(&buffer)
    var context: UnsafeMutablePointer<AVIOContext>? = unsafe context
    unsafe avio_context_free(&context)
  }
}

/// One reader's place in an input.
private final class Cursor {
  private let input: MediaInput
  private var position = 0
  var byteCount: Int { input.byteCount }

  init(_ input: MediaInput) { self.input = input }

  /// Reads on; returns the bytes read, 0 at the end, negative on an I/O error.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let got = unsafe input.read(at: position, into: buffer)
    if got > 0 { position += got }
    return got
  }

  /// FFmpeg's seek callback: `whence` is `SEEK_SET`, `SEEK_CUR`, `SEEK_END` or `AVSEEK_SIZE`.
  func seek(_ offset: Int64, whence: Int32) -> Int64 {
    let base: Int
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(input.byteCount)
    case 0: base = 0
    case 1: base = position
    case 2: base = input.byteCount
    default: return Int64(cff_error_invalid())
    }
    let (target, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, (0...input.byteCount).contains(target) else {
      return Int64(cff_error_invalid())
    }
    position = target
    return Int64(target)
  }
}
