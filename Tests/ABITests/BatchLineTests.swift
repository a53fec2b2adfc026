import Foundation
import TestSupport
import Testing

@Suite("The lines of a batch")
struct BatchLineTests {
  @Test("are reports by the schema with a batch object, or that and an error")
  func schema() throws {
    let folder = try TemporaryFolder()
    let clips = try TestClips.named(["short-0.4", "extra-streams", "empty"]).map(\.path)
    let result = try runProcess(
      Repository.vprep.path(percentEncoded: false),
      ["batch", "--provider", "tencent", "--json", "--jobs", "1", "-o", folder.path("out")] + clips)
    let lines = try result.outputText.split(separator: "\n").map {
      try JSONDecoder().decode(JSON.self, from: Data($0.utf8))
    }
    try #require(lines.count == 3)
    for (index, line) in lines.enumerated() {
      // Only what was written has a time.
      let written = index < 2 ? ["outputModified"] : []
      #expect(
        try #require(line["batch"]).members.keys.sorted()
          == ["bytes", "modified", "output"] + written
          + ["path", "previews", "run", "seconds", "settings", "started"])
    }
    let schema = try ReportSchemaTests.schema.get()
    for line in lines.prefix(2) {
      #expect(try schema.loggedErrors(about: line) == [])
      #expect(line.paths().subtracting(schema.paths()).filter { !$0.hasPrefix("batch") } == [])
    }
    #expect(lines[2].members.keys.sorted() == ["batch", "error"])
  }
}
