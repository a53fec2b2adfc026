import Crypto
import Foundation

/// The bearer tokens that are accepted.
///
/// Only their digests are kept, and they are compared in constant time.
struct Tokens: Sendable {
  private let digests: [SHA256.Digest]

  /// Reads a file with one token per line; blank lines and lines that begin with `#` are skipped.
  init(file: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try self.init(lines: text.split(whereSeparator: \.isNewline).map(String.init), file: file)
  }

  init(lines: [String], file: String) throws(TokensError) {
    let tokens = lines.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard !tokens.isEmpty else { throw TokensError(message: "\(file) holds no token") }
    guard tokens.allSatisfy({ $0.utf8.count >= Self.shortest }) else {
      throw TokensError(
        message: "\(file) holds a token of less than \(Self.shortest) characters")
    }
    digests = tokens.map { SHA256.hash(data: Data($0.utf8)) }
  }

  /// Fewest characters of a token: 16 random characters cannot be guessed over a network.
  private static let shortest = 16

  /// Whose token the value of the header `Authorization` names; `nil` if it names none that is accepted.
  func owner(_ authorization: String?) -> TokenOwner? {
    guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return nil }
    let token = authorization.dropFirst("bearer ".count).trimmingCharacters(in: .whitespaces)
    let digest = SHA256.hash(data: Data(token.utf8))
    // Each is compared, so that the time tells nothing.
    return digests.reduce(false) { found, known in (known == digest) || found }
      ? TokenOwner(digest: digest) : nil
  }
}

/// Who has sent a request, as far as its token tells.
struct TokenOwner: Sendable, Equatable {
  fileprivate let digest: SHA256.Digest
}

/// Why a file of tokens cannot be used.
struct TokensError: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
