import Foundation
import Kernels
import Testing

@Suite("Base64")
struct Base64Tests {
  /// Bytes flush against a page that cannot be read.
  private func encoded(_ bytes: [UInt8], path: KernelPath = .active) -> String {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: bytes.count, height: 1)) { x, _ in bytes[x] }
    return plane.read { Base64.encode($0, path: path) }
  }

  /// RFC 4648, section 10.
  @Test(
    "the examples of the standard",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func examples(text: String, expected: String) {
    for path in KernelPath.available {
      #expect(encoded(Array(text.utf8), path: path) == expected)
    }
  }

  @Test("it agrees with Foundation at every length", arguments: KernelPath.available)
  func lengths(path: KernelPath) {
    var random = SeededRandom(1)
    for count in 0...260 {
      let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let expected = Data(bytes).base64EncodedString()
      #expect(encoded(bytes, path: path) == expected)
      #expect(Base64.encodedCount(count) == expected.utf8.count)
    }
  }

  @Test("every pair of neighbouring values is encoded", arguments: KernelPath.available)
  func allValues(path: KernelPath) {
    var bytes: [UInt8] = []
    for value in 0..<65_536 {
      bytes += [UInt8(value >> 8), UInt8(value & 255), UInt8(value >> 4 & 255)]
    }
    #expect(encoded(bytes, path: path) == Data(bytes).base64EncodedString())
  }
}
