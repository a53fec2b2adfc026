import Testing

@testable import VPrepServe

@Suite("Codes that a request asks for")
struct StandInTests {
  @Test("A code alone is answered each time")
  func always() async {
    let codes = ForcedCodes()
    for _ in 1...3 { #expect(await codes.next("VIDEO_FACE_OCCLUDE") == "VIDEO_FACE_OCCLUDE") }
    #expect(await codes.next(nil) == nil)
  }

  @Test("A number of times counts for its run")
  func times() async {
    let codes = ForcedCodes()
    func ask(_ run: String) async -> String? {
      await codes.next("RequestLimitExceeded;times=2;run=\(run)")
    }
    #expect(await ask("a") == "RequestLimitExceeded")
    #expect(await ask("b") == "RequestLimitExceeded")
    #expect(await ask("a") == "RequestLimitExceeded")
    #expect(await ask("a") == nil)
    #expect(await ask("b") == "RequestLimitExceeded")
  }

  @Test("As many requests are taken as a second allows, and later again")
  func rate() async {
    let rate = RateLimit(perSecond: 2)
    let start = ContinuousClock.now
    func takes(_ milliseconds: Int) async -> Bool {
      await rate.takes(at: start + .milliseconds(milliseconds))
    }
    #expect([await takes(0), await takes(0), await takes(0)] == [true, true, false])
    #expect([await takes(400), await takes(500), await takes(500)] == [false, true, false])
    // A long pause allows no more than a short one.
    #expect([await takes(9000), await takes(9000), await takes(9000)] == [true, true, false])
    let any = RateLimit(perSecond: 0)
    for _ in 1...100 { #expect(await any.takes(at: start)) }
  }

  @Test(
    "Each message has the document's status",
    arguments: [
      ("VIDEO_FACE_NOT_FOUND", 400), ("MISSING_ARGUMENTS:video", 400),
      ("AUTHENTICATION_ERROR", 403), ("AUTHORIZATION_ERROR:Denied.", 403),
      ("CONCURRENCY_LIMIT_EXCEEDED", 403), ("API_NOT_FOUND", 404), ("INTERNAL_ERROR", 500),
    ])
  func status(_ message: String, _ status: Int) {
    #expect(MegviiStandIn.status(of: message).code == status)
  }
}
