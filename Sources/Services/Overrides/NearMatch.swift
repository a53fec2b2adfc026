/// Names that a misspelt one may have meant.
package enum NearMatch {
  /// Up to three of `names` that are close to `name`, closest first.
  ///
  /// Close is a Levenshtein distance of at most a third of the name's length, upper and lower case
  /// alike, or a name that contains the other.
  package static func find(_ name: String, among names: [String]) -> [String] {
    let wanted = name.lowercased()
    guard !wanted.isEmpty, wanted.count <= 200 else { return [] }
    let limit = max(2, wanted.count / 3)
    var found: [(name: String, distance: Int)] = []
    for candidate in names where !found.contains(where: { $0.name == candidate }) {
      let other = candidate.lowercased()
      let steps = distance(Array(wanted.utf8), Array(other.utf8))
      let isPart = wanted.count > 3 && (contains(other, wanted) || contains(wanted, other))
      if steps <= limit || isPart { found.append((candidate, isPart ? min(steps, limit) : steps)) }
    }
    return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let text = Array(text.utf8)
    let part = Array(part.utf8)
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (index, byte) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in second.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
      }
    }
    return row[second.count]
  }
}
