/// Lines for people: a narrow column of names, and text beside it that is broken between words.
struct TextPage: Sendable {
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

  /// Columns of a line.
  var width: Int
  /// Whether inks are written.
  let color: Bool

  /// - Parameter width: columns of the terminal. Longer lines than 100 columns are hard to read, and
  ///   shorter ones than 40 hold no code.
  init(width: Int = 80, color: Bool = false) {
    self.width = min(max(width, 40), 100)
    self.color = color
  }

  /// A page for a stream.
  init(_ terminal: Terminal) { self.init(width: terminal.columns, color: terminal.hasColor) }

  /// Columns of the names; on a narrow page the text begins behind its name.
  var margin: Int { width < 60 ? 2 : 9 }

  /// Lays out a text as lines.
  ///
  /// A line is broken at a space that is no no-break space, or between two East Asian characters. Only a word that is longer than
  /// a line, such as a path, is broken behind a slash; a name in it that is longer still has its middle
  /// left out.
  ///
  /// - Parameters:
  ///   - name: stands before the first line.
  ///   - spans: the text.
  ///   - indent: columns before the text; `nil` for the column of the names.
  func lines(_ name: Span, _ spans: [Span], indent: Int? = nil) -> [String] {
    let left = indent ?? margin
    let first = max(left, name.text.isEmpty ? 0 : name.text.columns + 1)
    var rows: [[Span]] = [[]]
    var used = first
    var isFresh = true
    for word in words(spans, room: width - left) {
      let gap = isFresh || !word.isSpaced ? 0 : 1
      if !isFresh, used + gap + word.columns > width {
        rows.append([])
        (used, isFresh) = (left, true)
      } else if gap == 1 {
        rows[rows.count - 1].append(Span(" ", Self.between(rows.last?.last, word.spans.first)))
        used += 1
      }
      rows[rows.count - 1] += word.spans
      used += word.columns
      isFresh = false
    }
    // A name with nothing behind it keeps its line to itself.
    return rows.enumerated().map { index, row in
      guard index == 0, !name.text.isEmpty else { return Self.blank(left) + paint(row) }
      let gap = row.isEmpty ? "" : Self.blank(first - name.text.columns)
      return paint([name]) + gap + paint(row)
    }
  }

  /// Lays out a text without a name.
  func lines(_ spans: [Span], indent: Int? = nil) -> [String] {
    lines(Span(""), spans, indent: indent)
  }

  private static func blank(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// The ink of a space.
  private static func between(_ first: Span?, _ second: Span?) -> Ink {
    first?.ink == second?.ink ? first?.ink ?? .plain : .plain
  }

  private func paint(_ row: [Span]) -> String {
    guard color else { return row.map(\.text).joined() }
    var text = ""
    var ink = Ink.plain
    for span in row where !span.text.isEmpty {
      if span.ink != ink {
        if ink != .plain { text += "\u{1B}[0m" }
        if span.ink != .plain { text += "\u{1B}[\(span.ink.rawValue)m" }
        ink = span.ink
      }
      text += span.text
    }
    return ink == .plain ? text : text + "\u{1B}[0m"
  }
}

// MARK: - Words

extension TextPage {
  /// What is not broken.
  private struct Word {
    var spans: [Span] = []
    /// Whether a space stands before it.
    var isSpaced: Bool
    var columns: Int { spans.reduce(0) { $0 + $1.text.columns } }

    mutating func append(_ text: some StringProtocol, _ ink: Ink) {
      if spans.last?.ink == ink {
        spans[spans.count - 1].text += text
      } else {
        spans.append(Span(String(text), ink))
      }
    }
  }

  private func words(_ spans: [Span], room: Int) -> [Word] {
    var words: [Word] = []
    var word = Word(isSpaced: false)
    func end(isSpaced: Bool) {
      if !word.spans.isEmpty { words.append(word) }
      // Several spaces are one.
      word = Word(isSpaced: isSpaced || (word.spans.isEmpty && word.isSpaced))
    }
    for span in spans {
      let parts = span.text.split(separator: " ", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { end(isSpaced: true) }
        for (index, piece) in Self.unbroken(part).enumerated() where !piece.isEmpty {
          if index > 0 { end(isSpaced: false) }
          word.append(piece.replacing(Self.noBreakSpace, with: " "), span.ink)
        }
      }
    }
    end(isSpaced: false)
    return words.flatMap { $0.columns > room ? Self.pieces($0, room: room) : [$0] }
  }

  /// The parts of a text without spaces between which a line may be broken.
  private static func unbroken(_ text: Substring) -> [Substring] {
    guard String(text).mayBeWide else { return [text] }
    var parts: [Substring] = []
    var start = text.startIndex
    for (index, next) in zip(text.indices, text.indices.dropFirst())
    where mayBreak(between: text[index], and: text[next]) {
      parts.append(text[start..<next])
      start = next
    }
    return parts + [text[start...]]
  }

  /// The pieces of a word that no line has room for.
  private static func pieces(_ word: Word, room: Int) -> [Word] {
    var pieces: [Word] = []
    var piece = Word(isSpaced: word.isSpaced)
    for span in word.spans {
      for character in span.text {
        piece.append(String(character), span.ink)
        if character == "/" {
          pieces.append(piece)
          piece = Word(isSpaced: false)
        }
      }
    }
    if !piece.spans.isEmpty { pieces.append(piece) }
    return pieces.map { piece in
      guard piece.columns > room else { return piece }
      let text = piece.spans.map(\.text).joined().shortened(columns: room)
      return Word(spans: [Span(text, piece.spans.first?.ink ?? .plain)], isSpaced: piece.isSpaced)
    }
  }

  private static let noBreakSpace = "\u{A0}"

  /// Marks that do not begin a line (JIS X 4051 and GB/T 15834 have them).
  private static let closing: Set<Character> = [
    "、", "。", "，", "．", "：", "；", "！", "？", "）", "】", "」", "』", "》", "〉", "’", "”", "…", "%",
    ",", ".", ":", ";", "!", "?", ")", "]",
  ]
  /// Marks that do not end a line.
  private static let opening: Set<Character> = ["（", "【", "「", "『", "《", "〈", "‘", "“", "(", "["]

  private static func mayBreak(between first: Character, and second: Character) -> Bool {
    (first.isWide || second.isWide) && !closing.contains(second) && !opening.contains(first)
  }
}
