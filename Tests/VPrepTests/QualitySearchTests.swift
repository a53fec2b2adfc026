import Testing

@testable import VPrep

@Suite("The search for a constant quality")
struct QualitySearchTests {
  @Test("halves the bytes with six steps while one encode is known")
  func firstStep() {
    var search = QualitySearch(aim: 1)
    #expect(search.next(after: 20, use: 2, isConstant: true) == 26)
  }

  @Test("looks between an encode above the limit and one below it")
  func between() {
    var search = QualitySearch(aim: 0.98)
    _ = search.next(after: 20, use: 1.5, isConstant: true)
    let next = search.next(after: 26, use: 0.6, isConstant: true)
    #expect(next > 20 && next < 26)
  }

  @Test("takes no encode that was steered for an end of what it looks between")
  func steered() {
    var search = QualitySearch(aim: 0.98)
    // Its mean quality is better than that of the constant encode below the limit, though it is the
    // steering that made it large: the best constant quality lies beyond.
    _ = search.next(after: 18.7, use: 1.004, isConstant: false)
    let next = search.next(after: 18.9, use: 0.775, isConstant: true)
    #expect(next < 18.7)
  }
}
