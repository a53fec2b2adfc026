import Services
import Testing

@Suite("The caller's own limits")
struct RuleOverridesTests {
  func error(_ json: String) -> RuleOverridesError? {
    do {
      _ = try RuleOverrides(json: json)
      return nil
    } catch {
      return error
    }
  }

  func judge(_ clip: ClipMeasurements, _ json: String) throws -> Verdict {
    Judge.judge(clip, provider: .megvii, overrides: try RuleOverrides(json: json))
  }

  @Test("replace the default ones, and the prediction says so")
  func replaced() throws {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace { $0.widthPixels = 140 }
    let plain = Judge.judge(clip, provider: .megvii).predictions.first
    #expect(plain?.limit == .number(150))
    #expect(plain?.overridden == false)

    let json = #"{"VIDEO_LOW_FACE_QUALITY": {"face.widthPixels": {"warn": 170, "fail": 145}}}"#
    let own = try judge(clip, json).predictions.first
    #expect(own?.severity == .fail)
    #expect(own?.limit == .number(145))
    #expect(own?.overridden == true)
    #expect(own?.provenance == .carried)
    #expect(own?.source.contains("the default is 80") == true)

    let looser = #"{"VIDEO_LOW_FACE_QUALITY": {"face.widthPixels": {"warn": 120}}}"#
    #expect(try judge(clip, looser).outcome == .pass)
  }

  @Test("keep the default of a limit that is left out")
  func partly() throws {
    let json = #"{"VIDEO_LOW_FACE_QUALITY": {"face.widthPixels": {"warn": 200}}}"#
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace { $0.widthPixels = 79 }
    let found = try judge(clip, json).predictions.first
    #expect(found?.severity == .fail)
    #expect(found?.limit == .number(80))
    #expect(found?.overridden == false)
  }

  @Test("switch a limit off with null, and add one that the tables lack")
  func offAndOn() throws {
    let short = ClipMeasurements.good(seconds: 0.9)
    let off = #"{"VIDEO_INVALID_DURATION": {"input.durationSeconds": {"min": {"warn": null}}}}"#
    #expect(try judge(short, off).outcome == .pass)

    let shut = ClipMeasurements.good(seconds: 2.5).eachFace {
      $0.leftEyeOpen = 0.1
      $0.rightEyeOpen = 0.1
    }
    #expect(Judge.judge(shut, provider: .megvii).outcome == .warn)
    let on = #"{"VIDEO_LOW_FACE_QUALITY": {"face.eyesOpen": {"fail": 0.2}}}"#
    #expect(try judge(shut, on).codes(.fail) == ["VIDEO_LOW_FACE_QUALITY"])
  }

  @Test("reach both sides of a range and the conditions of a limit")
  func sidesAndConditions() throws {
    let long = ClipMeasurements.good(seconds: 3.5)
    let sides =
      #"{"VIDEO_INVALID_DURATION": {"input.durationSeconds": {"min": {"warn": 0.8}, "max": {"warn": 4}}}}"#
    #expect(try judge(long, sides).outcome == .pass)

    let dim = ClipMeasurements.good(seconds: 2.5).eachFace {
      $0.light.mean = 60
      $0.light.p95 = 115
      $0.eyeWhites = nil
    }
    #expect(Judge.judge(dim, provider: .megvii).outcome == .warn)
    let when =
      #"{"VIDEO_LOW_FACE_QUALITY": {"brightness.faceMean": {"min": {"when": {"brightness.faceP95": 110}}}}}"#
    #expect(try judge(dim, when).outcome == .pass)
  }

  @Test("replace a list of names, with or without the prefix of the code")
  func names() throws {
    let clip = ClipMeasurements.good(seconds: 5, container: "mov")
    for name in ["LipVideoInvalid", "FailedOperation.LipVideoInvalid"] {
      let overrides = try RuleOverrides(
        json: #"{"\#(name)": {"input.container": {"accept": ["mp4", "mov"]}}}"#)
      #expect(Judge.judge(clip, provider: .tencent, overrides: overrides).outcome == .pass)
      let avi = ClipMeasurements.good(seconds: 5, container: "avi")
      let refused = Judge.judge(avi, provider: .tencent, overrides: overrides).predictions.first
      #expect(refused?.overridden == true)
      #expect(refused?.limit == .text("mp4, mov"))
    }
  }

  @Test("are nothing when the object is empty")
  func empty() throws {
    #expect(try RuleOverrides(json: "{}") == .none)
    #expect(RuleOverrides.none.isEmpty)
  }

  @Test("may name every code and measure of the tables")
  func everyRule() throws {
    for provider in Provider.allCases {
      for rule in Service(provider).profile.table {
        let body: String
        switch (rule.test, rule.side) {
        case (.oneOf, _): body = #"{"accept": ["x"]}"#
        case (_, let side?): body = #"{"\#(side.rawValue)": {"warn": null, "fail": null}}"#
        case (_, nil): body = "{}"
        }
        let json = #"{"\#(rule.code)": {"\#(rule.measure.name)": \#(body)}}"#
        #expect(try !RuleOverrides(json: json).isEmpty)
      }
    }
  }

  @Test("name the unknown code, measure or key and list near matches")
  func unknownNames() {
    #expect(
      error(#"{"VIDEO_LOW_FACE_QUALTY": {}}"#)
        == .unknown(
          .code, "VIDEO_LOW_FACE_QUALTY", path: "", nearest: ["VIDEO_LOW_FACE_QUALITY"]))
    #expect(
      error(#"{"VIDEO_LOW_FACE_QUALITY": {"face.interEyePixel": {"warn": 1}}}"#)
        == .unknown(
          .measure, "face.interEyePixel", path: "VIDEO_LOW_FACE_QUALITY",
          nearest: ["face.interEyePixels"]))
    #expect(
      error(#"{"SilentTooShort": {"input.durationSeconds": {"failing": 1}}}"#)
        == .unknown(
          .key, "failing", path: "SilentTooShort › input.durationSeconds",
          nearest: ["warn", "fail", "calibrated"]))
    #expect(
      error(#"{"LipVideoInvalid": {"input.container": {"warn": 1}}}"#)
        == .unknown(
          .key, "warn", path: "LipVideoInvalid › input.container", nearest: ["accept"]))
    let text = error(#"{"lipsizeerror": {}}"#).map(String.init(describing:))
    #expect(text?.contains("did you mean LipSizeError") == true)
    #expect(text?.contains("lipsizeerror") == true)
  }

  @Test(
    "name the place of a value of the wrong type",
    arguments: [
      ("[]", "an object"), ("3", "an object"), (#"{"LipVoiceLow": 1}"#, "an object"),
      (#"{"LipVoiceLow": {"audio.voicedLoudnessLUFS": 1}}"#, "an object"),
      (#"{"LipVoiceLow": {"audio.voicedLoudnessLUFS": {"warn": "1"}}}"#, "a number or null"),
      (#"{"LipVoiceLow": {"audio.voicedLoudnessLUFS": {"warn": true}}}"#, "a number or null"),
      (#"{"LipVideoInvalid": {"input.container": {"accept": "mp4"}}}"#, "a list of names"),
      (#"{"LipVideoInvalid": {"input.container": {"accept": [1]}}}"#, "a list of names"),
    ])
  func wrongTypes(_ json: String, _ expected: String) {
    guard case .wrongType(let path, expected) = error(json) else {
      Issue.record("\(String(describing: error(json)))")
      return
    }
    #expect(json.contains("LipV") ? path.hasPrefix("LipV") : path.isEmpty)
  }

  @Test("are refused when they contradict themselves")
  func contradictions() {
    #expect(
      error(#"{"VIDEO_LOW_FACE_QUALITY": {"face.widthPixels": {"warn": 60}}}"#)
        == .outOfOrder(path: "VIDEO_LOW_FACE_QUALITY › face.widthPixels", warn: 60, fail: 80))
    #expect(
      error(#"{"VIDEO_INVALID_DURATION": {"input.durationSeconds": {"warn": 1}}}"#)
        == .sideMissing(path: "VIDEO_INVALID_DURATION › input.durationSeconds"))
    let twice =
      #"{"LipVoiceLow": {"audio.voicedLoudnessLUFS": {}}, "FailedOperation.LipVoiceLow": {"audio.voicedLoudnessLUFS": {}}}"#
    #expect(error(twice) == .repeated(path: "LipVoiceLow › audio.voicedLoudnessLUFS"))
  }

  @Test("are refused when they are not JSON", arguments: ["", "{", "{\"a\": 1e999}", "nul"])
  func malformed(_ json: String) {
    guard case .malformed(let reason) = error(json) else {
      Issue.record("\(String(describing: error(json)))")
      return
    }
    #expect(!reason.isEmpty)
  }
}
