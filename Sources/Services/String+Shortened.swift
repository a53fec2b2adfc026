extension String {
  /// The text, its middle left out where it has more than `count` characters: a name from outside may
  /// be megabytes long.
  package func shortened(to count: Int) -> String {
    // Counting the bytes is enough to know that a text is short, and does not walk a long one.
    guard utf8.count > count, count > 1, dropFirst(count).first != nil else { return self }
    return prefix(count / 2) + "…" + suffix(count - count / 2 - 1)
  }
}
