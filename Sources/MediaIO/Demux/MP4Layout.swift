/// The order of an MP4's outermost boxes, and what its movie header says.
enum MP4Layout {
  /// Boxes that are looked at before the search is given up; a recorder writes a handful.
  private static let mostBoxes = 10_000

  /// Whether the media data comes before the index, so that nothing can play before all is there.
  static func hasTrailingIndex(_ input: MediaInput) -> Bool {
    firstBox(of: ["moov", "mdat"], in: input, from: 0)?.header.type == "mdat"
  }

  /// The duration that the movie header claims, in ticks; `nil` without one, and where fragments follow,
  /// whose duration it does not tell.
  ///
  /// ISO/IEC 14496-12, 8.2.2.
  static func movieDuration(_ input: MediaInput) -> (ticks: Int, perSecond: Int)? {
    guard let movie = firstBox(of: ["moov"], in: input, from: 0) else { return nil }
    let (start, end) = (movie.place + movie.header.byteCount, movie.end)
    guard firstBox(of: ["mvex"], in: input, from: start, to: end) == nil,
      let header = firstBox(of: ["mvhd"], in: input, from: start, to: end)
    else { return nil }
    let fields = input.fields(at: header.place + header.header.byteCount, 32)
    // Version 1 has 64-bit times.
    let size = fields.number(at: 0, 1) == 1 ? 8 : 4
    guard let perSecond = fields.number(at: 4 + 2 * size, 4), perSecond > 0,
      let ticks = fields.number(at: 8 + 2 * size, size)
    else { return nil }
    return (ticks, perSecond)
  }

  private struct Place {
    let header: BoxHeader
    let place: Int
    /// Where it ends, as it claims.
    let end: Int
  }

  /// The first box of these types among those that follow each other from a place on.
  private static func firstBox(
    of types: [FourCC], in input: MediaInput, from start: Int, to end: Int = .max
  ) -> Place? {
    var position = start
    for _ in 0..<mostBoxes {
      guard position < end, let box = input.boxHeader(at: position) else { return nil }
      let (next, overflow) = position.addingReportingOverflow(box.size)
      if types.contains(box.type) {
        return Place(header: box, place: position, end: overflow ? .max : next)
      }
      guard !overflow else { return nil }
      position = next
    }
    return nil
  }
}
