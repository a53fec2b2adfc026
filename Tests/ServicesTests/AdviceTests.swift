import Testing

@testable import Services

@Suite("Advice")
struct AdviceTests {
  @Test("is one sentence that a person understands", arguments: Advice.allCases)
  func wording(_ advice: Advice) {
    let text = advice.english
    #expect(text.hasSuffix(".") && text.count > 15 && text.count <= 90)
    #expect(text.first?.isUppercase == true)
    #expect(!text.contains { $0.isNumber || "%°".contains($0) })
    for word in ["LUFS", "dBFS", "pixel", "luma", "codec", "MB", "container"] {
      #expect(!text.contains(word))
    }
  }

  @Test("has a name of its own, in small letters")
  func names() {
    #expect(Set(Advice.allCases.map(\.rawValue)).count == Advice.allCases.count)
    for advice in Advice.allCases {
      #expect(advice.rawValue.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
    }
  }

  @Test("has blanks for what a person counts in, and fills them")
  func blanks() {
    for advice in Advice.allCases {
      #expect(AdviceText.blanks(of: advice.english).allSatisfy { $0 == "seconds" })
    }
    #expect(
      Advice.recordLonger.english(["seconds": "3"]) == "Record for longer: 3 seconds are enough.")
  }

  @Test("is given by a rule, so that no sentence is without use")
  func used() {
    let rules = ServiceProfile.all.flatMap(\.table)
    let given = Set(
      rules.flatMap { [$0.advice] + $0.causes.map(\.advice) }
        + UnusableMedia.allCases.map(\.advice))
    #expect(Set(Advice.allCases).subtracting(given) == [])
  }
}

@Suite("The next step")
struct NextStepTests {
  private func prediction(_ advice: Advice, _ severity: Severity = .fail) -> Prediction {
    Prediction(
      code: "A", severity: severity, measure: "", value: nil, limit: nil, provenance: .heuristic,
      source: "", window: nil, advice: advice, integratorAdvice: "")
  }

  @Test("is nothing where nothing speaks against the clip")
  func none() { #expect(NextStep([]) == nil) }

  @Test("is what hides the others: the face, its light, its cover, its size, its turn, its eyes")
  func order() {
    let order: [Advice] = [
      .showFace, .faceTheLight, .takeOffMask, .moveCloser, .lookStraight, .keepEyesOpen,
    ]
    for (index, first) in order.enumerated() {
      let found = order[index...].reversed().map { prediction($0) }
      #expect(NextStep(found)?.id == first)
    }
  }

  @Test("is a failure before a warning")
  func severity() {
    let step = NextStep([prediction(.showFace, .warn), prediction(.speakUp)])
    #expect(step?.id == .speakUp)
  }

  @Test("is what the person must do before what is repaired")
  func remedies() {
    let step = NextStep([prediction(.shrinkFile), prediction(.blink)])
    #expect(step?.id == .blink && step?.remedy == .retake)
    #expect(NextStep([prediction(.shrinkFile)])?.remedy == .repair)
  }
}

@Suite("What a missing face is told")
struct PresenceAdviceTests {
  private func steps(_ clip: ClipMeasurements) -> Set<Advice?> {
    [
      Judge(.tencent(.silent)).verdict(of: clip).nextStep?.id,
      Judge(.megvii).verdict(of: clip).nextStep?.id,
    ]
  }

  private static let absent = ClipMeasurements.good(seconds: 2.5).eachFrame { $0.face = nil }

  @Test("depends on whether the lens is covered or the room is dark")
  func dark() {
    #expect(steps(Self.absent) == [.showFace])
    let black = Self.absent.eachFrame { ($0.light.mean, $0.light.p95) = (2, 5) }
    #expect(steps(black) == [.uncoverLens])
    let dim = Self.absent.eachFrame { ($0.light.mean, $0.light.p95) = (25, 60) }
    #expect(steps(dim) == [.turnOnLight])
  }

  @Test("names the side at which a face is cut")
  func cut() {
    let left = ClipMeasurements.good(seconds: 2.5).eachFace {
      ($0.completeness, $0.centerX) = (0.5, 0.1)
    }
    #expect(Judge(.tencent(.silent)).verdict(of: left).nextStep?.id == .moveFromLeftEdge)
    let right = left.eachFace { $0.centerX = 0.9 }
    #expect(Judge(.tencent(.silent)).verdict(of: right).nextStep?.id == .moveFromRightEdge)
  }

  @Test("is to send again what did not arrive as a whole")
  func broken() {
    var clip = ClipMeasurements.good(seconds: 1)
    clip.file.missingSeconds = 3
    #expect(Judge(.tencent(.silent)).verdict(of: clip).nextStep?.id == .uploadBroken)
  }
}
