import Foundation
import TestSupport
import Testing

@Suite("An error of the program")
struct ErrorOutputTests {
  static let vprep = Repository.vprep.path(percentEncoded: false)

  /// Runs a line of shell in which `$V` is the program and `$C` the folder of test clips.
  static func shell(_ line: String) throws -> ProcessResult {
    try shell(line, in: TemporaryFolder())
  }

  static func shell(_ line: String, in folder: borrowing TemporaryFolder) throws -> ProcessResult {
    let clips = URL(filePath: try TestClips.named("good-silent").path).deletingLastPathComponent()
    return try runProcess(
      "bash", ["-c", "cd '\(folder.url.path)'; \(line)"],
      environment: ["V": vprep, "C": clips.path])
  }

  static func document(_ result: ProcessResult) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
  }

  @Test(
    "is a document on standard output with --json, whose kind says who has to act",
    arguments: [
      ("printf 'no clip' > x.mp4; $V check x.mp4", "unsupported", 3),
      ("head -c 3000 \"$C/good-silent.mp4\" > x.mp4; $V check x.mp4", "damaged", 3),
      ("touch x.mp4; $V check x.mp4", "empty", 3),
      ("$V check nothing.mp4", "missing", 3),
      ("mkdir d; $V probe d", "unreadable", 3),
      ("ffmpeg -v error -f lavfi -i sine=d=1 x.mp4; $V check x.mp4", "noVideo", 3),
      ("$V fit \"$C/good-silent.mp4\" -o no/where.mp4", "output", 5),
      ("$V check \"$C/good-silent.mp4\" --no-such-option", "usage", 2),
    ])
  func document(_ line: String, _ kind: String, _ status: Int32) throws {
    let provider = line.contains("probe") ? "" : " --provider tencent"
    let result = try Self.shell(line + provider + " --json")
    let error = try Self.document(result)
    #expect(error["schema"] as? String == "vprep.error/1")
    #expect(error["kind"] as? String == kind)
    #expect(
      error.keys.sorted() == ["advice", "code", "file", "kind", "message", "schema", "stage"])
    #expect(result.status == status)
    #expect(!result.errorText.isEmpty)
  }

  @Test("names the provider's code in the document where the content is at fault")
  func code() throws {
    let result = try Self.shell(
      "printf 'no clip' > x.mp4; $V check x.mp4 --provider megvii --json")
    #expect(try Self.document(result)["code"] as? String == "VIDEO_UNSUPPORTED_FORMAT")
  }

  @Test(
    "is one line and status 5 where standard output takes nothing",
    arguments: [
      "check \"$C/good-silent.mp4\" --provider tencent > /dev/full",
      "check \"$C/good-silent.mp4\" --provider tencent --json > /dev/full",
      "probe \"$C/good-silent.mp4\" >&-", "codes > /dev/full", "doctor > /dev/full",
      "help > /dev/full", "--version >&-",
    ])
  func unwritable(_ arguments: String) throws {
    let result = try Self.shell("$V " + arguments)
    #expect(result.status == 5)
    #expect(result.errorText.hasPrefix("vprep: standard output: cannot be written"))
    #expect(result.errorText.split(separator: "\n").count == 1)
  }

  @Test("is not a signal where the reader has gone, and leaves nothing behind")
  func readerGone() throws {
    let folder = try TemporaryFolder()
    let result = try Self.shell(
      """
      set -o pipefail
      $V prep "$C/moov-last.mp4" -o out.mp4 --provider tencent --json | true
      """, in: folder)
    #expect(result.status == 5)
    #expect(try folder.contents == ["out.mp4"])
  }

  @Test("leaves the output alone where standard output is closed")
  func closedOutput() throws {
    let folder = try TemporaryFolder()
    let result = try Self.shell(
      "$V fit \"$C/moov-last.mp4\" -o out.mp4 --provider tencent >&- 2> errors", in: folder)
    #expect(result.status == 5)
    let probe = try Self.shell("ffprobe -v error out.mp4", in: folder)
    #expect(probe.errorText.isEmpty && probe.status == 0)
  }

  @Test(
    "steers no terminal, whatever the clip is called",
    arguments: ["\u{1B}]52;c;ZXZpbA==\u{7}.mp4", "line\nbreak.mp4", "\u{202E}4pm.mp4"])
  func names(_ name: String) throws {
    let folder = try TemporaryFolder()
    try Data("no clip".utf8).write(to: folder.file(name))
    for arguments in [
      ["check", folder.path(name), "--provider", "megvii"],
      ["check", folder.path("no" + name), "--provider", "megvii"],
      ["batch", folder.path(name), "-o", folder.path("out"), "--provider", "megvii"],
    ] {
      let result = try runProcess(Self.vprep, arguments)
      let text = result.outputText + result.errorText
      #expect(text.contains("\\u{"))
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{7}"))
    }
  }
}

@Suite("A clip that comes through a pipe")
struct PipedClipTests {
  static let reading = "--provider tencent --json"

  @Test("is read on standard input, under a path, and from a named pipe")
  func pipes() throws {
    for line in [
      "cat $C/good-silent.mp4 | $V check -", "$V check - < $C/good-silent.mp4",
      "$V check <(cat $C/good-silent.mp4)", "cat $C/good-silent.mp4 | $V check /dev/stdin",
      "mkfifo p; (cat $C/good-silent.mp4 > p) & $V check p",
    ] {
      let result = try ErrorOutputTests.shell("\(line) \(Self.reading)")
      let report = try ErrorOutputTests.document(result)
      #expect((report["input"] as? [String: Any])?["container"] as? String == "mp4", "\(line)")
    }
  }

  @Test(
    "is empty where nothing comes, and no device", arguments: ["check - < /dev/null", "check -"])
  func nothing(_ line: String) throws {
    let result = try ErrorOutputTests.shell("$V \(line) \(Self.reading)")
    #expect(try ErrorOutputTests.document(result)["kind"] as? String == "empty")
    #expect(result.status == 3)
    let device = try ErrorOutputTests.shell("$V check - < /dev/zero \(Self.reading)")
    #expect(try ErrorOutputTests.document(device)["kind"] as? String == "unreadable")
  }

  @Test("is refused as soon as its start shows that no clip comes", arguments: ["zero", "urandom"])
  func endless(device: String) throws {
    let result = try ErrorOutputTests.shell("cat /dev/\(device) | $V check - \(Self.reading)")
    let message = try ErrorOutputTests.document(result)["message"] as? String
    #expect(message?.contains("matches no known container") == true)
    #expect(result.status == 3)
  }
}
