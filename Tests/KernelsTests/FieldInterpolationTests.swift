import Kernels
import Testing

@Suite("A field made a picture")
struct FieldInterpolationTests {
  /// Applies the filter to rows of one plane.
  private func filled(
    _ rows: [[UInt8]], previous: [[UInt8]]? = nil, keepsEven: Bool = true
  ) -> [[UInt8]] {
    let width = rows[0].count
    let shape = PlaneShape(width: width, height: rows.count)
    let (current, earlier) = (rows.flatMap { $0 }, previous?.flatMap { $0 } ?? [])
    var output = [UInt8](repeating: 0, count: current.count)
    var span = output.mutableSpan
    FieldInterpolation.apply(
      current.span, previous: previous == nil ? nil : earlier.span, shape: shape,
      previousStride: width, keepsEvenRows: keepsEven, bitDepth: 8, into: &span, stride: width)
    return (0..<rows.count).map { Array(output[$0 * width..<($0 + 1) * width]) }
  }

  @Test("keeps the rows of its own field", arguments: [true, false])
  func ownRows(keepsEven: Bool) {
    let rows = (0..<7).map { row in (0..<9).map { UInt8(row * 31 ^ $0 * 7) } }
    let result = filled(rows, keepsEven: keepsEven)
    for row in rows.indices where (row % 2 == 0) == keepsEven { #expect(result[row] == rows[row]) }
  }

  @Test("takes the mean of its neighbours where there is no edge")
  func mean() {
    let rows = [[40, 40, 40, 40, 40, 40], [9, 9, 9, 9, 9, 9], [60, 60, 60, 60, 60, 60]]
    #expect(filled(rows.map { $0.map(UInt8.init) })[1] == [50, 50, 50, 50, 50, 50])
  }

  @Test("follows a slanted edge")
  func edge() {
    // Bright left of an edge that moves one pixel to the right with each row.
    let rows = (0..<3).map { row in (0..<12).map { UInt8($0 < 5 + row ? 200 : 20) } }
    #expect(filled(rows)[1] == rows[1])
  }

  @Test("keeps what stands still, in every detail")
  func still() {
    let rows = (0..<8).map { row in (0..<16).map { UInt8((row * 97 + $0 * 53) % 256) } }
    #expect(filled(rows, previous: rows) == rows)
  }

  @Test("leaves nothing of the other field where all moves")
  func moving() {
    let rows = (0..<6).map { [UInt8](repeating: $0 % 2 == 0 ? 200 : 20, count: 8) }
    let before = (0..<6).map { [UInt8](repeating: $0 % 2 == 0 ? 100 : 120, count: 8) }
    #expect(filled(rows, previous: before).allSatisfy { $0.allSatisfy { $0 == 200 } })
  }

  @Test("does with planes of one row and one column", arguments: [(1, 1), (1, 5), (5, 1), (2, 2)])
  func tiny(width: Int, height: Int) {
    let rows = [[UInt8]](repeating: [UInt8](repeating: 77, count: width), count: height)
    #expect(filled(rows) == rows)
    #expect(filled(rows, previous: rows, keepsEven: false) == rows)
  }

  @Test("measures movement in the samples' own depth")
  func deep() {
    let rows = (0..<6).map { row in [UInt16](repeating: row % 2 == 0 ? 800 : 80, count: 8) }
    // Two codes of ten bits are half a code of eight: noise.
    let before = rows.map { $0.map { $0 + 2 } }
    let (current, earlier) = (rows.flatMap { $0 }, before.flatMap { $0 })
    var output = [UInt16](repeating: 0, count: current.count)
    var span = output.mutableSpan
    FieldInterpolation.apply(
      current.span, previous: earlier.span, shape: PlaneShape(width: 8, height: 6),
      previousStride: 8, keepsEvenRows: true, bitDepth: 10, into: &span, stride: 8)
    #expect(output == current)
  }
}
