/// Makes damaged and crafted clips out of sound ones.
///
/// The same seed and the same clip give the same mutant, so a number is all that a finding needs.
public struct Mutator {
  private var random: SeededGenerator

  /// What a mutator knows of its input.
  public enum Kind: String, CaseIterable, Sendable {
    /// Bytes alone.
    case bytes
    /// The container's elements; bytes where the container is not known.
    case structure
  }

  /// Makes a mutator whose choices follow from a number.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One mutant: a few changes, seldom many.
  ///
  /// - Parameter limit: the most bytes that it may have; what is longer is cut.
  public mutating func mutate(_ bytes: [UInt8], kind: Kind, limit: Int = .max) -> [UInt8] {
    let changes = random.once(in: 8) ? 4 + random.below(28) : 1 + random.below(4)
    var mutant: [UInt8]
    if kind == .structure, var container = ContainerMutation(bytes) {
      for _ in 0..<changes where container.byteEstimate <= limit { container.change(&random) }
      mutant = container.bytes
    } else {
      mutant = bytes
      for _ in 0..<changes { ByteMutation.change(&mutant, &random) }
      if random.once(in: 12), !mutant.isEmpty { ByteMutation.truncate(&mutant, &random) }
    }
    if mutant.count > limit { mutant.removeLast(mutant.count - limit) }
    return mutant
  }

  /// The clip taken apart and put together again; `nil` for a container that is not known.
  ///
  /// It is the clip itself, unless it holds a wrong checksum.
  public static func rewritten(_ bytes: [UInt8]) -> [UInt8]? { ContainerMutation(bytes)?.bytes }
}
