import Testing

@testable import MediaIO

@Suite("Input limits")
struct InputLimitsTests {
  @Test("an input one byte over the limit is refused, one at the limit is read")
  func bytes() throws {
    var limits = InputLimits()
    limits.bytes = 4
    let atLimit = try MediaInput(.bytes([1, 2, 3, 4], name: "clip"), limits: limits)
    #expect(atLimit.byteCount == 4)
    let error = #expect(throws: MediaError.self) {
      _ = try MediaInput(.bytes([1, 2, 3, 4, 5], name: "clip"), limits: limits)
    }
    #expect(error?.cause == .limitExceeded)
    #expect(error?.file == "clip")
  }
}
