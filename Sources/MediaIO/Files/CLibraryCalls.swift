#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The C library's `open`, `close`, `read` and `write`, for types whose own members hide those names:
/// the module that has them is called otherwise on every system.
enum CLibraryCalls {
  static func openPath(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
    unsafe open(path, flags, mode_t(mode))
  }

  static func closeDescriptor(_ number: Int32) { close(number) }

  static func readNext(_ number: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    unsafe read(number, buffer.baseAddress, buffer.count)
  }

  static func writeNext(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    unsafe write(number, bytes.baseAddress, bytes.count)
  }
}

extension stat {
  /// When the content was changed last.
  var contentChange: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }

  /// When anything about the file was changed last.
  var anyChange: timespec {
    #if canImport(Darwin)
      st_ctimespec
    #else
      st_ctim
    #endif
  }
}
