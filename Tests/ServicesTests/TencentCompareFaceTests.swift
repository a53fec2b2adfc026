import Services
import Testing

@Suite("Tencent CompareFaceLiveness")
struct TencentCompareFaceTests {
  private func code(_ name: String) -> String { "FailedOperation." + name }

  private func judge(
    _ clip: ClipMeasurements, _ mode: Service.CompareFaceMode, actions: [Int]? = nil
  ) -> Verdict {
    Judge(.tencentCompareFace(mode), options: JudgeOptions(actions: actions)).verdict(of: clip)
  }

  /// A clip in which the mouth stays shut, the eyes stay open and the head moves, but not by a nod or a
  /// turn.
  private static var still: ClipMeasurements {
    var clip = ClipMeasurements.good(seconds: 5).eachFace { $0.mouthOpen = 0.02 }
    clip.motion?.blinks = 0
    return clip
  }

  @Test("takes the files that VideoLivenessCompare takes, and fetches nothing")
  func limits() {
    for mode in [Service.CompareFaceMode.action, .silent] {
      let service = Service.tencentCompareFace(mode)
      let other = Service(.tencent, mode: service.mode)?.limits
      #expect(service.limits.maximumBytes == other?.maximumBytes)
      #expect(service.limits.acceptedContainers == other?.acceptedContainers)
      #expect(service.limits.maximumPhotoBase64Bytes == other?.maximumPhotoBase64Bytes)
      #expect(service.limits.acceptedDuration == other?.acceptedDuration)
      #expect(service.limits.downloadSeconds == nil)
    }
    #expect(Service(.tencentCompareFace, mode: .lip) == nil)
    #expect(Provider.tencentCompareFace.defaultMode == .silent)
  }

  @Test("knows no code of a download or of LIP, and one more about the account")
  func codes() {
    let names = CodeCatalog.codes.filter { $0.provider == .tencentCompareFace }.map(\.code)
    #expect(Set(names).count == names.count)
    for other in ["DownLoadError", "DownLoadTimeoutError", "LipNetFailed", "LipVoiceLow"] {
      #expect(!names.contains(code(other)))
    }
    let tencent = CodeCatalog.codes.filter { $0.provider == .tencent }.map(\.code)
    #expect(Set(names).subtracting(tencent) == ["UnauthorizedOperation.Activating"])
  }

  @Test(
    "looks for the actions that are asked for and for no other",
    arguments: [
      ([1], ["ActionOpenMouth"]), ([2], ["ActionCloseEye"]), ([3], ["ActionFirstAction"]),
      ([4], ["ActionFirstAction"]), ([1, 2], ["ActionOpenMouth", "ActionCloseEye"]),
      ([4, 2], ["ActionFirstAction", "ActionCloseEye"]),
    ])
  func asked(_ actions: [Int], _ missed: [String]) {
    #expect(judge(Self.still, .action, actions: actions).codes(.fail) == Set(missed.map(code)))
  }

  @Test(
    "is content with a nod of 10° and a turn of 15°, and warns of half as much", arguments: [3, 4])
  func angles(_ action: Int) {
    func verdict(_ degrees: Double) -> Verdict {
      var clip = Self.still.eachFace { ($0.pitch, $0.yaw) = (0, 0) }
      if action == 3 { clip.frames[20].face?.pitch = -degrees }
      if action == 4 { clip.frames[20].face?.yaw = degrees }
      return judge(clip, .action, actions: [action])
    }
    #expect(verdict(16).outcome == .pass)
    #expect(verdict(9).codes(.warn) == [code("ActionFirstAction")])
    #expect(verdict(4).codes(.fail) == [code("ActionFirstAction")])
  }

  @Test("warns of a nod out of its turn")
  func order() {
    var clip = ClipMeasurements.good(seconds: 5)
    clip.frames[20].face?.pitch = 20
    clip.motion?.actions = [
      FaceAction(kind: .headNod, start: 1, end: 1.5),
      FaceAction(kind: .eyesClosed, start: 3, end: 3.2),
    ]
    #expect(judge(clip, .action, actions: [3, 2]).outcome == .pass)
    #expect(
      judge(clip, .action, actions: [2, 3]).codes(.warn)
        == [code("ActionFirstAction"), code("ActionCloseEye")])
  }

  @Test("leaves single actions open while nobody says which is asked for")
  func unknown() {
    let verdict = judge(Self.still, .action)
    #expect(verdict.outcome == .pass)
    let open = verdict.unmeasured.filter { $0.reason == .actionsNotGiven }
    #expect(
      Set(open.map(\.code))
        == [code("ActionOpenMouth"), code("ActionCloseEye"), code("ActionFirstAction")])
    #expect(judge(Self.still, .silent).unmeasured.allSatisfy { $0.reason != .actionsNotGiven })

    var dead = Self.still
    dead.motion?.headMotion = 0
    dead.motion?.mouthMovement = 0
    #expect(judge(dead, .action).codes(.fail) == [code("ActionFirstAction")])
  }

  static let good: [String: RequestValue] = [
    "Action": .text("CompareFaceLiveness"), "Version": .text("2018-03-01"),
    "Region": .text("ap-bangkok"), "ImageBase64": .text("/9j/4AAQSk=="),
    "VideoBase64": .text("AAAAIGZ0eXBpc28+"), "LivenessType": .text("ACTION"),
    "ValidateData": .text("4,2"),
  ]

  private func findings(_ change: (inout [String: RequestValue]) -> Void = { _ in }) -> [String] {
    var parameters = Self.good
    change(&parameters)
    return RequestLinter.lint(.tencentCompareFace, parameters: parameters).map {
      "\($0.code) \($0.key)"
    }
  }

  @Test("takes a request as it is documented")
  func request() {
    #expect(findings().isEmpty)
    #expect(findings { $0["VideoBase64"] = .file(bytes: 6_000_000) }.isEmpty)
    #expect(
      findings {
        $0["LivenessType"] = .text("SILENT")
        $0["ValidateData"] = .text("")
      }.isEmpty)
  }

  @Test("misses what is required", arguments: ["ImageBase64", "VideoBase64", "LivenessType"])
  func missing(_ key: String) {
    #expect(findings { $0[key] = nil } == ["InvalidParameter \(key)"])
    #expect(findings { $0[key] = .null } == ["InvalidParameter \(key)"])
  }

  @Test(
    "refuses what is documented otherwise",
    arguments: [
      ("Action", RequestValue.text("VideoLivenessCompare")), ("LivenessType", .text("LIP")),
      ("VideoBase64", .file(bytes: 6_000_001)), ("VideoBase64", .file(bytes: 0)),
      ("VideoBase64", .text("AAAAIGZ0eXBpc28")), ("VideoBase64", .text("AAA=AAA=")),
      ("VideoBase64", .text("AAAA====")), ("VideoBase64", .text("data:video/mp4;base64,AAAA")),
      ("ImageBase64", .file(bytes: 2_250_001)), ("ImageBase64", .text("_9j_4AAQ")),
    ])
  func invalid(_ key: String, _ value: RequestValue) {
    #expect(findings { $0[key] = value } == ["InvalidParameterValue \(key)"])
  }

  @Test("takes one or two of four actions")
  func validateData() {
    for data in ["1", "2", "3", "4", "1,2", "4,3", "2,2"] {
      #expect(findings { $0["ValidateData"] = .text(data) }.isEmpty)
    }
    for data in ["0", "5", "1,2,3", "1, 2", "4,2,", "a"] {
      #expect(
        findings { $0["ValidateData"] = .text(data) } == ["InvalidParameterValue ValidateData"])
    }
    #expect(findings { $0["ValidateData"] = nil } == ["InvalidParameter ValidateData"])
  }
}
