import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  private static func run(_ line: String) throws -> ProcessResult {
    let clip = try TestClips.named("short-0.4").path
    let words = line.split(separator: " ").map { $0 == "CLIP" ? clip : String($0) }
    return try runProcess(Repository.vprep.path(percentEncoded: false), words)
  }

  @Test("names the command or option that was meant, with status 2")
  func suggestions() throws {
    for (line, meant) in [
      ("chek CLIP", "check"), ("check CLIP --provder tencent", "--provider"),
      ("check CLIP --provider tencent --mdoe lip", "--mode"),
      ("explain ActionLightDrak", "ActionLightDark"),
    ] {
      let result = try Self.run(line)
      #expect(result.status == 2)
      #expect(result.errorText.contains("Did you mean"), "\(result.errorText)")
      #expect(result.errorText.contains(meant))
      let json = try Self.run(line + " --json")
      #expect(json.outputText.contains("Did you mean"))
    }
  }

  @Test("takes providers, modes and codes in upper and lower case, and sizes with a unit")
  func tolerance() throws {
    let fit = "fit CLIP --dry-run --provider Tencent --mode ACTION --max-bytes 6MB"
    #expect(try Self.run(fit).status == 0)
    #expect(try Self.run("probe CLIP --limit bytes=6MB").status == 0)
    let refused = try Self.run("fit CLIP --dry-run --provider tencent --max-bytes 6XB")
    #expect(refused.status == 2 && refused.errorText.contains("6MB"))
  }

  @Test("explains a code in text and as the JSON of its list")
  func explain() throws {
    let text = try Self.run("explain actionlightdark --provider tencent")
    #expect(text.status == 0)
    #expect(text.outputText.hasPrefix("FailedOperation.ActionLightDark of tencent in every mode\n"))
    let json = try Self.run("explain ActionLightDark --provider tencent --json")
    let found = try #require(
      try JSONSerialization.jsonObject(with: json.output) as? [[String: Any]])
    let listed = try #require(
      try JSONSerialization.jsonObject(with: Self.run("codes --provider tencent --json").output)
        as? [[String: Any]])
    let entry = try #require(
      listed.first { $0["code"] as? String == "FailedOperation.ActionLightDark" })
    #expect(found.count == 1 && found.first as NSDictionary? == entry as NSDictionary)
  }

  @Test("completes files wherever a path is asked for")
  func completion() throws {
    let script = try Self.run("--generate-completion-script bash").outputText
    for option in ["--output", "--photo", "--request", "--rules", "--advice", "--annotate"] {
      let cases = script.split(separator: "'\(option)'").dropFirst()
      #expect(!cases.isEmpty, "\(option)")
      for entry in cases {
        let line = entry.split(separator: "\n").dropFirst().first ?? ""
        #expect(line.contains("__vprep_add_completions -"), "\(option): \(line)")
      }
    }
  }
}
