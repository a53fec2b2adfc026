extension String {
  /// The text on one line, with what would steer a terminal or turn the reading direction escaped.
  ///
  /// Escaped as `\\u{1B}` are Unicode's control and format characters (ESC, BEL, line ends,
  /// bidirectional marks, zero-width characters), its line and paragraph separators, and private
  /// use: names and texts from outside may hold all of them.
  package var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isUnprintable {
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
    default: false
    }
  }
}
