import Testing

@testable import FaceModel

/// Source of the vectors: NIST, "Secure Hash Standard" examples and CAVP SHA256ShortMsg.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func standardMessages(_ message: String, _ digest: String) {
    #expect(SHA256(Array(message.utf8)).hexadecimal == digest)
    #expect(SHA256(Array(message.utf8), portable: true).hexadecimal == digest)
  }

  @Test func aMillionLetters() {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256(message).hexadecimal
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func specialInstructionsGiveTheSame() {
    var state: UInt32 = 7
    let message = (0..<10_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    for length in [0, 63, 64, 65, 1000, 9999] {
      let part = Array(message[..<length])
      #expect(SHA256(part) == SHA256(part, portable: true))
    }
  }

  @Test func paddingFitsEveryLength() {
    // Around a block's end the length takes another block; no two messages may collide.
    let digests = (0...130).map { SHA256([UInt8](repeating: 0, count: $0)).hexadecimal }
    #expect(Set(digests).count == digests.count)
  }
}
