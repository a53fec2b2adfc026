import Foundation
import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("A catalogue of advice")
struct AdviceCatalogueTests {
  @Test("is complete in each language that vprep speaks", arguments: AdviceCatalogue.languages)
  func complete(_ language: String) throws {
    let catalogue = try #require(AdviceCatalogue.speaking(language))
    #expect(catalogue.count == Advice.allCases.count)
    #expect(catalogue.isReadByNativeSpeaker == (language == "en"))
    for advice in Advice.allCases where language != "en" {
      #expect(catalogue.sentence(advice) != advice.english)
    }
  }

  @Test("is found by tags that say more, or it differently")
  func tags() {
    #expect(AdviceCatalogue.languages == ["en", "zh-Hans", "id", "th"])
    for tag in ["zh", "zh-CN", "zh_Hans_CN", "ZH-hans"] {
      #expect(AdviceCatalogue.speaking(tag)?.language == "zh-Hans")
    }
    #expect(AdviceCatalogue.speaking("id-ID")?.language == "id")
    #expect(AdviceCatalogue.speaking("en_GB")?.language == "en")
    for tag in ["zh-TW", "zh-Hant", "xx", "", "-"] { #expect(AdviceCatalogue.speaking(tag) == nil) }
  }

  @Test("fills blanks, and says in English what it leaves out")
  func own() throws {
    let own = try AdviceCatalogue(
      json: Data(
        #"{"language": "de", "name": "Deutsch", "sentences": {"record-longer": "Länger: {seconds} s."}}"#
          .utf8), named: "de.json")
    #expect(own.sentence(.recordLonger, ["seconds": "3"]) == "Länger: 3 s.")
    #expect(own.sentence(.beAlone) == Advice.beAlone.english)
  }

  @Test(
    "is refused with the reason",
    arguments: [
      ("[]", "no catalogue"), ("{\"language\": \"de\"}", "no catalogue"),
      (#"{"language": "de", "name": "", "sentences": {"nonsense": "x"}}"#, "no id"),
      (#"{"language": "de", "name": "", "sentences": {"be-alone": "{seconds}"}}"#, "blanks"),
      (#"{"language": "de", "name": "", "sentences": {"record-longer": "x"}}"#, "blanks"),
    ])
  func refused(_ json: String, _ reason: String) throws {
    let error = #expect(throws: VPrepError.self) {
      try AdviceCatalogue(json: Data(json.utf8), named: "own.json")
    }
    #expect(error?.message.contains(reason) == true && error?.file == "own.json")
  }

  @Test("translates the verdict of a clip, and its next step")
  func verdict() async throws {
    let clip = Clip.file(TestClips.folder.appending(path: "dark-2.mp4").path(percentEncoded: false))
    var gate = Gate(.megvii)
    let english = try await gate.check(clip).verdict
    gate.reporting.advice = try #require(AdviceCatalogue.speaking("th"))
    let thai = try await gate.check(clip).verdict
    #expect(thai.nextStep?.id == english.nextStep?.id)
    #expect(thai.nextStep?.text != english.nextStep?.text)
    #expect(thai.predictions.map(\.code) == english.predictions.map(\.code))
  }
}
