import Testing

@testable import Services

@Suite("Digests of a few words")
struct StableHashTests {
  @Test("are FNV-1a's")
  func digest() {
    // From the test vectors of the algorithm's authors.
    #expect(StableHash("").digits(16) == "cbf29ce484222325")
    #expect(StableHash("foobar").digits(16) == "85944171f73967e8")
    #expect(StableHash("foobar").digits(8) == "f73967e8")
  }

  @Test("are the same for a text and for its parts in a row")
  func parts() {
    var parts = StableHash()
    parts.add("foo")
    parts.add("bar")
    #expect(parts.value == StableHash("foobar").value)
  }
}
