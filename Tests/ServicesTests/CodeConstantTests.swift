import Services
import Testing

@Suite("The constants of codes")
struct CodeConstantTests {
  private func listed(_ providers: [Provider]) -> Set<String> {
    Set(CodeCatalog.codes.filter { providers.contains($0.provider) }.map(\.code))
  }

  @Test("are the codes of the tables, each of them and no other")
  func complete() {
    #expect(
      Set(Tencent.Code.allCases.map(\.rawValue)) == listed([.tencent, .tencentCompareFace]))
    let megvii = Set(Megvii.Code.allCases.map(\.rawValue))
    #expect(megvii.subtracting(["BAD_ARGUMENTS:video"]) == listed([.megvii, .megviiVideo]))
    let rules = Provider.allCases.flatMap { Service($0).profile.table }.filter { $0.tag == nil }
    let constants = megvii.union(Tencent.Code.allCases.map(\.rawValue))
    #expect(Set(rules.map(\.code)).isSubset(of: constants))
  }

  @Test("compare with what is predicted")
  func comparison() {
    let dark = ClipMeasurements.good(seconds: 5).eachFace {
      ($0.light.mean, $0.light.p95, $0.light.darkShare, $0.eyeWhites) = (20, 40, 0.9, 25)
    }
    let predictions = Judge(.tencent(.silent)).verdict(of: dark).predictions
    #expect(predictions.contains { $0.code == Tencent.Code.actionLightDark })
    #expect(!predictions.contains { $0.code == Tencent.Code.actionLightStrong })
    #expect(Megvii.Code(rawValue: "VIDEO_NO_AUDIO") == .videoNoAudio)
  }

  @Test("stand for every spelling that the service may answer")
  func spellings() {
    for code in ["FailedOperation.ActionLightDark", "InternalError.ActionLightDark"] {
      #expect(code == Tencent.Code.actionLightDark)
      #expect(!(code != Tencent.Code.actionLightDark))
      #expect(code != Tencent.Code.actionLightStrong)
      #expect(Tencent.Code(answered: code) == .actionLightDark)
      #expect(
        CodeCatalog.entry(for: code, of: .tencent)?.code == Tencent.Code.actionLightDark.rawValue)
    }
    #expect(Tencent.Code(answered: "InternalError.LipVoiceLow") == nil)
    #expect(CodeCatalog.entry(for: "InternalError.LipVoiceLow") == nil)
    #expect(Megvii.Code(answered: "VIDEO_NO_AUDIO") == .videoNoAudio)
    #expect(
      Set(Tencent.Code.allCases.filter { $0.spellings.count > 1 }.map(\.rawValue))
        == Set(CodeCatalog.codes.filter { !$0.aliases.isEmpty }.map(\.code)))
  }

  @Test("say whether a request is charged, where a document does")
  func charged() {
    func charged(_ code: Tencent.Code) -> Bool? {
      CodeCatalog.entry(for: code.rawValue, of: .tencent)?.charged
    }
    #expect(charged(.compareLowSimilarity) == true)
    #expect(charged(.invalidParameterValue) == false)
    #expect(charged(.lifePhotoDetectFaces) == false)
    #expect(charged(.actionLightDark) == nil)
  }
}
