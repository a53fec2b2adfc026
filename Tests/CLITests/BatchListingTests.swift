import Foundation
import TestSupport
import Testing

@Suite("What vprep batch writes for people")
struct BatchListingTests {
  private func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), arguments)
  }

  @Test("is a table in which no name becomes a formula, and counts for Prometheus")
  func listings() throws {
    let folder = try TemporaryFolder()
    let names = ["=1+1\",\nx.mp4", "b.mp4"]
    try FileManager.default.createDirectory(
      at: folder.file("in"), withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(
        at: TestClips.named("short-0.4").url, to: folder.file("in").appending(path: name))
    }
    // Names as they are given, so that one begins with the sign.
    let process = try runProcess(
      "sh",
      [
        "-c",
        "cd \"$1\" && exec \"$2\" batch --provider tencent -o ../out --check-only --csv ../t.csv "
          + "--metrics ../m.prom --exit-zero *", "sh", folder.path("in"),
        Repository.vprep.path(percentEncoded: false),
      ])
    #expect(process.status == 0)
    #expect(!process.outputText.contains("\nx.mp4"), "a line end of a name is printed raw")
    let table = try String(contentsOf: folder.file("t.csv"), encoding: .utf8)
    let rows = table.components(separatedBy: "\r\n")
    #expect(rows[0].hasPrefix("path,outcome,status,code,"))
    #expect(rows[1].hasPrefix("\"'=1+1\"\",\nx.mp4\",fail,1,FailedOperation.SilentTooShort"))
    #expect(rows[2].hasPrefix("b.mp4,fail,1,"))
    #expect(rows.count == 4 && rows[3].isEmpty)
    let metrics = try String(contentsOf: folder.file("m.prom"), encoding: .utf8)
    #expect(
      metrics.contains(
        "vprep_batch_clips{provider=\"tencent\",mode=\"silent\",outcome=\"fail\"} 2.000\n"))
    for line in metrics.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.wholeMatch(of: /[a-z_]+\{[^}]*\} [0-9.]+/) != nil, "\(line)")
    }
  }

  @Test(
    "replaces no clip, no output and no report",
    arguments: ["in/clip.mp4", "out/clip.mp4", "out/report.ndjson", "out/summary.json"])
  func protected(place: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.file("in"), withIntermediateDirectories: true)
    let clip = folder.file("in/clip.mp4")
    try FileManager.default.copyItem(at: TestClips.named("short-0.4").url, to: clip)
    for option in ["--csv", "--metrics"] {
      try FileManager.default.createDirectory(
        at: folder.file("out"), withIntermediateDirectories: true)
      let result = try run([
        "batch", folder.path("in"), "--provider", "tencent", "--refused", "keep", "--previews", "0",
        "-o", folder.path("out"), option, folder.path(place),
      ])
      #expect(result.status == 5)
      let kept = try Data(contentsOf: folder.file(place))
      #expect(!kept.starts(with: Data("path,".utf8)) && !kept.starts(with: Data("# HELP".utf8)))
    }
    #expect(try Data(contentsOf: clip) == Data(contentsOf: TestClips.named("short-0.4").url))
  }

  static let manifests = [
    "path,output,mode\nCLIP,clinic/anna,lip\n",
    "\u{feff}mode,path,output\r\nlip,\"CLIP\",clinic/anna\r\n",
    #"{"path": "CLIP", "output": "clinic/anna", "mode": "lip", "photo": null}"# + "\n\n",
  ]

  @Test("follows a manifest, as CSV and as lines of JSON", arguments: manifests)
  func manifest(text: String) throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("short-0.4").path
    try Data(text.replacing("CLIP", with: clip).utf8).write(to: folder.file("m"))
    let result = try run([
      "batch", "--provider", "tencent", "-o", folder.path("out"), "--manifest", folder.path("m"),
      "--json", "--exit-zero", "--refused", "keep", "--previews", "0",
    ])
    #expect(result.status == 0)
    #expect(result.outputText.contains(#""mode":"lip""#))
    #expect(
      FileManager.default.fileExists(atPath: folder.path("out/clinic/anna.mp4")))
  }

  @Test(
    "names the line of a manifest that it cannot follow",
    arguments: [
      ("path,mood\na,b\n", "mood"), ("path,mode\na.mp4,walk\n", "line 2: there is no mode walk"),
      ("output\nx\n", "line 2 has no path"), ("{\"path\": 1}\n", "line 1"),
      ("{\"path\": \"a\"}\n{oops\n", "line 2"), ("path\n\"a", "quotation mark"),
    ])
  func badManifest(text: String, word: String) throws {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: folder.file("m"))
    let result = try run([
      "batch", "--provider", "tencent", "-o", folder.path("out"), "--manifest", folder.path("m"),
    ])
    #expect(result.status == 2)
    #expect(result.errorText.contains(word), "\(result.errorText)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
  }
}
