import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Limits of a gate")
struct InputLimitsTextTests {
  @Test("are set by name, several at once")
  func set() throws {
    var limits = InputLimits()
    try limits.set("pixels=4000000,seconds=60")
    #expect(limits[.pixels] == 4_000_000)
    #expect(limits[.seconds] == 60)
    #expect(limits[.frames] == InputLimits()[.frames])
  }

  @Test(
    "are refused with what is wrong, and nothing is set",
    arguments: [
      ("pixels=4,pixel=5", "did you mean pixels"), ("nothing=5", "there is no limit named"),
      ("pixels", "not NAME=VALUE"), ("", "not NAME=VALUE"), ("pixels=many", "takes a number"),
      ("pixels=0", "pixels takes 1 to"), ("pixels=nan", "pixels takes 1 to"),
      ("jsonDepth=100000", "jsonDepth takes 1 to 512"),
    ])
  func refused(text: String, says: String) throws {
    var limits = InputLimits()
    let error = #expect(throws: VPrepError.self) { try limits.set(text) }
    #expect(error?.kind == .badRequest)
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    #expect(limits == InputLimits())
  }

  @Test("out of range are bad requests before the clip is opened")
  func outOfRange() async throws {
    var gate = Gate(provider: .megvii)
    gate.runtime.inputLimits[.streams] = -1
    let error = await #expect(throws: VPrepError.self) {
      try await gate.check(.file("/no/such/clip.mp4"))
    }
    #expect(error?.kind == .badRequest)
    #expect(error?.message.contains("streams") == true)
  }

  @Test("refuse a clip that is beyond them, and it has no code")
  func beyond() async throws {
    var gate = Gate(provider: .megvii)
    gate.runtime.inputLimits[.pixels] = 1000
    let error = await #expect(throws: VPrepError.self) {
      try await gate.check(.file(TestClips.named("good-megvii").path))
    }
    #expect(error?.cause == .limit)
    #expect(error?.code == nil)
    #expect(error.map(ExitStatus.init) == .unusableInput)
  }

  @Test("know the time limit under both names")
  func time() {
    var gate = Gate(provider: .megvii)
    gate.runtime.timeLimit = 7
    #expect(gate.runtime.inputLimits[.time] == 7)
    gate.runtime.inputLimits[.time] = 8
    #expect(gate.runtime.timeLimit == 8)
  }

  @Test("for JSON hold for a request and for rules")
  func json() {
    var limits = InputLimits()
    limits[.jsonDepth] = 1
    #expect(throws: RuleOverridesError.self) {
      try RuleOverrides(json: #"{"VIDEO_INVALID_DURATION":{}}"#, limits: limits)
    }
    limits = InputLimits()
    limits[.jsonBytes] = 10
    #expect(throws: VPrepError.self) {
      try RequestJSON.parameters(Data(#"{"LivenessType":"LIP"}"#.utf8), named: "r", limits: limits)
    }
    #expect(throws: Never.self) {
      try RequestJSON.parameters(Data(#"{"LivenessType":"LIP"}"#.utf8), named: "r")
    }
  }
}
