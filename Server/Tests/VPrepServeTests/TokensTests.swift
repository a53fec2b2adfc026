import Testing

@testable import VPrepServe

@Suite("Bearer tokens")
struct TokensTests {
  @Test("A token of the file is accepted, and nothing else")
  func accept() throws {
    let tokens = try Tokens(
      lines: ["# ours", "", " 0123456789abcdef ", "fedcba9876543210"], file: "tokens")
    #expect(tokens.owner("Bearer 0123456789abcdef") != nil)
    #expect(tokens.owner("bearer fedcba9876543210") != nil)
    for text in ["Bearer 0123456789abcdeF", "Bearer # ours", "Bearer ", "Basic 0123456789abcdef"] {
      #expect(tokens.owner(text) == nil, "\(text)")
    }
    #expect(tokens.owner(nil) == nil)
  }

  @Test("A file without tokens, and a token that can be guessed, are refused")
  func refused() {
    #expect(throws: TokensError.self) { _ = try Tokens(lines: ["# none"], file: "tokens") }
    #expect(throws: TokensError.self) { _ = try Tokens(lines: ["short"], file: "tokens") }
  }
}
