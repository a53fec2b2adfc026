internal import CXNNPACK

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The one owner of an aligned block of floats that XNNPACK may read a little beyond.
///
/// Holds several buffers one after another, each on a 64-byte boundary and followed by at least
/// `XNN_EXTRA_BYTES` spare bytes, which XNNPACK's kernels may read.
///
/// It may change its thread, because it alone owns the memory; writing needs exclusive access.
@safe struct FloatArena: ~Copyable, @unchecked Sendable {
  private let memory: UnsafeMutableBufferPointer<Float>
  /// What was allocated, in which `memory` begins on a boundary.
  private let allocation: UnsafeMutableRawPointer
  /// First element of each buffer.
  private let starts: [Int]
  /// Elements of each buffer.
  private let counts: [Int]

  /// Elements in 64 bytes.
  private static let alignment = 16

  /// Elements that may be read after a buffer.
  private static let spare = Int(XNN_EXTRA_BYTES) / MemoryLayout<Float>.stride

  /// Elements from a buffer of `count` elements to the next: its own, the spare ones, rounded up.
  static func stride(of count: Int) -> Int {
    (count + spare + alignment - 1) / alignment * alignment
  }

  /// Allocates zeroed buffers; `file` names the model in an error.
  init(counts: [Int], file: String) throws(ModelError) {
    var starts: [Int] = []
    var total = 0
    for count in counts {
      starts.append(total)
      total += Self.stride(of: count)
    }
    let byteCount = max(1, total) * MemoryLayout<Float>.stride
    let boundary = Self.alignment * MemoryLayout<Float>.stride
    // Swift's own allocation ends the process where there is no memory. Pages that the kernel hands out
    // zeroed are not touched here: what nobody uses of a large arena takes no memory.
    guard let allocation = unsafe calloc(1, byteCount + boundary) else {
      throw ModelError(.outOfMemory, file: file, "no memory for \(byteCount) bytes")
    }
    let bytes = unsafe UnsafeMutableRawBufferPointer(
      start: allocation.alignedUp(toMultipleOf: boundary), count: byteCount)
    unsafe memory = bytes.bindMemory(to: Float.self)
    unsafe self.allocation = allocation
    self.starts = starts
    self.counts = counts
  }

  deinit { unsafe free(allocation) }

  /// Elements of a buffer.
  func count(_ buffer: Int) -> Int { counts[buffer] }

  /// The address of an element of a buffer, valid as long as the arena.
  func address(_ buffer: Int, offset: Int = 0) -> UnsafeMutablePointer<Float>? {
    precondition(offset >= 0 && offset <= counts[buffer])
    guard let base = unsafe memory.baseAddress else { return nil }
    return unsafe base + starts[buffer] + offset
  }

  func withSpan<Result, Failure: Error>(
    _ buffer: Int, _ body: (Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = starts[buffer]
    let slice = unsafe UnsafeMutableBufferPointer(
      rebasing: memory[start..<(start + counts[buffer])])
    return try unsafe body(slice.span)
  }

  /// Gives access to a part of a buffer; all of it by default.
  mutating func withMutableSpan<Result, Failure: Error>(
    _ buffer: Int, _ range: Range<Int>? = nil,
    _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = range ?? 0..<counts[buffer]
    precondition(range.lowerBound >= 0 && range.upperBound <= counts[buffer])
    let start = starts[buffer]
    let slice = unsafe UnsafeMutableBufferPointer(
      rebasing: memory[(start + range.lowerBound)..<(start + range.upperBound)])
    var span = unsafe slice.mutableSpan
    return try body(&span)
  }
}
