import Foundation
import Testing

@testable import VPrepServe

@Suite("The page's words")
struct WordsTests {
  private struct Catalogue: Decodable {
    let language: String
    let name: String
    let direction: String
    let words: [String: String]
  }

  private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
  private static let page = root.appending(path: "Server/Sources/VPrepServe/Page")

  private static func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
  }

  private static func catalogues() throws -> [Catalogue] {
    try names(in: page).filter { $0.hasPrefix("words.") && $0.hasSuffix(".json") }.map {
      try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: page.appending(path: $0)))
    }
  }

  /// The blanks of a text, such as `{seconds}`.
  private static func blanks(_ text: String) -> [String] {
    text.matches(of: /\{\w+\}/).map { String($0.output) }.sorted()
  }

  @Test("There are words for each language of the advice, and for English")
  func languages() throws {
    let advised = try Self.names(in: Self.root.appending(path: "Advice")).map {
      String($0.dropLast(".json".count))
    }
    #expect(Set(try Self.catalogues().map(\.language)) == Set(advised + ["en"]))
  }

  @Test("Each language has each word, with the same blanks")
  func complete() throws {
    let catalogues = try Self.catalogues()
    let english = try #require(catalogues.first { $0.language == "en" })
    for other in catalogues {
      #expect(Set(other.words.keys) == Set(english.words.keys), "\(other.language)")
      for (name, text) in english.words {
        let said = other.words[name] ?? ""
        #expect(!said.isEmpty, "\(other.language): \(name)")
        #expect(Self.blanks(said) == Self.blanks(text), "\(other.language): \(name)")
      }
      #expect(["ltr", "rtl"].contains(other.direction))
    }
  }

  @Test("The page offers these languages by their names, and its text is the English one")
  func page() throws {
    let html = try String(contentsOf: Self.page.appending(path: "index.html"), encoding: .utf8)
    let catalogues = try Self.catalogues()
    let english = try #require(catalogues.first { $0.language == "en" }).words
    for other in catalogues {
      let option = "<option value=\"\(other.language)\" lang=\"\(other.language)\">\(other.name)<"
      #expect(html.contains(option))
    }
    let texts = html.matches(of: /data-word="(\w+)"[^>]*>([^<]*)</)
    #expect(texts.count > 10)
    for text in texts {
      let said = english[String(text.1)]?.replacing("{seconds}", with: "3")
      #expect(said == String(text.2))
    }
  }

  @Test("Every word that the scripts ask for is there, and no other is")
  func used() throws {
    let english = try #require(try Self.catalogues().first { $0.language == "en" }).words
    var sources = ""
    for name in try Self.names(in: Self.page) where name.hasSuffix(".js") || name == "index.html" {
      sources += try String(contentsOf: Self.page.appending(path: name), encoding: .utf8)
    }
    // Those of an outcome and of a severity are named by the report.
    for name in english.keys where !name.hasPrefix("outcome.") && !name.hasPrefix("severity.") {
      #expect(sources.contains("\"\(name)\""), "\(name)")
    }
    for asked in sources.matches(of: /word\("([\w.]+)"/) {
      #expect(english[String(asked.1)] != nil, "\(asked.1)")
    }
  }
}
