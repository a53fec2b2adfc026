import Glibc
import Hummingbird
import NIOCore

/// A file that is held open; its name may be gone.
final class OpenFile: Sendable {
  private let descriptor: Int32
  let count: Int

  /// `nil` if there is no such file.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  private static let blockSize = 1 << 18

  /// Writes all of it to a response.
  func write(to writer: inout any ResponseBodyWriter) async throws {
    var position = 0
    while position < count {
      let size = min(Self.blockSize, count - position)
      var buffer = ByteBufferAllocator().buffer(capacity: size)
      let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { bytes in
        max(0, pread(descriptor, bytes.baseAddress, size, off_t(position)))
      }
      // A regular file that nobody writes to has its size.
      guard got > 0 else { throw CancellationError() }
      position += got
      try await writer.write(buffer)
    }
  }
}
