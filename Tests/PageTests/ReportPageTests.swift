import Foundation
import TestSupport
import Testing

@Suite("A report's page", .enabled(if: Browser.isInstalled))
struct ReportPageTests {
  static let clips = [
    "good-silent", "dark-2", "hand-over-mouth", "no-face", "two-faces", "backlit", "mask",
    "rotated-90", "cut-in-data", "face-leaves",
  ]

  private func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), arguments)
  }

  @Test("of any clip is read by eye, by keyboard and by ear, on a phone and in the dark")
  func views() throws {
    let folder = try TemporaryFolder()
    var pages: [String] = []
    for id in Self.clips {
      let page = folder.path(id + ".html")
      _ = try run(
        ["check", try TestClips.named(id).path, "--provider", "tencent", "--html", page])
      pages.append(page)
    }
    for (width, scheme) in [(360, "light"), (360, "dark"), (1100, "light")] {
      let views = try Browser.look(at: pages, width: width, scheme: scheme)
      #expect(views.count == pages.count)
      for view in views { view.expectSound(width: width, scheme: scheme) }
    }
  }

  @Test("says first what the verdict is and what to do, and shows the frames behind it")
  func content() throws {
    let folder = try TemporaryFolder()
    let page = folder.path("hand.html")
    let clip = try TestClips.named("hand-over-mouth").path
    let result = try run(["check", clip, "--provider", "tencent", "--json", "--html", page])
    #expect(result.status == 1)
    let view = try #require(try Browser.look(at: [page], width: 800, scheme: "light").first)
    let report = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let verdict = try #require(report["verdict"] as? [String: Any])
    let step = try #require((verdict["nextStep"] as? [String: Any])?["text"] as? String)
    let lines = view.text.split(separator: "\n").map(String.init)
    #expect(lines.prefix(5).contains { $0.hasPrefix("Fail") })
    #expect(lines.prefix(5).contains(step))
    let html = try String(contentsOf: folder.file("hand.html"), encoding: .utf8)
    #expect(html.contains("class=\"cover\""), "what is covered is not drawn")
    #expect(html.components(separatedBy: "<figure").count > 8)
    #expect(html.contains("stretch fail"), "no stretch beyond a limit is marked")
    // The report inside is the one that was printed, but for the time that writing took.
    let start = try #require(html.range(of: "data:application/json;base64,"))
    let inside = try #require(
      Data(base64Encoded: String(html[start.upperBound...].prefix { $0 != "\"" })))
    #expect(inside + Data("\n".utf8) == result.output)
  }

  @Test("of a prepared clip shows what was done, and holds at most 1.5 MB for ten seconds")
  func prepared() throws {
    let folder = try TemporaryFolder()
    let page = folder.path("long.html")
    let result = try run([
      "prep", try TestClips.named("long-12").path, "--provider", "megvii", "-o",
      folder.path("out.mp4"), "--html", page,
    ])
    #expect(result.status == 0)
    let html = try Data(contentsOf: folder.file("long.html"))
    #expect(html.count <= 1_500_000)
    let view = try #require(try Browser.look(at: [page], width: 360, scheme: "light").first)
    view.expectSound(width: 360, scheme: "light")
    for word in ["What was done", "Before", "After", "Previews"] {
      #expect(view.text.contains(word))
    }
    #expect(String(decoding: html, as: UTF8.self).contains("stretch cut"))
  }

  @Test("shows a file's name as text, whatever it is")
  func names() throws {
    let folder = try TemporaryFolder()
    let name = "<img src=x onerror=alert(1)>&\"'{{title}}\u{1b}[31m.mp4"
    let clip = folder.file(name)
    try FileManager.default.copyItem(at: TestClips.named("no-face").url, to: clip)
    let page = folder.path("page.html")
    _ = try run(["check", folder.path(name), "--provider", "megvii", "--html", page])
    let view = try #require(try Browser.look(at: [page], width: 360, scheme: "light").first)
    view.expectSound(width: 360, scheme: "light")
    #expect(view.text.contains("<img src=x onerror=alert(1)>&\"'{{title}}"))
    #expect(!view.text.contains("\u{1b}"))
  }

  @Test("is the same whether the clip is read here or in an isolated process")
  func isolated() throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("two-faces").path
    var pages: [String] = []
    for (index, more) in [[], ["--isolate"]].enumerated() {
      let page = folder.path("\(index).html")
      _ = try run(["check", clip, "--provider", "tencent", "--html", page] + more)
      let html = try String(contentsOf: folder.file("\(index).html"), encoding: .utf8)
      // The report inside says how long the call took.
      pages.append(html.replacing(/data:application\/json;base64,[^"]*/, with: ""))
    }
    #expect(pages[0] == pages[1])
  }

  @Test("replaces nothing that the call reads or writes", arguments: ["clip", "output"])
  func names(of place: String) throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mp4")
    try FileManager.default.copyItem(at: TestClips.named("good-megvii").url, to: clip)
    let before = try Data(contentsOf: clip)
    let page = place == "clip" ? folder.path("clip.mp4") : folder.path("./out.mp4")
    let result = try run([
      "prep", folder.path("clip.mp4"), "--provider", "megvii", "-o", folder.path("out.mp4"),
      "--html", page,
    ])
    #expect(result.status != 0)
    #expect(try Data(contentsOf: clip) == before)
    let written = try? Data(contentsOf: folder.file("out.mp4"))
    #expect(written.map { !$0.starts(with: Data("<!doctype".utf8)) } ?? true)
  }

  @Test("of a batch lists its clips with small pictures, whatever their names")
  func batch() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.file("in/<b>"), withIntermediateDirectories: true)
    for (id, name) in [
      ("good-silent", "<b>/ok.mp4"), ("empty", "<script>alert(1)<.mp4"), ("short-0.4", "s.mp4"),
    ] {
      try FileManager.default.copyItem(
        at: TestClips.named(id).url, to: folder.file("in").appending(path: name))
    }
    let page = folder.path("index.html")
    for _ in 0..<2 {
      let result = try run([
        "batch", folder.path("in"), "--provider", "tencent", "-o", folder.path("out"), "--html",
        page, "--exit-zero",
      ])
      #expect(result.status == 0)
      let views = try Browser.look(at: [page], width: 360, scheme: "dark")
      let view = try #require(views.first)
      view.expectSound(width: 360, scheme: "dark")
      #expect(view.text.contains("<script>alert(1)<.mp4"))
      #expect(view.text.contains("1 pass") && view.text.contains("1 error"))
      let html = try String(contentsOf: folder.file("index.html"), encoding: .utf8)
      #expect(html.components(separatedBy: "<img ").count == 3)
    }
  }
}
