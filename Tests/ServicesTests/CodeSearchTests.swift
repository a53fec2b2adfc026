import Testing

@testable import Services

@Suite("The search for a code")
struct CodeSearchTests {
  private static func found(_ name: String, _ provider: Provider? = nil) -> [String] {
    CodeCatalog.find(name, of: provider).map(\.code.code)
  }

  @Test(
    "finds it with and without its prefix, in any case and spelling",
    arguments: [
      "FailedOperation.ActionLightDark", "ActionLightDark", "actionlightdark",
      "FAILEDOPERATION.ACTIONLIGHTDARK", "InternalError.ActionLightDark",
    ])
  func spellings(name: String) {
    #expect(Self.found(name, .tencent) == ["FailedOperation.ActionLightDark"])
  }

  @Test("finds the code that an instance belongs to")
  func instances() {
    #expect(Self.found("bad_arguments:video", .megvii) == ["BAD_ARGUMENTS:<key>"])
    #expect(Self.found("BAD_ARGUMENTS:<key>", .megvii) == ["BAD_ARGUMENTS:<key>"])
  }

  @Test("names each provider that has it, or the one asked for")
  func providers() {
    let all = CodeCatalog.find("ActionLightDark").map(\.code.provider)
    #expect(all.first == .tencent)
    #expect(CodeCatalog.find("ActionLightDark", of: .megvii).isEmpty)
    #expect(Set(CodeCatalog.find("VIDEO_FACE_NOT_FOUND").map(\.code.provider)).contains(.megvii))
  }

  @Test("finds every code by each of its names")
  func all() {
    for provider in Provider.allCases {
      for name in CodeCatalog.names(of: provider) {
        #expect(!Self.found(name, provider).isEmpty, "\(name)")
      }
      for code in CodeCatalog.codes where code.provider == provider {
        #expect(Self.found(code.code.uppercased(), provider).contains(code.code))
      }
    }
  }

  @Test("finds nothing by other words, and suggests codes that are near")
  func unknown() {
    for name in ["", "NoSuchCode", "FailedOperation.", ":", String(repeating: "a", count: 100_000)]
    {
      #expect(Self.found(name).isEmpty)
    }
    #expect(CodeCatalog.suggestions(for: "ActionLightDrak").first == "ActionLightDark")
    #expect(
      CodeCatalog.suggestions(for: "failedoperation.silenttoshort").first == "SilentTooShort")
    #expect(CodeCatalog.suggestions(for: "ActionLightDrak", of: .megvii).isEmpty)
  }

  @Test("lists all advice that a prediction of the code can hold")
  func advice() throws {
    for listing in CodeCatalog.listing() {
      #expect(listing.rules.allSatisfy { !$0.advice.isEmpty && !$0.summary.isEmpty })
    }
    let dark = try #require(CodeCatalog.find("ActionLightDark", of: .tencent).first)
    let told = dark.rules.flatMap(\.advice).map(\.id)
    #expect(told.contains(.faceTheLight) && told.contains(.turnRound))
    let invalid = try #require(CodeCatalog.find("LipVideoInvalid", of: .tencent).first)
    #expect(invalid.refusals.map(\.id).contains(.fileUnreadable))
  }
}
