import Foundation
import Services
import Synchronization
import TestSupport
import Testing
import VPrep

@Suite("To measure a clip")
struct DecodingCountTests {
  /// How often a call starts to decode the clip.
  private static func decodings(
    _ path: String, _ gate: Gate,
    _ call: (Gate, Clip) async throws -> Void = { _ = try await $0.check($1) }
  ) async throws -> Int {
    let count = Count()
    var gate = gate
    gate.runtime.onProgress = { if $0.stage == .measure, $0.share == 0 { count.add() } }
    try await call(gate, .file(path))
    return count.value
  }

  private static func path(_ id: String) throws -> String { try TestClips.named(id).path }

  @Test("once is enough where a part of the frames settles the verdict, or all are asked for")
  func once() async throws {
    var gate = Gate(.tencent(.silent))
    #expect(try await Self.decodings(Self.path("good-silent"), gate) == 1)
    gate.judging.isExhaustive = true
    #expect(try await Self.decodings(Self.path("good-megvii"), gate) == 1)
  }

  @Test("twice is enough where frames are shown, or a plan is made, beside the verdict")
  func closer() async throws {
    var gate = Gate(.tencent(.silent))
    let path = try Self.path("good-megvii")
    let planned = try await Self.decodings(path, gate) { _ = try await $0.planPreparation($1) }
    #expect(planned == 2)
    gate.reporting.includesTimeline = true
    #expect(try await Self.decodings(path, gate) == 2)
  }

  @Test("once is enough where a clip is encoded as it is, and once for its output")
  func encoded() async throws {
    let folder = try TemporaryFolder()
    let path = try Self.path("good-megvii")
    var gate = Gate(.tencent(.silent))
    let previews = try await gate.preview(.file(path), count: 2).pictures.map(\.seconds)
    let checked = try await gate.check(.file(path)).verdict
    gate.fitting.window = TimeWindow(start: 0, end: .infinity)
    gate.fitting.maximumBytes =
      try Data(contentsOf: TestClips.named("good-megvii").url).count * 3 / 4
    gate.reporting.previewCount = 2
    let stages = Mutex<[Gate.Progress.Stage]>([])
    gate.runtime.onProgress = { told in
      if told.share == 0 { stages.withLock { $0.append(told.stage) } }
    }
    let prepared = try await gate.prepare(.file(path), writingTo: folder.path("out.mp4"))
    #expect(prepared.change.action == .transcode)
    let begun = stages.withLock { $0 }
    for stage in [Gate.Progress.Stage.measure, .fit, .verify] {
      #expect(begun.count { $0 == stage } == 1, "\(stage)")
    }
    #expect(!begun.contains(.recheck))
    // What was measured meanwhile is what a reading of its own measures.
    #expect(prepared.previews.map(\.seconds) == previews)
    #expect(prepared.check.verdict.predictions == checked.predictions)
    let output = try await Gate(.tencent(.silent)).check(.file(folder.path("out.mp4")))
    #expect(prepared.outputVerdict == output.verdict)
  }

  @Test("once is enough where a clip passes through, and nothing is decoded for its previews")
  func passedThrough() async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(.tencent(.silent))
    let stages = Mutex<[Gate.Progress.Stage]>([])
    gate.runtime.onProgress = { told in
      if told.share == 0 { stages.withLock { $0.append(told.stage) } }
    }
    let path = try Self.path("good-silent")
    let prepared = try await gate.prepare(.file(path), writingTo: folder.path("out.mp4"))
    #expect(prepared.change.action == .passthrough && prepared.output?.isVerified == true)
    #expect(stages.withLock { $0 } == [.measure])
    #expect(prepared.previews.count == 2)
    // All of it was decoded, and no more of it measured than for a verdict alone.
    let checked = try await gate.check(.file(path))
    #expect(prepared.check.verdict == checked.verdict)
    #expect(prepared.check.measurements.framesMeasured == checked.measurements.framesMeasured)
    #expect(prepared.check.measurements.framesDecoded == prepared.check.clip.video.frameCount)
    #expect(checked.measurements.framesDecoded < checked.clip.video.frameCount)
  }

  @Test("twice is enough for a clip near a limit", .enabled(if: photoFacesAreMeasured))
  func nearFailure() async throws {
    var gate = Gate(provider: .megvii)
    #expect(try await Self.decodings(Self.path("no-face"), gate) == 2)
    gate.reporting.includesTimeline = true
    #expect(try await Self.decodings(Self.path("no-face"), gate) == 2)
  }

  @Test("twice is enough for a damaged clip, near a limit or not", arguments: [1, 2])
  func damaged(threads: Int) async throws {
    for mode in [ProviderMode.silent, .action] {
      var gate = Gate(.tencent(mode))
      gate.runtime.codecThreads = threads
      gate.reporting.includesTimeline = mode == .action
      #expect(try await Self.decodings(Self.path("noise-in-data"), gate) <= 2)
    }
  }

  /// A clip with a key frame every 0.4 s, damaged between them: a sampling pass does not see it.
  @Test("twice is enough for a clip that is damaged where the first pass left frames out")
  func hiddenDamage() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("damaged.mp4")
    try Ffmpeg.make(
      file,
      ["-i", Self.path("dark-3")] + Ffmpeg.h264
        + ["-g", "12", "-sc_threshold", "0", "-an", "-bsf:v", "noise=amount='not(key)*40'"])
    let path = file.path(percentEncoded: false)
    var gate = Gate(.tencent(.silent))
    var measured: [MeasurementSummary] = []
    for threads in [1, 2] {
      gate.runtime.codecThreads = threads
      let checked = try await Self.decodings(path, gate) {
        let check = try await $0.check($1)
        #expect(check.clip.warnings.contains { $0.hasSuffix("errors while decoding") })
        measured.append(check.measurements)
      }
      #expect(checked == 2)
      let planned = try await Self.decodings(path, gate) { _ = try await $0.planPreparation($1) }
      #expect(planned == 2)
    }
    // Several threads conceal damage by chance; one does not.
    #expect(measured.first == measured.last)
  }
}

/// Counts on any thread.
private final class Count: Sendable {
  private let state = Mutex(0)

  var value: Int { state.withLock { $0 } }

  func add() { state.withLock { $0 += 1 } }
}
