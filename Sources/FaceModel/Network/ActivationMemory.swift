/// A block of memory in which networks that run in turn keep their input and their activations.
///
/// What a network leaves there is worth nothing once it has run: its outputs stand elsewhere. So the
/// networks of one owner can share a block, as long as no two of them run at the same time.
@safe package final class ActivationMemory: @unchecked Sendable {
  private var arena: FloatArena
  /// Elements of the block.
  let count: Int

  init(count: Int, file: String) throws(ModelError) {
    arena = try FloatArena(counts: [count], file: file)
    self.count = count
  }

  /// The address of an element, valid as long as the memory.
  func address(offset: Int) -> UnsafeMutablePointer<Float>? {
    unsafe arena.address(0, offset: offset)
  }

  /// Gives access to a part of the block.
  func withMutableSpan<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try arena.withMutableSpan(0, range, body)
  }
}
