import CVPrep
import Foundation
import TestSupport
import Testing

@Suite("A C program")
struct CProgramTests {
  /// The example of the README, which is a whole program.
  static func example() throws -> String {
    let readme = try String(
      contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
    let start = try #require(readme.range(of: "```c\n"), "the README has no example in C")
    let rest = readme[start.upperBound...]
    return String(rest[..<(try #require(rest.range(of: "```")).lowerBound)])
  }

  static let header = Repository.root.appending(path: "Sources/CVPrep/include")
    .path(percentEncoded: false)

  /// Compiles a source with every warning an error; links it with the library when `links`.
  static func compile(
    _ source: URL, to output: String, language: [String], links: Bool = true,
    with libraries: [String] = []
  ) throws -> ProcessResult {
    let library = Repository.products.path(percentEncoded: false)
    // A program that loads an instrumented library needs the sanitizer's runtime too, and that Swift's
    // (`scripts/sanitize.sh` says where they are).
    let sanitizer = ProcessInfo.processInfo.environment["VPREP_SANITIZER"].map {
      ["-fsanitize=\($0)"]
    }
    let runtime = sanitizer == nil ? [] : ["-ldispatch", "-lBlocksRuntime"]
    let link =
      links
      ? ["-L" + library, "-lVPrepC", "-Wl,-rpath," + library] + runtime : ["-fsyntax-only"]
    return try runProcess(
      "clang",
      language + (sanitizer ?? []) + ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I" + header]
        + [source.path(percentEncoded: false)] + link + libraries + (links ? ["-o", output] : []))
  }

  @Test("such as the README's links with the library and runs")
  func example() throws {
    let folder = try TemporaryFolder()
    let source = folder.file("example.c")
    try Data(Self.example().utf8).write(to: source)
    let compiled = try Self.compile(source, to: folder.path("example"), language: ["-std=c99"])
    try #require(compiled.status == 0, "\(compiled.errorText)")

    let clip = try TestClips.named("webm-vp8").path
    let ran = try runProcess(folder.path("example"), [clip, folder.path("out.mp4")])
    let report = try #require(
      try JSONSerialization.jsonObject(with: ran.output) as? [String: Any], "\(ran.outputText)")
    let verdict = try #require(report["outputVerdict"] as? [String: Any])
    #expect(ran.status == Answer.status(of: verdict, strict: false).map { Int32($0.rawValue) })
    #expect(ran.errorText.isEmpty)
    #expect(try Ffprobe.probe(folder.file("out.mp4")).format.contains("mp4"))

    let failed = try runProcess(folder.path("example"), ["/no/such/clip", folder.path("no.mp4")])
    #expect(failed.status == Int32(VPREP_UNUSABLE_INPUT.rawValue))
    #expect(failed.outputText.hasPrefix(#"{"error":{"#))
  }

  @Test("of C++ compiles with the header")
  func cPlusPlus() throws {
    let folder = try TemporaryFolder()
    let source = folder.file("example.cpp")
    try Data(Self.example().utf8).write(to: source)
    let compiled = try Self.compile(
      source, to: folder.path("example"), language: ["-x", "c++", "-std=c++17"], links: false)
    #expect(compiled.status == 0, "\(compiled.errorText)")
  }
}
