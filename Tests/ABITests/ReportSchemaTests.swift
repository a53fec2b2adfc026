import CVPrep
import Foundation
import TestSupport
import Testing
import VPrepC

@Suite("The report's schema")
struct ReportSchemaTests {
  static let schema = Result { try Schema(docs("report.schema.json")) }

  static func docs(_ name: String) -> URL { Repository.root.appending(path: "Docs/" + name) }

  /// Reports of every call, between them with every key that a report can have.
  static func reports() throws -> [(name: String, report: JSON)] {
    let folder = try TemporaryFolder()
    let output = folder.path("out.mp4")
    let window = { (options: inout vprep_options) in
      (options.window_start, options.window_end) = (0.1, 2.3)
    }
    return [
      ("probe", try report("no-sound") { vprep_probe($0, $1, $2) }),
      ("check", try report("no-face") { vprep_check($0, $1, $2) }),
      ("check, small", try report("far-3") { vprep_check($0, $1, $2) }),
      ("fit", try report("good-megvii", window) { vprep_fit($0, output, $1, $2) }),
      ("fit, encoded", try report("webm-vp8") { vprep_fit($0, output, $1, $2) }),
      ("check with a photo and a request", try reportOnRequest()),
      ("prepare", try report("extra-streams") { vprep_prepare($0, output, $1, $2) }),
      ("prepare, as it is", try report("short-0.4") { vprep_prepare($0, output, $1, $2) }),
      ("prepare, only a new recording can help", try reportOfHopeless(output)),
      ("preview", try report("good-megvii") { vprep_preview($0, nil, $1, $2) }),
      ("check with a timeline", try reportWithTimeline()),
      ("prep of a clip that is let through", try reportOfExplored(output)),
      ("fit that is only planned", try reportOfPlan()),
    ]
  }

  static func report(
    _ id: String, _ change: (inout vprep_options) -> Void = { _ in },
    _ call: (
      UnsafePointer<vprep_clip>, UnsafePointer<vprep_options>,
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> Int32
  ) throws -> JSON {
    try withFile(TestClips.named(id).path) { file in
      try withOptions(VPREP_TENCENT, change) { options in
        let answer = try Answer { call(file, options, $0) }
        try #require(answer.error == nil, "\(id): \(answer.message)")
        return try JSONDecoder().decode(JSON.self, from: answer.text)
      }
    }
  }

  /// A report of a clip that is not encoded.
  static func reportOfHopeless(_ output: String) throws -> JSON {
    try #"{"maxBytes": 100000}"#.withCString { json in
      try report("dark-4", { $0.options_json = json }) { vprep_prepare($0, output, $1, $2) }
    }
  }

  /// A report of a clip that is let through, with rules that say how likely a refusal is.
  static func reportOfExplored(_ output: String) throws -> JSON {
    let rules = """
      {"explore": 1, "rules": {"refusal": {"distances": [-1, 1], "probabilities": [0, 1], \
      "lows": [0, 0.9], "highs": [0.1, 1], "answers": 300, "version": "2026-01-31"}}}
      """
    return try rules.withCString { json in
      try report("dark-4", { $0.options_json = json }) { vprep_prepare($0, output, $1, $2) }
    }
  }

  /// A report with the values of every frame, which the program alone can be asked for.
  static func reportWithTimeline() throws -> JSON {
    let clip = try TestClips.named("short-0.4").path
    let answer = try runProcess(
      Repository.vprep.path(percentEncoded: false),
      ["check", clip, "--provider", "megvii", "--timeline", "--json"])
    return try JSONDecoder().decode(JSON.self, from: answer.output)
  }

  /// A report of a fit that writes nothing, which the program alone can be asked for.
  static func reportOfPlan() throws -> JSON {
    let answer = try runProcess(
      Repository.vprep.path(percentEncoded: false),
      [
        "fit", TestClips.named("good-megvii").path, "--provider", "megvii", "--window", "1:2",
        "--dry-run", "--json",
      ])
    return try JSONDecoder().decode(JSON.self, from: answer.output)
  }

  /// A report with a photo and with a finding about the request.
  static func reportOnRequest() throws -> JSON {
    let photo = try TestClips.named("photo").path
    return try withFile(photo) { photo in
      try #"{"LivenessType": "LOUD"}"#.withCString { request in
        try report("good-silent", { ($0.photo, $0.request_json) = (photo, request) }) {
          vprep_check($0, $1, $2)
        }
      }
    }
  }

  @Test("describes every report, key for key")
  func everyKey() throws {
    let schema = try Self.schema.get()
    var seen: Set<String> = []
    for (name, report) in try Self.reports() {
      #expect(try schema.loggedErrors(about: report) == [], "\(name)")
      seen.formUnion(report.paths())
    }
    #expect(seen.subtracting(schema.paths()).sorted() == [], "keys that the schema lacks")
    #expect(schema.paths().subtracting(seen).sorted() == [], "keys that no report has")
  }

  @Test("requires every key that it names")
  func required() throws {
    #expect(try Self.schema.get().loosePaths() == [])
  }

  @Test("refuses what is not a report")
  func refuses() throws {
    let schema = try Self.schema.get()
    #expect(try schema.loggedErrors(about: .object([:])).count == 13)
    var report = try Self.report("short-0.4") { vprep_probe($0, $1, $2) }.members
    report["schema"] = .string("vprep.report/2")
    report["timing"] = .number(1)
    report["fit"] = .bool(false)
    #expect(try schema.loggedErrors(about: .object(report)).count == 3)
  }

  @Test("names the keys that the document explains, and no other")
  func document() throws {
    let text = try String(contentsOf: Self.docs("report-json.md"), encoding: .utf8)
    var explained: Set<String> = []
    // A table of kinds of error is none of keys.
    let sections = text.components(separatedBy: "\n## ").filter { !$0.hasPrefix("An error") }
    for line in sections.joined(separator: "\n").split(separator: "\n")
    where line.hasPrefix("| `") {
      explained.formUnion(
        line.split(separator: "|")[0].split(separator: "`").map(String.init).filter {
          !$0.contains(" ")
        })
    }
    // The document describes both verdicts in one place.
    let named = try Self.schema.get().paths().filter { !$0.hasPrefix("outputVerdict.") }
    #expect(named.subtracting(explained).sorted() == [], "keys that the document lacks")
    #expect(explained.subtracting(named).sorted() == [], "keys that the schema lacks")
  }
}
