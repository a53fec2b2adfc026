/// FNV-1a of 64 bits (Fowler, Noll and Vo): a digest of a few words that is the same in every process.
///
/// It guards against mistakes, not against forgery.
package struct StableHash: Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package init(_ text: String) { add(text.utf8) }

  package init(_ bytes: some Sequence<UInt8>) { add(bytes) }

  /// Adds the bytes of a text; the digest is that of all texts in a row.
  package mutating func add(_ text: String) { add(text.utf8) }

  private mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The low `count` hexadecimal digits.
  package func digits(_ count: Int) -> String {
    let text = String(value, radix: 16)
    return String((String(repeating: "0", count: 16) + text).suffix(count))
  }

  /// A number from 0 up to 1 that the digest decides; its bits are mixed as SplitMix64 ends.
  package var lot: Double {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }
}
