/// The pixels of a large region that are sampled for all of it.
///
/// Rows are `rowStep` apart. A row gives every `columnStep`-th pixel, and its first pixel moves
/// from row to row until each column was used. Both steps are odd, so that they do not coincide
/// with the blocks of a video codec.
struct LumaGrid: Equatable {
  let firstRow: Int
  let rowStep: Int
  let columnStep: Int

  /// The least number of samples, but for what the edges take away.
  static let samples = 4_096

  /// Rows lie about three times as far apart as columns: a row costs more than the samples in it.
  init(_ region: PlaneRegion) {
    let wanted = Double(region.count) / Double(Self.samples)
    columnStep = max(Int((wanted / 3).squareRoot() / 2) * 2 + 1, 5)
    rowStep = max((Int(wanted) / columnStep - 1) / 2 * 2 + 1, 1)
    firstRow = min(rowStep, region.height) / 2
  }

  /// How many samples a region of this size can have, and no fewer.
  func capacity(_ region: PlaneRegion) -> Int {
    let rows = (region.height - firstRow + rowStep - 1) / rowStep
    return rows * ((region.width + columnStep - 1) / columnStep)
  }

  /// The first column of the sampled row after one that starts at `column`.
  func column(after column: Int) -> Int {
    (column + columnStep / 2 + 1) % columnStep
  }
}
