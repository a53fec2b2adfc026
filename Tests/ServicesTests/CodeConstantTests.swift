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
      ($0.light.mean, $0.light.p95, $0.light.darkShare) = (20, 40, 0.9)
    }
    let predictions = Judge(.tencent(.silent)).verdict(of: dark).predictions
    #expect(predictions.contains { $0.code == Tencent.Code.actionLightDark })
    #expect(!predictions.contains { $0.code == Tencent.Code.actionLightStrong })
    #expect(Megvii.Code(rawValue: "VIDEO_NO_AUDIO") == .videoNoAudio)
  }
}
