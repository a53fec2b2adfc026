import Testing

@testable import VPrepCLI

@Suite("A page of text")
struct TextPageTests {
  typealias Span = TextPage.Span

  let page = TextPage()

  private func lines(_ text: String, width: Int = 80) -> [String] {
    TextPage(width: width).lines(Span("name"), [Span(text)])
  }

  @Test("breaks lines at spaces and sets the text beside the names")
  func wraps() {
    let lines = lines(String(repeating: "word ", count: 30))
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("name     word") && lines[1].hasPrefix("         word"))
    #expect(lines.allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") })
    #expect(lines.joined(separator: " ").split(separator: " ").count == 31)
  }

  @Test("puts the text behind its name where it is narrow")
  func narrow() {
    let lines = lines(String(repeating: "word ", count: 12), width: 50)
    #expect(lines[0].hasPrefix("name word") && lines[1].hasPrefix("  word"))
    #expect(lines.allSatisfy { $0.count <= 50 })
  }

  @Test("is as wide as the terminal, but no line is too long to read or too short to hold a code")
  func bounds() {
    #expect(TextPage(width: 72).width == 72)
    #expect(TextPage(width: 300).width == 100)
    #expect(TextPage(width: 7).width == 40)
  }

  @Test("keeps a value beside its unit")
  func units() {
    let text = String(repeating: "a ", count: 30) + "is 30\u{A0}pixels"
    #expect(lines(text).last == "         30 pixels")
  }

  @Test("breaks a path that is longer than a line behind a slash")
  func paths() {
    let path = String(repeating: "folder/", count: 30) + "selfie.mp4"
    let lines = page.lines([Span(path)])
    #expect(lines.map { $0.dropFirst(9) }.joined() == path)
    #expect(lines.count == 4 && lines.dropLast().allSatisfy { $0.hasSuffix("/") })
  }

  @Test("leaves the middle out of a name that no line can hold")
  func names() {
    let lines = page.lines([Span("folder/" + String(repeating: "a", count: 200) + ".mp4")])
    #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 80 })
    #expect(lines[1].contains("…") && lines[1].hasSuffix("a.mp4"))
  }

  @Test("breaks Chinese between characters, not before a closing mark or after an opening one")
  func chinese() {
    let text = String(repeating: "请重新发送视频。（好）", count: 12)
    for width in 40...60 {
      let lines = TextPage(width: width).lines([Span(text)])
      let rows = lines.map { $0.drop { $0 == " " } }
      #expect(rows.joined() == text)
      #expect(
        lines.allSatisfy { $0.columns <= width && $0.columns > width - 6 || $0 == lines.last })
      #expect(rows.allSatisfy { !$0.hasPrefix("。") && !$0.hasPrefix("）") && !$0.hasSuffix("（") })
    }
  }

  @Test(
    "counts the columns that a terminal gives to a text",
    arguments: [
      ("plain", 5), ("视频", 4), ("ที่", 1), ("น้ำ", 2), ("é", 1), ("e\u{301}", 1), ("😀", 2), ("→ a", 3),
      ("한국", 4), ("１２", 4), ("480×640", 7), ("–", 1), ("…", 1), ("", 0),
    ])
  func columns(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test("keeps the end of a shortened text, and both ends of wide ones")
  func shortens() {
    let name = String(repeating: "folder/", count: 30) + "selfie.mp4"
    #expect(name.shortened(columns: 30).count == 30)
    #expect(name.shortened(columns: 30).hasSuffix("/selfie.mp4"))
    #expect("short".shortened(columns: 30) == "short")
    #expect(String(repeating: "视", count: 30).shortened(columns: 21).columns <= 21)
  }

  @Test("paints stretches without widening lines")
  func paints() {
    let spans: [Span] = [Span("fail", .red), Span(" CODE", .bold), Span(" value")]
    let plain = TextPage(color: false).lines(spans)
    let painted = TextPage(color: true).lines(spans)
    #expect(plain == ["         fail CODE value"])
    #expect(painted[0].contains("\u{1B}[31mfail\u{1B}[0m"))
    #expect(painted[0] == "         \u{1B}[31mfail\u{1B}[0m \u{1B}[1mCODE\u{1B}[0m value")
    #expect(painted[0].replacing(/\u{1B}\[\d+m/, with: "") == plain[0])
  }
}

@Suite("A terminal")
struct TerminalTests {
  private static func terminal(
    _ environment: [String: String] = [:], columns: Int? = 120, isInteractive: Bool = true
  ) -> Terminal {
    Terminal(isInteractive: isInteractive, columns: columns, environment: environment)
  }

  @Test("has the width that it says, another one by COLUMNS, and 80 columns if nobody says")
  func width() {
    #expect(Self.terminal().columns == 120)
    #expect(Self.terminal(["COLUMNS": "70"]).columns == 70)
    for invalid in ["", "0", "-3", "wide", "99999999999999999999", "80x"] {
      #expect(Self.terminal(["COLUMNS": invalid]).columns == 120)
    }
    #expect(Self.terminal(columns: nil).columns == 80)
    #expect(Self.terminal(columns: 0).columns == 80)
  }

  @Test("takes colours unless NO_COLOR, CLICOLOR=0 or TERM=dumb say otherwise")
  func colors() {
    #expect(Self.terminal().hasColor)
    #expect(Self.terminal(["NO_COLOR": ""]).hasColor)
    #expect(Self.terminal(["CLICOLOR": "1"]).hasColor)
    for off in [["NO_COLOR": "1"], ["CLICOLOR": "0"], ["TERM": "dumb"]] {
      #expect(!Self.terminal(off).hasColor)
    }
  }

  @Test("takes no colours as a pipe, except with CLICOLOR_FORCE, over which NO_COLOR wins")
  func pipes() {
    #expect(!Self.terminal(isInteractive: false).hasColor)
    #expect(!Self.terminal(["CLICOLOR_FORCE": "0"], isInteractive: false).hasColor)
    #expect(Self.terminal(["CLICOLOR_FORCE": "1"], isInteractive: false).hasColor)
    #expect(!Self.terminal(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).hasColor)
  }
}
