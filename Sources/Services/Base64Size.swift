/// The size of a file after Base64 encoding with padding (RFC 4648, section 4).
public enum Base64Size {
  /// Characters that `bytes` raw bytes become: 4·⌈n/3⌉.
  ///
  /// A negative count is taken as 0; a count too large to encode gives `Int.max`.
  public static func encoded(_ bytes: Int) -> Int {
    let count = max(0, bytes)
    let groups = count / 3 + (count % 3 == 0 ? 0 : 1)
    let (characters, overflow) = groups.multipliedReportingOverflow(by: 4)
    return overflow ? Int.max : characters
  }

  /// The largest raw size in bytes whose encoding fits into `characters`.
  public static func largestRaw(within characters: Int) -> Int {
    max(0, characters) / 4 * 3
  }
}
