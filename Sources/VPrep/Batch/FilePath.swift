/// A path or a name as the file system compares it: byte by byte.
///
/// Swift's texts are equal when they look alike: one name may be spelled with a composed letter and
/// another with its parts (Unicode's NFC and NFD), and both files exist.
struct FilePath: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (one: Self, other: Self) -> Bool { one.text.utf8.elementsEqual(other.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
