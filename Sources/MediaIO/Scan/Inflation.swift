internal import CZlib

/// How much compressed data unfolds to, found out in constant memory and no further than asked.
enum Inflation {
  /// The bytes that zlib data unfolds to, no more than `limit`; `nil` when it is damaged or longer.
  static func bytes(of data: Span<UInt8>, atMost limit: Int) -> [UInt8]? {
    guard var stream = InflatingStream() else { return nil }
    var bytes: [UInt8] = []
    let isWhole = stream.add(data) { chunk in
      guard bytes.count + chunk.count <= limit else { return false }
      for index in chunk.indices { bytes.append(chunk[index]) }
      return true
    }
    return isWhole ? bytes : nil
  }
}

/// Owner of a zlib stream that is unfolded piece by piece.
@safe struct InflatingStream: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>
  private var output = [UInt8](repeating: 0, count: 1 << 15)
  /// Bytes that came out so far.
  private(set) var count = 0

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Unfolds the next piece and gives what comes out to `body`, until that says no.
  ///
  /// Returns `false` when `body` said no or the data is damaged.
  mutating func add(_ data: Span<UInt8>, _ body: (Span<UInt8>) -> Bool) -> Bool {
    unsafe data.withUnsafeBufferPointer { input in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
      let capacity = output.count
      while true {
        let (code, got) = unsafe output.withUnsafeMutableBufferPointer { buffer in
          unsafe stream.pointee.next_out = buffer.baseAddress
          unsafe stream.pointee.avail_out = UInt32(capacity)
          let code = unsafe inflate(stream, Z_NO_FLUSH)
          return (code, capacity - (unsafe Int(stream.pointee.avail_out)))
        }
        count += got
        // Nothing left to do is an error to zlib and none here.
        if code == Z_BUF_ERROR { return true }
        guard code == Z_OK || code == Z_STREAM_END,
          body(output.span.extracting(0..<got))
        else { return false }
        if code == Z_STREAM_END { return true }
      }
    }
  }
}

extension InflatingStream {
  /// `nil` when memory is short.
  init?() {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit_(stream, ZLIB_VERSION, size) == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
    unsafe self.init(stream: stream)
  }
}
