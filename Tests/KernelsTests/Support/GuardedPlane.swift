import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A plane whose last sample is the last before a page that cannot be touched.
///
/// A kernel that reads or writes past the end crashes the test; one that writes before the start or
/// between the rows is found by `guardsAreIntact`.
final class GuardedPlane<Sample: FixedWidthInteger & UnsignedInteger & Sendable> {
  let shape: PlaneShape
  private let mapping: UnsafeMutableRawPointer
  private let mappedBytes: Int
  private let front: UnsafeMutableBufferPointer<Sample>
  private let samples: UnsafeMutableBufferPointer<Sample>
  private let guardValue: Sample

  /// - Parameter guardValue: what lies around the samples at the start.
  init(_ shape: PlaneShape, guardValue: Sample = 0xA5) {
    self.shape = shape
    self.guardValue = guardValue
    let page = Int(getpagesize())
    let size = MemoryLayout<Sample>.stride
    let frontCount = 64
    let needed = (shape.requiredCount + frontCount) * size
    let usable = (needed + page - 1) / page * page
    mappedBytes = usable + page
    guard
      let start = mmap(
        nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      start != MAP_FAILED, mprotect(start + usable, page, PROT_NONE) == 0
    else { fatalError("no memory for a guarded plane") }
    mapping = start
    let end = (start + usable).assumingMemoryBound(to: Sample.self)
    let first = end - shape.requiredCount
    samples = UnsafeMutableBufferPointer(start: first, count: shape.requiredCount)
    front = UnsafeMutableBufferPointer(start: first - frontCount, count: frontCount)
    front.update(repeating: guardValue)
    samples.update(repeating: guardValue)
  }

  deinit {
    munmap(mapping, mappedBytes)
  }

  /// A plane filled from a function of the position.
  convenience init(
    _ shape: PlaneShape, guardValue: Sample = 0xA5, _ sample: (_ x: Int, _ y: Int) -> Sample
  ) {
    self.init(shape, guardValue: guardValue)
    for y in 0..<shape.height {
      for x in 0..<shape.width { self[x, y] = sample(x, y) }
    }
  }

  subscript(x: Int, y: Int) -> Sample {
    get { samples[y * shape.stride + x] }
    set { samples[y * shape.stride + x] = newValue }
  }

  var rows: [[Sample]] {
    (0..<shape.height).map { y in (0..<shape.width).map { x in self[x, y] } }
  }

  /// Whether everything before the plane and between its rows is as it was made.
  var guardsAreIntact: Bool {
    let gaps = (0..<max(shape.height - 1, 0)).allSatisfy { y in
      (shape.width..<shape.stride).allSatisfy { samples[y * shape.stride + $0] == guardValue }
    }
    return gaps && front.allSatisfy { $0 == guardValue }
  }

  func read<Result, Failure: Error>(
    _ body: (Span<Sample>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(samples).span)
  }

  func write<Result, Failure: Error>(
    _ body: (inout MutableSpan<Sample>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var span = samples.mutableSpan
    return try body(&span)
  }
}

extension GuardedPlane {
  /// A plane of seeded noise.
  static func noise(
    _ shape: PlaneShape, seed: UInt64, in range: ClosedRange<Sample> = .min ... .max
  ) -> GuardedPlane {
    var random = SeededRandom(seed)
    return GuardedPlane(shape) { _, _ in Sample.random(in: range, using: &random) }
  }

  /// A plane of the extreme values alone, in random order.
  static func extremes(_ shape: PlaneShape, seed: UInt64) -> GuardedPlane {
    var random = SeededRandom(seed)
    return GuardedPlane(shape) { _, _ in Bool.random(using: &random) ? .min : .max }
  }
}
