internal import CModels
internal import CXNNPACK

/// Bytes that are part of the program and stay where they are for as long as it runs.
///
/// Any thread may read them, since nobody ever writes them.
@safe package struct ResidentBytes: @unchecked Sendable {
  private let buffer: UnsafeRawBufferPointer

  /// - Parameter buffer: constants of the program, never freed and never written.
  @unsafe init(constants buffer: UnsafeRawBufferPointer) { unsafe self.buffer = buffer }

  /// Bytes after a tensor that XNNPACK may read without using them.
  private static let spare = Int(XNN_EXTRA_BYTES)

  var count: Int { unsafe buffer.count }

  /// The byte at an offset, which must be below `count`.
  subscript(offset: Int) -> UInt8 {
    precondition(unsafe buffer.indices.contains(offset))
    return unsafe buffer[offset]
  }

  /// Gives access to all bytes.
  func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe buffer.assumingMemoryBound(to: UInt8.self)
    return try unsafe body(bytes.span)
  }

  /// The numbers in a range of bytes, used in place.
  ///
  /// - Returns: `nil` if they must be copied: they are not aligned, bytes are missing, or this
  ///   machine is not little-endian like the file.
  func floats(_ range: Range<Int>) -> UnsafePointer<Float>? {
    guard UInt16(1).littleEndian == 1, range.lowerBound >= 0,
      unsafe range.upperBound <= buffer.count - Self.spare, let base = unsafe buffer.baseAddress
    else { return nil }
    let start = unsafe base + range.lowerBound
    guard UInt(bitPattern: start) % UInt(MemoryLayout<Float>.alignment) == 0 else { return nil }
    return unsafe start.assumingMemoryBound(to: Float.self)
  }

  /// Gives the memory back: the kernel reads the bytes from the program's file when they are needed
  /// again.
  func release() {
    unsafe vprep_release_constants(buffer.baseAddress, buffer.count)
  }
}
