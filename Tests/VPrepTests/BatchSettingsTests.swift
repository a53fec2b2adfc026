import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("What a batch's lines depend on")
struct BatchSettingsTests {
  /// What decides how long a call may take, what counts as success or what is shown, not what is found.
  static let free: Set<String> = [
    "codecThreads", "annotationFolder", "protectedFiles", "onProgress",
    "includesDigest", "isIllustrated",
  ]

  /// Every option of a gate with another value than its default.
  static let changes: [String: @Sendable (inout Gate) -> Void] = [
    "service": { $0.service = .tencent(.lip) },
    "options.faceOcclusionDetection": { $0.judging.options.faceOcclusionDetection = true },
    "options.eyeCloseDetection": { $0.judging.options.eyeCloseDetection = false },
    "options.actions": { $0.judging.options.actions = [2, 1] },
    "options.bandwidth": { $0.judging.options.bandwidth = 1000 },
    "options.strict": { $0.judging.options.strict = true },
    "options.window": { $0.judging.options.window = TimeWindow(start: 0, end: 1) },
    "overrides": {
      let json = #"{"ActionLightDark": {"brightness.faceMean": {"fail": 30}}}"#
      $0.judging.overrides = (try? RuleOverrides(json: json)) ?? .none
    },
    "photo": { $0.judging.photo = .bytes([1], name: "photo") },
    "request": { $0.judging.request = ["a": .text("b")] },
    "window": { $0.fitting.window = TimeWindow(start: 0, end: .infinity) },
    "maximumBytes": { $0.fitting.maximumBytes = 1_000_000 },
    "keepsMetadata": { $0.fitting.keepsMetadata = true },
    "encodesHopeless": { $0.fitting.encodesHopeless = true },
    "previewCount": { $0.reporting.previewCount = 1 },
    "previewSize": { $0.reporting.previewSize = 640 },
    "previewQuality": { $0.reporting.previewQuality = 70 },
    "previewCrop": { $0.reporting.previewCrop = .face },
    "isExhaustive": { $0.judging.isExhaustive = true },
    "exploration": { $0.judging.exploration = Exploration(share: 0.5) },
    "codecThreads": { $0.runtime.codecThreads = 1 },
    "includesTimeline": { $0.reporting.includesTimeline = true },
    "includesDigest": { $0.reporting.includesDigest = false },
    "annotationFolder": { $0.reporting.annotationFolder = "frames" },
    "isIllustrated": { $0.reporting.isIllustrated = true },
    "advice": { $0.reporting.advice = AdviceCatalogue.speaking("th") ?? .english },
    "protectedFiles": { $0.runtime.protectedFiles = ["rules.json"] },
    "inputLimits": { $0.runtime.inputLimits[.pixels] = 1_000_000 },
    "onProgress": { $0.runtime.onProgress = { _ in } },
  ]

  @Test("is every option of a gate but those that change nothing that is found")
  func everyOption() throws {
    let batch = Batch(Gate(provider: .tencent), inputs: [], folder: "out")
    let plain = BatchSettings(batch).digest
    for (name, change) in Self.changes {
      var changed = batch
      change(&changed.gate)
      #expect((BatchSettings(changed).digest == plain) == Self.free.contains(name), "\(name)")
    }
    // Of the limits, that of time does not count.
    var quick = batch
    quick.gate.runtime.timeLimit = 10
    #expect(BatchSettings(quick).digest == plain)
  }

  @Test("is decided for each option that there is")
  func complete() {
    let gate = Gate(provider: .tencent)
    #expect(gate.propertyCount == 5, "a group of options is left out")
    let names = gate.everyOption.map(\.name).filter { $0 != "options" }
    let options = Mirror(reflecting: gate.judging.options).children.compactMap(\.label)
    #expect(Set(names + options.map { "options." + $0 }) == Set(Self.changes.keys))
  }

  @Test("are the values, not where they lie in memory")
  func stable() throws {
    var batch = Batch(Gate(provider: .tencent), inputs: [], folder: "out")
    batch.gate.judging.request = [
      "a": .text("1"), "b": .integer(2), "c": .null, "d": .file(bytes: 3),
    ]
    let digest = BatchSettings(batch).digest
    var same = Batch(Gate(provider: .tencent), inputs: [], folder: "elsewhere")
    same.gate.judging.request = [
      "d": .file(bytes: 3), "c": .null, "b": .integer(2), "a": .text("1"),
    ]
    #expect(BatchSettings(same).digest == digest)
    same.gate.judging.request?["b"] = .text("2")
    #expect(BatchSettings(same).digest != digest)
  }

  @Test("goes on where only the closure that shows progress is another one")
  func progress() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    for (run, expected) in [false, true, true].enumerated() {
      var batch = folder.checking([clip])
      if run > 0 { batch.gate.runtime.onProgress = { progress in _ = (run, progress) } }
      #expect(try await batch.resumed() == [expected])
    }
  }
}
