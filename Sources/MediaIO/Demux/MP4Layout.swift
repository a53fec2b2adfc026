/// The order of an MP4's outermost boxes.
enum MP4Layout {
  /// Boxes that are looked at before the search is given up; a recorder writes a handful.
  private static let mostBoxes = 10_000

  /// Whether the media data comes before the index, so that nothing can play before all is there.
  static func hasTrailingIndex(_ input: MediaInput) -> Bool {
    var position = 0
    for _ in 0..<mostBoxes {
      guard let box = input.boxHeader(at: position) else { return false }
      switch box.type {
      case "moov": return false
      case "mdat": return true
      default: break
      }
      let (next, overflow) = position.addingReportingOverflow(box.size)
      guard !overflow else { return false }
      position = next
    }
    return false
  }
}
