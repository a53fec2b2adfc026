/// The bytes of a model file: a copy of them, or the program's own where they stand.
package enum ModelBytes: Sendable {
  case copied([UInt8])
  case resident(ResidentBytes)

  var count: Int {
    switch self {
    case .copied(let bytes): bytes.count
    case .resident(let bytes): bytes.count
    }
  }

  /// The byte at an offset, which must be below `count`.
  subscript(offset: Int) -> UInt8 {
    switch self {
    case .copied(let bytes): bytes[offset]
    case .resident(let bytes): bytes[offset]
    }
  }

  /// Gives access to all of them.
  func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch self {
    case .copied(let bytes): try body(bytes.span)
    case .resident(let bytes): try bytes.withSpan(body)
    }
  }

  /// Numbers that can be used where they stand; `nil` when they must be copied.
  func floats(_ range: Range<Int>) -> UnsafePointer<Float>? {
    switch self {
    case .copied: nil
    case .resident(let bytes): unsafe bytes.floats(range)
    }
  }

  /// Gives memory back that the kernel can fill again.
  func release() {
    if case .resident(let bytes) = self { bytes.release() }
  }
}
