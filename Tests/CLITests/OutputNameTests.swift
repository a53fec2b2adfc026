import Foundation
import TestSupport
import Testing

@Suite("The output's name")
struct OutputNameTests {
  @Test(
    "is refused where it promises another container than the one that is written",
    arguments: ["out.webm", "out.MKV", "out.avi", "out.ts", "out.jpg"])
  func other(_ name: String) throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      "$V fit $C/moov-last.mp4 -o \(name) --provider tencent", in: folder)
    #expect(result.status == 2)
    #expect(result.errorText.contains("Give a name that ends in .mp4."))
    #expect(try folder.contents.isEmpty)
  }

  @Test(
    "may have any ending that promises none, or MP4's own",
    arguments: ["out", "out.part1", "out.mov", "out.M4V", "..mp4", "a.webm/out"])
  func free(_ name: String) throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      "mkdir a.webm; $V fit $C/moov-last.mp4 -o \(name) --provider tencent", in: folder)
    #expect(result.status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path(name)))
  }

  @Test("is explained where the clip itself stands under it")
  func copied() throws {
    let result = try ErrorOutputTests.shell(
      "$V fit $C/flv.flv -o out.mp4 --provider tencent --json")
    let report = try ErrorOutputTests.document(result)
    let fit = try #require(report["fit"] as? [String: Any])
    let reasons = try #require(fit["reasons"] as? [String])
    #expect(fit["action"] as? String == "passthrough")
    #expect(
      reasons.last == "the file is an unchanged copy of the clip, flv, whatever its name says")
  }

  @Test("is standard output as -, with the report on standard error", arguments: ["fit", "prep"])
  func standardOutput(_ command: String) throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      export TMPDIR=$PWD/tmp; mkdir tmp
      $V \(command) $C/moov-last.mp4 -o - --provider tencent --json > out.mp4 2> report.json
      code=$?; ffprobe -v error out.mp4 && md5sum < out.mp4 && ls -A tmp; exit $code
      """, in: folder)
    #expect(result.status == 0)
    let data = try Data(contentsOf: folder.file("report.json"))
    let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let output = try #require((report["fit"] as? [String: Any])?["output"] as? [String: Any])
    #expect(output["path"] as? String == "-")
    #expect(result.outputText == "\(try #require(output["md5"] as? String))  -\n")
    #expect(try folder.contents.sorted() == ["out.mp4", "report.json", "tmp"])
  }
}
