internal import Mutation

/// The changes to clips that libFuzzer asks for.
enum ClipMutation {
  /// One mutant of at most `limit` bytes.
  static func mutant(of clip: [UInt8], seed: UInt32, limit: Int) -> [UInt8] {
    var mutator = Mutator(seed: UInt64(seed))
    return mutator.mutate(clip, kind: seed % 4 == 1 ? .bytes : .structure, limit: limit)
  }
}
