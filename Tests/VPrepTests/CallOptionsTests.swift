import Foundation
import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("Options as JSON")
struct CallOptionsTests {
  private func options(_ text: String) throws -> CallOptions {
    try CallOptions(JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)))
  }

  private func message(_ text: String) -> String? {
    do {
      _ = try options(text).makeGate()
      return nil
    } catch {
      return (error as? VPrepError)?.message
    }
  }

  @Test("leave every default where nothing is set, or null is")
  func defaults() throws {
    let nulls = OptionKey.all.map { "\"\($0.name)\": null" }.joined(separator: ", ")
    for text in ["{}", "{\(nulls)}"] {
      let gate = try options(text).makeGate()
      #expect("\(gate)" == "\(Gate(.megvii))")
    }
  }

  @Test("set what they say")
  func values() throws {
    let options = try options(
      """
      {"provider": "tencent", "mode": "action", "actions": [2, 1], "bandwidth": 2e6,
       "faceOcclusionDetection": true, "eyeCloseDetection": false, "judgedWindow": [0, 2],
       "strict": true, "explore": 0.25, "exploreSeed": "s", "photo": "id.jpg", "request": {"a": "b", "c": 1, "d": null},
       "window": [0.5, 3], "maxBytes": 1000, "keepMetadata": true, "evenIfHopeless": true,
       "previews": 1, "previewSize": 640, "previewQuality": 70,
       "previewCrop": "face",
       "timeline": true, "language": "th", "annotate": "f", "md5": false, "dryRun": true,
       "exhaustive": true, "threads": 3, "timeLimit": 2.5,
       "limits": {"frames": 100, "seconds": null},
       "rules": {"LipVideoInvalid": {"input.container": {"accept": ["mp4"]}}}}
      """)
    let gate = try options.makeGate()
    #expect(options.isDryRun)
    #expect(gate.service == .tencent(.action))
    #expect(
      gate.judging.options
        == JudgeOptions(
          faceOcclusionDetection: true, eyeCloseDetection: false, actions: [2, 1], bandwidth: 2e6,
          strict: true, window: TimeWindow(start: 0, end: 2)))
    #expect(gate.judging.exploration == Exploration(share: 0.25, seed: "s"))
    #expect(gate.judging.photo?.source.name == "id.jpg")
    #expect(gate.judging.request == ["a": .text("b"), "c": .integer(1), "d": .null])
    #expect(gate.fitting.window == TimeWindow(start: 0.5, end: 3))
    #expect(gate.fitting.maximumBytes == 1000)
    #expect(gate.fitting.keepsMetadata)
    #expect(gate.fitting.encodesHopeless)
    #expect(gate.reporting.previewCount == 1 && gate.reporting.previewSize == 640)
    #expect(gate.reporting.previewQuality == 70 && gate.reporting.previewCrop == .face)
    #expect(
      gate.reporting.includesTimeline && !gate.reporting.includesDigest && gate.judging.isExhaustive
    )
    #expect(gate.reporting.annotationFolder == "f")
    #expect(gate.runtime.codecThreads == 3)
    #expect(gate.runtime.timeLimit == 2.5)
    #expect(gate.runtime.inputLimits[.frames] == 100)
    #expect(!gate.judging.overrides.isEmpty)
  }

  @Test("keep everything, or leave the choice, by name")
  func windows() throws {
    #expect(try options(#"{"window": "all"}"#).gate.fitting.window?.end == .infinity)
    #expect(try options(#"{"window": "auto"}"#).gate.fitting.window == nil)
  }

  private static let providers =
    #""megvii" or "megvii-video" or "tencent" or "tencent-compare-face""#

  static let wrong: [(json: String, message: String)] = [
    ("[]", "options must be an object"), ("1", "options must be an object"),
    (#"{"providr": "megvii"}"#, #"options has no "providr"; did you mean provider?"#),
    (#"{"zzzzzzzz": 1}"#, #"options has no "zzzzzzzz""#),
    (
      #"{"provider": "Megvii"}"#,
      "options.provider must be " + providers
    ),
    (#"{"provider": 1}"#, "options.provider must be " + providers),
    (#"{"mode": "loud"}"#, #"options.mode must be "lip" or "action" or "silent""#),
    (
      #"{"provider": "megvii", "mode": "lip"}"#,
      "mode is for tencent and tencent-compare-face; megvii has none"
    ),
    (
      #"{"provider": "tencent-compare-face", "mode": "lip"}"#,
      "mode lip is no mode of tencent-compare-face, which has action and silent"
    ),
    (
      #"{"provider": "megvii", "photo": "a.jpg"}"#,
      "photo is for tencent and tencent-compare-face; megvii takes none"
    ),
    (
      #"{"provider": "tencent", "mode": "lip", "request": {"LivenessType": "SILENT"}}"#,
      "mode lip contradicts the request, whose LivenessType is SILENT"
    ),
    (#"{"provider": "tencent", "actions": [1]}"#, "actions must be 1,2 or 2,1 for tencent"),
    (#"{"actions": [5]}"#, "options.actions must be a list of one or two actions, 1 to 4"),
    (#"{"bandwidth": 0}"#, "options.bandwidth must be bits per second, more than 0"),
    (#"{"strict": 1}"#, "options.strict must be true or false"),
    (#"{"explore": 1.5}"#, "options.explore must be 0 to 1"),
    (#"{"window": [2, 1]}"#, #"options.window must be "auto", "all" or [start, end] in seconds"#),
    (#"{"window": [-1, 1]}"#, #"options.window must be "auto", "all" or [start, end] in seconds"#),
    (#"{"judgedWindow": "all"}"#, "options.judgedWindow must be [start, end] in seconds"),
    (#"{"maxBytes": 0}"#, "options.maxBytes must be a number of bytes, at least 1"),
    (#"{"maxBytes": 1.5}"#, "options.maxBytes must be a number of bytes, at least 1"),
    (#"{"maxBytes": 1e300}"#, "options.maxBytes must be a number of bytes, at least 1"),
    (#"{"previews": 11}"#, "options.previews must be 0 to 10"),
    (#"{"previewSize": 5000}"#, "options.previewSize must be pixels, 64 to 4096"),
    (#"{"previewQuality": 0}"#, "options.previewQuality must be 1 to 100"),
    (#"{"previewCrop": "head"}"#, #"options.previewCrop must be "none" or "face""#),
    (#"{"threads": 17}"#, "options.threads must be 1 to 16"),
    (#"{"limits": {"edits": 0}}"#, "options.limits.edits must be 1 to 100000 entries"),
    (#"{"timeLimit": 0}"#, "options.timeLimit must be seconds, more than 0 and at most 86400"),
    (#"{"language": "xx"}"#, "options.language must be a language: en, zh-Hans, id, th"),
    (#"{"annotate": ""}"#, "options.annotate must be the path of a folder"),
    (#"{"photo": "a\u0000b"}"#, "options.photo must be the path of a JPG or PNG"),
    (#"{"request": []}"#, "options.request must be an object"),
    (#"{"request": {"a": []}}"#, "options.request.a must be a string or a number"),
    (#"{"rules": {"NoSuch": {}}}"#, #"options.rules: unknown code "NoSuch""#),
    // A name may hold what steers a terminal or ends a line.
    (#"{"no\u001B[2J\nsuch": 1}"#, #"options has no "no\u{1B}[2J\u{A}such""#),
  ]

  @Test("are refused exactly: the option, what it may be, and what may be meant", arguments: wrong)
  func refused(_ wrong: (json: String, message: String)) {
    #expect(message(wrong.json) == wrong.message)
  }

  @Test("are all in the schema, and the schema has no other")
  func schema() throws {
    let file = Repository.root.appending(path: "Docs/options.schema.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let properties = try #require(schema?["properties"] as? [String: Any])
    #expect(Set(properties.keys) == Set(OptionKey.all.map(\.name)))
    for example in try #require(schema?["examples"] as? [Any]) {
      let text = String(
        decoding: try JSONSerialization.data(withJSONObject: example), as: UTF8.self)
      #expect(message(text) == nil, "\(text)")
    }
  }

  /// The option that sets each property of a gate; `nil` for what no caller in JSON can give.
  static let optionOfGate: [String: String?] = [
    "service": "provider", "options": "strict", "overrides": "rules", "photo": "photo",
    "request": "request", "window": "window", "maximumBytes": "maxBytes",
    "keepsMetadata": "keepMetadata", "encodesHopeless": "evenIfHopeless",
    "previewCount": "previews", "previewSize": "previewSize",
    "previewQuality": "previewQuality", "previewCrop": "previewCrop",
    "isExhaustive": "exhaustive", "exploration": "explore", "codecThreads": "threads",
    "includesTimeline": "timeline", "includesDigest": "md5", "annotationFolder": "annotate",
    "advice": "language",
    "inputLimits": "limits", "protectedFiles": nil, "onProgress": nil,
    "isIllustrated": nil,
  ]
  static let optionOfJudge: [String: String] = [
    "faceOcclusionDetection": "faceOcclusionDetection", "eyeCloseDetection": "eyeCloseDetection",
    "actions": "actions", "bandwidth": "bandwidth", "strict": "strict", "window": "judgedWindow",
  ]

  @Test("exist for every property of a gate and of what it judges by")
  func complete() {
    let names = Set(OptionKey.all.map(\.name))
    for (label, _) in Gate(.megvii).everyOption {
      guard let option = Self.optionOfGate[label] else {
        Issue.record("Gate.\(label) has no option in JSON")
        continue
      }
      if let option { #expect(names.contains(option)) }
    }
    for child in Mirror(reflecting: JudgeOptions()).children {
      let option = Self.optionOfJudge[child.label ?? ""]
      #expect(option.map(names.contains) == true, "JudgeOptions.\(child.label ?? "")")
    }
  }

  @Test("reach an isolated process whole")
  func settings() throws {
    var gate = Gate(.tencent(.lip))
    gate.judging.options = JudgeOptions(
      faceOcclusionDetection: true, eyeCloseDetection: false, actions: [2, 1], bandwidth: 1.5,
      strict: true, window: TimeWindow(start: 0.123456789, end: 2))
    gate.judging.overrides = try RuleOverrides(
      json: #"{"LipVideoInvalid": {"input.container": {"accept": ["mp4"]}}}"#)
    gate.judging.request = ["a": .text("b"), "c": .integer(1), "d": .null, "e": .file(bytes: 3)]
    gate.fitting.window = TimeWindow(start: 0, end: .infinity)
    gate.fitting.maximumBytes = 5
    gate.fitting.keepsMetadata = true
    gate.fitting.encodesHopeless = true
    gate.reporting.previewCount = 1
    gate.reporting.previewSize = 640
    gate.reporting.previewQuality = 70
    gate.reporting.previewCrop = .face
    gate.judging.isExhaustive = true
    gate.judging.exploration = Exploration(share: 0.5, seed: "x")
    gate.runtime.codecThreads = 7
    gate.reporting.includesTimeline = true
    gate.reporting.includesDigest = false
    gate.reporting.annotationFolder = "x"
    gate.reporting.isIllustrated = true
    gate.reporting.advice = try #require(AdviceCatalogue.speaking("id"))
    gate.runtime.timeLimit = .infinity
    gate.runtime.inputLimits[.pixels] = 1000
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let data = try encoder.encode(GateSettings(gate))
    let copy = try decoder.decode(GateSettings.self, from: data).gate(photo: nil)
    // Whatever a gate has, also what is added later.
    for (own, other) in zip(gate.everyOption, copy.everyOption) where own.name != "onProgress" {
      // A dictionary's entries come in any order.
      #expect(
        "\(own.value)".sorted() == "\(other.value)".sorted(), "\(own.name)")
      #expect(
        Self.unchanged.contains(own.name)
          || "\(own.value)" != "\(Self.standard[own.name] ?? "")",
        "the test leaves \(own.name) at its default")
    }
  }

  private static let unchanged: Set = ["photo", "protectedFiles"]
  private static var standard: [String: Any] {
    Dictionary(uniqueKeysWithValues: Gate(.megvii).everyOption.map { ($0.name, $0.value) })
  }
}
