/// One piece of work that is timed.
public struct Workload: Sendable {
  /// Its name; those of kernels end with the code path.
  public let name: String
  /// Makes everything that the work needs, and returns the work.
  public let prepare: @Sendable () throws -> () throws -> Void

  init(_ name: String, _ prepare: @escaping @Sendable () throws -> () throws -> Void) {
    self.name = name
    self.prepare = prepare
  }

  /// Everything that is timed: kernels first, then stages.
  public static var all: [Workload] { kernels + networks + stages }
}

/// Keeps the compiler from leaving out what computes `value`.
@inline(never) @_optimize(none)
func keep<T>(_ value: T) {}

/// Noise that is the same in every run (xorshift, Marsaglia 2003).
struct Noise {
  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  static func bytes(_ count: Int) -> [UInt8] {
    var noise = Noise()
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: noise.next() >> 24) }
  }

  /// Samples of 10 bits.
  static func words(_ count: Int) -> [UInt16] {
    var noise = Noise()
    return (0..<count).map { _ in UInt16(truncatingIfNeeded: noise.next() >> 24) & 1023 }
  }
}
