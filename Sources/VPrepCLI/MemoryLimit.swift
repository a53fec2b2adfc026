import CSandbox
import VPrep

/// The memory that the process may use by its own limits, such as those of `ulimit -v`.
enum MemoryLimit {
  /// Bytes without which no clip of a phone can be read: the face networks take 28 MB, pictures of
  /// 1080 × 1920 and threads the rest.
  private static let least: UInt64 = 128 << 20

  /// Says so where the limits leave too little for any clip: memory that is missing later on can end
  /// the process in the middle of a sentence.
  static func check() throws(VPrepError) {
    let left = cs_memory_left()
    guard left < least else { return }
    throw VPrepError(
      kind: .resourcesExhausted, stage: "open", file: "",
      message: "this process may use only \(left >> 20) MB more memory; reading a clip takes "
        + "\(least >> 20) MB",
      advice: "Allow more (ulimit -v).")
  }
}
