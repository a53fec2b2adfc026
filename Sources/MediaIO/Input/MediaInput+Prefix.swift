extension MediaInput {
  /// The first bytes, at most `count`; fewer where the input is shorter or cannot be read.
  package func prefix(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, byteCount)))
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe read(at: 0, into: $0) }
    return Array(bytes.prefix(max(0, got)))
  }
}
