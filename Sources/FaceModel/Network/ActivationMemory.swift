internal import Synchronization

/// A block of memory in which networks that run in turn keep their input and their activations.
///
/// What a network leaves there is worth nothing once it has run: its outputs stand elsewhere. So
/// networks can share a block; two that run at the same time wait for each other.
package final class ActivationMemory: Sendable {
  private let arena: Mutex<FloatArena>
  /// Elements of the block.
  let count: Int

  /// Elements that the largest of the networks needs, which is the one of hand landmarks.
  static let largestCount = 1_053_744

  /// Memory in which each of the networks can run; what of it they do not use takes no memory.
  package convenience init() throws(ModelError) {
    try self.init(count: Self.largestCount, file: "the networks")
  }

  init(count: Int, file: String) throws(ModelError) {
    arena = Mutex(try FloatArena(counts: [count], file: file))
    self.count = count
  }

  /// Gives the block, its buffer 0, to one user at a time.
  func use<Failure: Error>(
    _ body: (inout FloatArena) throws(Failure) -> Void
  ) throws(Failure) {
    try arena.withLock { (arena) throws(Failure) in try body(&arena) }
  }
}
