import Foundation
import TestSupport
import Testing
@testable import VPrep
@testable import VPrepCLI

@Suite("A batch")
struct BatchTests {
  @Test("says of each clip what a check of it alone says")
  func sameAsAlone() async throws {
    let folder = try BatchFolder()
    let clips = try TestClips.named(["short-0.4", "dark-3", "webm-vp8"])
    let results = try await folder.checking(clips.map(\.path)).results()
    #expect(results.map(\.path) == clips.map(\.path))
    #expect(results.map(\.count) == [3, 3, 3])
    for (result, clip) in zip(results, clips) {
      var alone = try await Gate(provider: .tencent).check(.file(clip.path)).report
      var report = try result.answer.get()
      (alone.timing, report.timing) = (try .none, try .none)
      alone.leaveOutCommonParts()
      #expect(report == alone)
      #expect(result.status == VPrep.ExitStatus(alone, strict: false))
      let line = try JSONDecoder().decode(ReportDocument.self, from: result.line)
      #expect(try line.json() == result.answer.get().json())
    }
    #expect(try folder.lines == results.map { String(decoding: $0.line, as: UTF8.self) })
    #expect(try folder.contents == ["report.ndjson"])
  }

  @Test("goes on after a clip that cannot be used, with a line that says why")
  func brokenClips() async throws {
    let folder = try BatchFolder()
    let missing = folder.folder.path("missing.mp4")
    let bad = try TestClips.named(["empty", "sound-only", "text"]).map(\.path)
    let good = try TestClips.named("short-0.4").path
    let results = try await folder.checking(bad + [missing, good]).results()
    #expect(results.map { $0.verdict == nil } == [true, true, true, true, false])
    for (result, line) in zip(results, try folder.lines).prefix(4) {
      #expect(result.status == .unusableInput)
      let object = try BatchFolder.object(line)
      #expect(object.keys.sorted() == ["batch", "error"])
      let error = try #require(object["error"] as? [String: Any])
      #expect(
        error.keys.sorted() == ["advice", "cause", "code", "file", "kind", "message", "stage"])
      #expect(error["file"] as? String == result.path)
      #expect(error["kind"] as? String == "unusableInput")
      #expect((error["message"] as? String)?.isEmpty == false)
    }
    #expect(try folder.names.last == "short-0.4.mp4")
  }

  @Test("writes the same lines and outputs however many clips are worked on at once")
  func concurrency() async throws {
    let one = try BatchFolder()
    let many = try BatchFolder()
    let clips = try TestClips.named([
      "long-5", "rotated-90", "short-0.4", "empty", "moov-last", "dark-3", "good-megvii",
    ]).map(\.path)
    let alone = try await one.preparing(clips).results()
    var batch = many.preparing(clips)
    batch.jobs = 4
    let together = try await batch.results()
    #expect(alone.map(\.index) == Array(clips.indices))
    #expect(together.map(\.index).sorted() == Array(clips.indices))
    #expect(try one.contents == many.contents)
    let lines = try many.timelessLines.map {
      $0.replacingOccurrences(of: many.output, with: one.output)
    }
    for (line, other) in zip(lines, try one.timelessLines) { #expect(line == other) }
    #expect(try lines.count == one.timelessLines.count)
    for name in try one.contents where name.hasSuffix(".mp4") {
      let paths = [one.output, many.output].map { $0 + "/" + name }
      #expect(FileManager.default.contentsEqual(atPath: paths[0], andPath: paths[1]), "\(name)")
    }
  }

  @Test("names an output that is no MP4 by what it is")
  func endings() async throws {
    let folder = try BatchFolder()
    let clips = try TestClips.named(["webm-vp8", "rotated-90"]).map(\.path)
    let results = try await folder.preparing(clips, for: .megvii).results()
    #expect(try folder.contents == ["report.ndjson", "rotated-90.mp4", "webm-vp8.webm"])
    #expect(results.first?.outputPath == folder.output + "/webm-vp8.webm")
    #expect(try await folder.preparing(clips, for: .megvii).resumed() == [true, true])
  }

  @Test("counts the clips by outcome and ends with the worst status")
  func summary() async throws {
    let folder = try BatchFolder()
    let ids = ["short-0.4", "empty", "good-silent", "sound-only", "dark-3"]
    let results = try await folder.checking(try TestClips.named(ids).map(\.path)).results()
    var summary = BatchSummary()
    var worst: [VPrep.ExitStatus] = []
    for result in results {
      summary.add(result)
      worst.append(summary.status)
    }
    #expect(summary.clips == 5)
    #expect(summary.errors == 2)
    #expect(summary.outcomes.values.reduce(0, +) == 3)
    #expect(summary.outcomes[.fail] == 2)
    #expect(summary.resumed == 0)
    #expect(worst.first == .refused)
    #expect(worst.dropFirst().allSatisfy { $0 == .unusableInput })
    #expect(summary.text.hasPrefix("5 clips: ") && summary.text.hasSuffix("2 fail, 2 errors"))
  }

  @Test("orders the statuses from good to bad, each apart from the others")
  func severity() {
    let order: [VPrep.ExitStatus] = [
      .accepted, .incomplete, .refused, .limitsCannotBeMet, .unusableInput, .usage,
      .outputNotWritten,
    ]
    #expect(VPrep.ExitStatus.allCases.sorted { $0.severity < $1.severity } == order)
    #expect(Set(order.map(\.severity)).count == VPrep.ExitStatus.allCases.count)
  }
}

extension ReportDocument.Timing {
  /// No times, for comparing reports.
  fileprivate static var none: ReportDocument.Timing {
    get throws {
      try JSONDecoder().decode(ReportDocument.Timing.self, from: Data(#"{"total": 0}"#.utf8))
    }
  }
}
