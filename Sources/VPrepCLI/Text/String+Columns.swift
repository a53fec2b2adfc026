extension String {
  /// Columns that a terminal gives to the text.
  var columns: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.columns }
  }

  /// Whether it may hold a character that takes two columns.
  var mayBeWide: Bool {
    unicodeScalars.contains { $0.value >= 0x2E80 || (0x1100...0x115F).contains($0.value) }
  }

  /// The beginning that fits into a number of columns; no character is divided.
  func prefix(columns: Int) -> String {
    var taken = ""
    var used = 0
    for character in self {
      used += character.columns
      if used > columns { break }
      taken.append(character)
    }
    return taken
  }

  /// A text that fits into a number of columns, its middle left out where it does not.
  func shortened(columns: Int) -> String {
    guard self.columns > columns, columns > 1 else { return self }
    // The end tells a file from its neighbours, so it keeps a little more.
    let head = prefix(columns: (columns - 1) * 2 / 5)
    let tail = String(String(reversed()).prefix(columns: columns - 1 - head.columns).reversed())
    return head + "…" + tail
  }
}

extension Character {
  /// Columns that a terminal gives to the character: none to marks that stand over or under another one,
  /// two to East Asian characters and emoji.
  ///
  /// Counted as terminals do, code point by code point: the Thai vowel ำ is part of a character here and
  /// takes a column of its own there.
  var columns: Int {
    var sum = 0
    for scalar in unicodeScalars { sum += scalar.columns }
    // What is joined to an emoji is drawn inside of it.
    return unicodeScalars.contains { $0.value == 0x200D || $0.value == 0xFE0F } ? min(sum, 2) : sum
  }

  /// Whether it takes two columns.
  var isWide: Bool { unicodeScalars.first?.columns == 2 }
}

extension Unicode.Scalar {
  /// Source: the wide ranges of Unicode's EastAsianWidth.txt, merged into large blocks.
  fileprivate var columns: Int {
    switch value {
    case 0x20...0x7E: return 1
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}
