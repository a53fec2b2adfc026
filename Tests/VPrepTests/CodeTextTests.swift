import Testing

@testable import Services
@testable import VPrep
@testable import VPrepCLI

@Suite("The explanation of a code")
struct CodeTextTests {
  private static func text(_ listing: [CodeListing], width: Int = 80) -> String {
    CodeText(listing, page: TextPage(width: width)).text
  }

  @Test("says what it means, its rules with limits and sources, and all advice, at every width")
  func complete() {
    let widths = TextReportTests.widths
    for (index, listing) in CodeCatalog.listing().enumerated() {
      for width in [widths[index % widths.count]] {
        let text = Self.text([listing], width: width)
        #expect(text.split(separator: "\n").allSatisfy { String($0).columns <= width })
        let flat = TextReportTests.flat(text)
        var parts = [listing.code.code, listing.code.meaning, listing.code.provider.rawValue]
        parts += listing.rules.flatMap { rule in
          [rule.measure, rule.summary]
            + [rule.warn, rule.fail].compactMap { $0 }.flatMap {
              [$0.text, "\($0.provenance.rawValue): \($0.source)"]
            }
        }
        parts += (listing.rules.flatMap(\.advice) + listing.refusals).flatMap {
          [$0.text, "(\($0.id.rawValue), \($0.remedy.rawValue))"]
        }
        for part in parts where !flat.contains(TextReportTests.flat(part)) {
          Issue.record("\(listing.code.code) at \(width) columns does not say \"\(part)\"")
        }
      }
    }
  }

  @Test("says once what the words for sources mean, and only those that were used")
  func legend() {
    let text = TextReportTests.flat(Self.text(CodeCatalog.find("SilentTooShort", of: .tencent)))
    #expect(text.split(separator: "documented: the service states").count == 2)
    #expect(!text.contains("carried: the limit"))
  }

  @Test("says the advice in the language asked for")
  func language() throws {
    let catalogue = try #require(AdviceCatalogue.speaking("zh"))
    let listing = CodeCatalog.find("SilentMultiFaceFail").map { $0.translated(by: catalogue) }
    #expect(Self.text(listing).contains(catalogue.sentence(.beAlone)))
  }
}

@Suite("A suggestion for a misspelt word")
struct SuggestionTests {
  private static func message(_ line: String, _ text: String) -> String {
    let words = line.split(separator: " ").map(String.init)
    return Suggestion(for: words).added(to: text, arguments: words)
  }

  @Test(
    "names the command or the option that was meant",
    arguments: [
      ("chek clip.mp4", "check"), ("porbe clip.mp4", "probe"), ("help bacth", "batch"),
      ("check clip.mp4 --provder tencent", "--provider"), ("check x --mdoe=lip", "--mode"),
      ("fit x -o y --provider megvii --maxbytes 6MB", "--max-bytes"), ("explian A", "explain"),
    ])
  func near(line: String, meant: String) {
    #expect(Self.message(line, "Error: What is wrong").contains("Did you mean '\(meant)'"))
  }

  @Test("is not given for words that are right or near nothing, nor twice")
  func none() {
    for line in [
      "check clip.mp4 --provider tencent --json", "check x -- --provder", "check",
      "check x --xylophone", "",
    ] {
      #expect(Self.message(line, "Error: What is wrong\nUsage") == "Error: What is wrong\nUsage")
    }
    let own = "Error: Unknown option '--mdoe'. Did you mean '--mode'?"
    #expect(Self.message("check x --mdoe lip", own) == own)
  }

  @Test("says that there is no such command")
  func command() {
    #expect(
      Self.message("chek x", "Error: 2 unexpected arguments\nUsage")
        == "Error: There is no command 'chek'. Did you mean 'check'?\nUsage")
    #expect(
      Self.message("xylophone", "1 unexpected argument") == "There is no command 'xylophone'.")
  }

  @Test("passes nothing from the command line to the terminal")
  func controls() {
    let name = "a\u{1B}]52;c;evil\u{7}\nb"
    let text = Suggestion(for: [name]).added(to: "Error: Unexpected '\(name)'", arguments: [name])
    #expect(!text.contains("\u{1B}") && !text.contains("\n"))
  }
}

@Suite("A number of bytes as people write it")
struct ByteCountTests {
  @Test(
    "may have a unit",
    arguments: [
      ("6000000", 6_000_000), ("6MB", 6_000_000), ("6 mb", 6_000_000), ("6M", 6_000_000),
      ("6MiB", 6_291_456), ("500k", 500_000), ("500kB", 500_000), ("500KiB", 512_000),
      ("5.5MB", 5_500_000), ("0.5Mi", 524_288), ("1G", 1_000_000_000), ("1", 1), ("12B", 12),
      ("1.5", 1),
    ])
  func units(text: String, bytes: Int) {
    #expect(ByteCount(text)?.value == bytes)
  }

  @Test(
    "is refused where it is none",
    arguments: [
      "", "MB", "-6MB", "0", "0.5", "6 MB MB", "6X", "6e6", "nan", "inf", "1.2.3", "99999999999G",
      "６MB", "+6", "0x10",
    ])
  func refused(text: String) {
    #expect(ByteCount(text) == nil)
  }

  @Test("can be an input limit")
  func limits() throws {
    var limits = InputLimits()
    try limits.set("bytes=6MB,pixels=4000000")
    #expect(limits[.bytes] == 6_000_000)
    #expect(throws: VPrepError.self) { try limits.set("pixels=4M") }
  }
}
