internal import CFFmpeg

/// Owner of the AVIO context through which FFmpeg reads a `MediaInput`, and nothing else.
///
/// It has no protocol, so no second file and no network address can be opened, whatever a file asks
/// for. It reads no more than the limits allow, and nothing after the time limit.
@safe struct InputIO: ~Copyable {
  let context: UnsafeMutablePointer<AVIOContext>
  /// Kept alive as long as the callbacks may run.
  private let cursor: Cursor

  private static let bufferSize = 1 << 17

  /// Size of the input in bytes.
  var byteCount: Int { cursor.byteCount }

  init?(_ input: MediaInput, limits: InputLimits, watchdog: Watchdog) {
    guard let buffer = unsafe allocated(av_malloc(Self.bufferSize)) else { return nil }
    let cursor = Cursor(input, limits: limits, watchdog: watchdog)
    let opaque = unsafe Unmanaged.passUnretained(cursor).toOpaque()
    let context = unsafe avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 0, opaque,
      { opaque, buffer, size in
        guard let opaque = unsafe opaque, let buffer = unsafe buffer, size > 0 else {
          return cff_error_invalid()
        }
        let cursor = unsafe Unmanaged<Cursor>.fromOpaque(opaque).takeUnretainedValue()
        guard cursor.mayRead() else { return cff_error_exit() }
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

  /// Allows no more than `bytes` until the next call of this or of `reachedPacket`.
  func allow(_ bytes: Int) { cursor.allow(bytes) }

  /// Says that a packet was found: the search for the next one may read as much again.
  func reachedPacket() { cursor.allow(nil) }

  /// Throws when the limits have ended the reading.
  func check(_ stage: MediaError.Stage) throws(MediaError) { try cursor.check(stage) }
}

/// One reader's place in an input.
private final class Cursor {
  private let input: MediaInput
  private let limits: InputLimits
  private let watchdog: Watchdog
  private var position = 0
  /// Bytes that were read, again and again where they were read again.
  private var total = 0
  /// `total` when the search for a packet began, and what it may become before one is found.
  private var searchStart = 0
  private var nextStop: Int
  private var exceeded: MediaError?
  var byteCount: Int { input.byteCount }

  init(_ input: MediaInput, limits: InputLimits, watchdog: Watchdog) {
    self.input = input
    self.limits = limits
    self.watchdog = watchdog
    nextStop = Self.search(limits)
  }

  /// What may be read to find one packet: a damaged file is searched byte by byte, and no packet of a
  /// camera is half as large as one allocation may be.
  private static func search(_ limits: InputLimits) -> Int { limits.allocation / 2 }

  func allow(_ bytes: Int?) {
    searchStart = total
    let (stop, overflow) = total.addingReportingOverflow(bytes ?? Self.search(limits))
    nextStop = overflow ? .max : stop
  }

  /// Whether the limits allow one more read.
  func mayRead() -> Bool {
    guard exceeded == nil, !watchdog.shouldStop else { return false }
    if total > limits.bytesRead {
      exceeded = limits.exceeded(
        "reading it takes more than \(limits.bytesRead) bytes", file: input.name, stage: .demux)
    } else if total > nextStop {
      exceeded = MediaError(
        .demux, file: input.name, cause: .limitExceeded,
        detail: "\(total - searchStart) bytes were read without finding video or audio",
        advice: "The file is damaged or incomplete; record the clip again.")
    }
    return exceeded == nil
  }

  func check(_ stage: MediaError.Stage) throws(MediaError) {
    if let exceeded { throw exceeded }
  }

  /// Reads on; returns the bytes read, 0 at the end, negative on an I/O error.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let got = unsafe input.read(at: position, into: buffer)
    if got > 0 {
      position += got
      total += got
    }
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
