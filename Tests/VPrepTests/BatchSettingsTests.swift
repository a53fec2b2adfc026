import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("What a batch's lines depend on")
struct BatchSettingsTests {
  /// What decides how long a call may take, what counts as success or what is shown, not what is found.
  static let free: Set<String> = [
    "codecThreads", "annotationFolder", "protectedFiles", "onProgress",
    "includesDigest", "options.strict",
  ]

  /// Every option of a gate with another value than its default.
  static let changes: [String: @Sendable (inout Gate) -> Void] = [
    "service": { $0.service = .tencent(.lip) },
    "options.faceOcclusionDetection": { $0.options.faceOcclusionDetection = true },
    "options.eyeCloseDetection": { $0.options.eyeCloseDetection = false },
    "options.actions": { $0.options.actions = [2, 1] },
    "options.bandwidth": { $0.options.bandwidth = 1000 },
    "options.strict": { $0.options.strict = true },
    "options.window": { $0.options.window = TimeWindow(start: 0, end: 1) },
    "overrides": {
      let json = #"{"ActionLightDark": {"brightness.faceMean": {"fail": 30}}}"#
      $0.overrides = (try? RuleOverrides(json: json)) ?? .none
    },
    "photo": { $0.photo = .bytes([1], name: "photo") },
    "request": { $0.request = ["a": .text("b")] },
    "window": { $0.window = TimeWindow(start: 0, end: .infinity) },
    "maximumBytes": { $0.maximumBytes = 1_000_000 },
    "keepsMetadata": { $0.keepsMetadata = true },
    "previewCount": { $0.previewCount = 1 },
    "isExhaustive": { $0.isExhaustive = true },
    "codecThreads": { $0.codecThreads = 1 },
    "includesTimeline": { $0.includesTimeline = true },
    "includesDigest": { $0.includesDigest = false },
    "annotationFolder": { $0.annotationFolder = "frames" },
    "protectedFiles": { $0.protectedFiles = ["rules.json"] },
    "inputLimits": { $0.inputLimits[.pixels] = 1_000_000 },
    "onProgress": { $0.onProgress = { _ in } },
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
    quick.gate.timeLimit = 10
    #expect(BatchSettings(quick).digest == plain)
  }

  @Test("is decided for each option that there is")
  func complete() {
    let gate = Gate(provider: .tencent)
    let names = Mirror(reflecting: gate).children.compactMap(\.label).filter { $0 != "options" }
    let options = Mirror(reflecting: gate.options).children.compactMap(\.label)
    #expect(Set(names + options.map { "options." + $0 }) == Set(Self.changes.keys))
  }

  @Test("are the values, not where they lie in memory")
  func stable() throws {
    var batch = Batch(Gate(provider: .tencent), inputs: [], folder: "out")
    batch.gate.request = ["a": .text("1"), "b": .integer(2), "c": .null, "d": .file(bytes: 3)]
    let digest = BatchSettings(batch).digest
    var same = Batch(Gate(provider: .tencent), inputs: [], folder: "elsewhere")
    same.gate.request = ["d": .file(bytes: 3), "c": .null, "b": .integer(2), "a": .text("1")]
    #expect(BatchSettings(same).digest == digest)
    same.gate.request?["b"] = .text("2")
    #expect(BatchSettings(same).digest != digest)
  }

  @Test("goes on where only the closure that shows progress is another one")
  func progress() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    for (run, expected) in [false, true, true].enumerated() {
      var batch = folder.checking([clip])
      if run > 0 { batch.gate.onProgress = { progress in _ = (run, progress) } }
      #expect(try await batch.resumed() == [expected])
    }
  }
}
