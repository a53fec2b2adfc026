/// Lines for a terminal of 80 columns: a narrow column of names, and wrapped text beside it.
struct TextPage {
  /// Columns of a line.
  static let width = 80
  /// Lines of a page.
  static let height = 24
  /// Columns before the text.
  static let indent = 9

  /// The colour of a span of text: codes of ECMA-48's SGR.
  enum Ink: String {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  /// A stretch of text in one ink.
  struct Span {
    var text: String
    var ink: Ink

    init(_ text: String, _ ink: Ink = .plain) {
      self.text = text
      self.ink = ink
    }
  }

  let color: Bool

  /// Lays out `spans` as lines, broken at spaces.
  ///
  /// - Parameters:
  ///   - name: printed before the first line.
  ///   - first: extra indentation of the first line, in columns.
  ///   - hanging: extra indentation of the following lines, in columns.
  ///   - most: the most lines; `…` marks what is cut off.
  func lines(
    _ name: String, _ spans: [Span], first: Int = 0, hanging: Int = 0, most: Int = .max
  ) -> [String] {
    var rows: [[Span]] = []
    var row: [Span] = []
    var used = 0
    for word in Self.words(spans) {
      let offset = rows.isEmpty ? first : hanging
      let room = Self.width - Self.indent - offset
      let length = Self.columns(word)
      if !row.isEmpty, used + 1 + length > room {
        rows.append(row)
        (row, used) = ([], 0)
      }
      let start = row.isEmpty ? 0 : used + 1
      if !row.isEmpty { row.append(Span(" ", word.first?.ink ?? .plain)) }
      let free = Self.width - Self.indent - (rows.isEmpty ? first : hanging)
      row += length > free ? [Self.shortened(word, to: free)] : word
      used = start + min(length, free)
    }
    rows.append(row)
    if rows.count > most, most > 0 {
      rows.removeSubrange(most...)
      let offset = most == 1 ? first : hanging
      rows[most - 1] = Self.cut(rows[most - 1], to: Self.width - Self.indent - offset)
    }
    return rows.enumerated().map { index, row in
      let head = index == 0 ? name : ""
      let left = Self.indent + (index == 0 ? first : hanging)
      return head + String(repeating: " ", count: max(1, left - head.count)) + paint(row)
    }
  }

  /// A text that fits `columns` columns, its middle left out where it does not.
  static func shortened(_ text: String, to columns: Int) -> String {
    guard Self.columns(text) > columns, columns > 1 else { return text }
    // The end tells a file from its neighbours, so it keeps a little more.
    let head = prefix(text, (columns - 1) * 2 / 5)
    let tail = String(prefix(String(text.reversed()), columns - 1 - Self.columns(head)).reversed())
    return head + "…" + tail
  }

  // MARK: - Pieces

  private static func words(_ spans: [Span]) -> [[Span]] {
    var words: [[Span]] = []
    var word: [Span] = []
    for span in spans {
      for (index, piece) in span.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0, !word.isEmpty {
          words.append(word)
          word = []
        }
        if !piece.isEmpty { word.append(Span(String(piece), span.ink)) }
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func shortened(_ word: [Span], to columns: Int) -> Span {
    Span(shortened(word.map(\.text).joined(), to: columns), word.first?.ink ?? .plain)
  }

  private static func cut(_ row: [Span], to columns: Int) -> [Span] {
    var row = row
    while Self.columns(row) > columns - 2, let last = row.popLast() {
      let room = columns - 2 - Self.columns(row)
      if room > 0 { row.append(Span(prefix(last.text, room), last.ink)) }
    }
    return row + [Span(" …", row.last?.ink ?? .plain)]
  }

  private func paint(_ row: [Span]) -> String {
    guard color else { return row.map(\.text).joined() }
    return row.map {
      $0.ink == .plain ? $0.text : "\u{1B}[\($0.ink.rawValue)m\($0.text)\u{1B}[0m"
    }.joined()
  }

  private static func prefix(_ text: String, _ columns: Int) -> String {
    var taken = ""
    var used = 0
    for character in text {
      used += width(of: character)
      if used > columns { break }
      taken.append(character)
    }
    return taken
  }

  private static func columns(_ spans: [Span]) -> Int {
    spans.reduce(0) { $0 + columns($1.text) }
  }

  private static func columns(_ text: String) -> Int {
    text.reduce(0) { $0 + width(of: $1) }
  }

  /// Columns that a terminal gives to a character: two to those of East Asian scripts and to emoji.
  ///
  /// Source: the wide ranges of Unicode's EastAsianWidth.txt, merged into large blocks.
  private static func width(of character: Character) -> Int {
    guard let value = character.unicodeScalars.first?.value else { return 0 }
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
