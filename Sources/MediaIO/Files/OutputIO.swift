internal import CFFmpeg

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Owner of the AVIO context through which FFmpeg writes an `OutputFile`, and nothing else.
///
/// FFmpeg is given no path: whatever an output is called, no other file and no network address can be
/// opened. Where it wants to read back what it wrote, it reads the same descriptor.
@safe struct OutputIO: ~Copyable {
  let context: UnsafeMutablePointer<AVIOContext>
  /// Kept alive as long as the callbacks may run.
  private let file: WrittenFile

  fileprivate static let bufferSize = 1 << 17

  /// Why a write failed; `nil` while none has.
  var failure: SystemError? { file.failure }

  init?(_ output: borrowing OutputFile) {
    guard let descriptor = try? output.descriptor() else { return nil }
    let file = WrittenFile(descriptor)
    let opaque = unsafe Unmanaged.passUnretained(file).toOpaque()
    guard let context = unsafe Self.makeContext(opaque, isWritten: true) else { return nil }
    unsafe self.context = unsafe context
    self.file = file
  }

  deinit { unsafe Self.free(context) }

  /// Lets `format` write here, and read here where it would open its output by name.
  ///
  /// The file is known by `pb`: whose messages a context carries stands in `opaque` (`LoggedErrors`).
  func attach(to format: UnsafeMutablePointer<AVFormatContext>) {
    unsafe format.pointee.pb = unsafe context
    unsafe format.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    unsafe format.pointee.io_open = { format, result, _, flags, _ in
      guard let opaque = unsafe format?.pointee.pb?.pointee.opaque, let result = unsafe result,
        flags & AVIO_FLAG_WRITE == 0
      else { return cff_error_access() }
      let file = unsafe Unmanaged<WrittenFile>.fromOpaque(opaque).takeUnretainedValue()
      let reader = unsafe Unmanaged.passRetained(WrittenFile(reading: file))
      guard let context = unsafe OutputIO.makeContext(reader.toOpaque(), isWritten: false) else {
        unsafe reader.release()
        return cff_error_no_memory()
      }
      unsafe result.pointee = unsafe context
      return 0
    }
    unsafe format.pointee.io_close2 = { _, context in
      guard let context = unsafe context else { return 0 }
      if let opaque = unsafe context.pointee.opaque {
        unsafe Unmanaged<WrittenFile>.fromOpaque(opaque).release()
      }
      unsafe OutputIO.free(context)
      return 0
    }
  }

  private static func makeContext(
    _ opaque: UnsafeMutableRawPointer, isWritten: Bool
  ) -> UnsafeMutablePointer<AVIOContext>? {
    guard let buffer = unsafe allocated(av_malloc(bufferSize)) else { return nil }
    let context = unsafe avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(bufferSize), isWritten ? 1 : 0, opaque,
      { opaque, buffer, size in
        guard let opaque = unsafe opaque, let buffer = unsafe buffer, size > 0 else {
          return cff_error_invalid()
        }
        let file = unsafe Unmanaged<WrittenFile>.fromOpaque(opaque).takeUnretainedValue()
        return unsafe file.read(UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)))
      },
      { opaque, buffer, size in
        guard let opaque = unsafe opaque, let buffer = unsafe buffer, size >= 0 else {
          return cff_error_invalid()
        }
        let file = unsafe Unmanaged<WrittenFile>.fromOpaque(opaque).takeUnretainedValue()
        return unsafe file.write(UnsafeRawBufferPointer(start: buffer, count: Int(size)))
      },
      { opaque, offset, whence in
        guard let opaque = unsafe opaque else { return Int64(cff_error_invalid()) }
        let file = unsafe Unmanaged<WrittenFile>.fromOpaque(opaque).takeUnretainedValue()
        return file.seek(offset, whence: whence)
      })
    if unsafe context == nil { unsafe av_free(buffer) }
    // Without this every packet would be a call of the kernel.
    unsafe context?.pointee.min_packet_size = Int32(bufferSize)
    return unsafe context
  }

  private static func free(_ context: UnsafeMutablePointer<AVIOContext>) {
    var buffer: UnsafeMutableRawPointer? = unsafe UnsafeMutableRawPointer(context.pointee.buffer)
    unsafe av_freep(&buffer)
    var context: UnsafeMutablePointer<AVIOContext>? = unsafe context
    unsafe avio_context_free(&context)
  }
}

/// An open output and FFmpeg's place in it.
private final class WrittenFile {
  private let descriptor: SharedDescriptor
  private var position = 0
  private(set) var failure: SystemError?

  init(_ descriptor: consuming FileDescriptor) {
    self.descriptor = SharedDescriptor(descriptor)
  }

  /// A second place in the same file.
  init(reading file: WrittenFile) { descriptor = file.descriptor }

  /// Writes on; returns the bytes written, or a negative error.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    do throws(SystemError) {
      // What comes after a failure would only hide a hole.
      if let failure { throw failure }
      try unsafe descriptor.value.write(bytes, at: position)
      position += bytes.count
      return Int32(bytes.count)
    } catch {
      failure = error
      return -error.code
    }
  }

  /// Reads on; returns the bytes read, or a negative error, the end among them.
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int32 {
    do throws(SystemError) {
      let got = try unsafe descriptor.value.read(into: buffer, at: position)
      position += got
      return got == 0 ? cff_error_eof() : Int32(got)
    } catch {
      return -error.code
    }
  }

  /// FFmpeg's seek callback: `whence` is `SEEK_SET`, `SEEK_CUR`, `SEEK_END` or `AVSEEK_SIZE`.
  func seek(_ offset: Int64, whence: Int32) -> Int64 {
    let end = FileStatus(descriptor.value)?.byteCount ?? 0
    let base: Int
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(end)
    case 0: base = 0
    case 1: base = position
    case 2: base = end
    default: return Int64(cff_error_invalid())
    }
    let (place, overflow) = base.addingReportingOverflow(Int(offset))
    guard !overflow, place >= 0 else { return Int64(cff_error_invalid()) }
    position = place
    return Int64(place)
  }
}

/// A descriptor with several users.
private final class SharedDescriptor {
  let value: FileDescriptor

  init(_ value: consuming FileDescriptor) { self.value = value }
}
