import Foundation
import TestSupport
import Testing

@Suite("The document of the worker")
struct WorkerDocumentTests {
  /// The code of a language in the document.
  private static func code(_ language: String) throws -> String {
    let text = try String(
      contentsOf: Repository.root.appending(path: "Docs/worker.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "```\(language)\n")
    try #require(parts.count == 2)
    return try #require(parts[1].components(separatedBy: "\n```").first) + "\n"
  }

  /// Runs a program of the document, with the built `vprep` as the one that is installed.
  private func run(_ program: String, _ language: String, clips: [String]) throws -> ProcessResult {
    let folder = try TemporaryFolder()
    try Data(Self.code(language).utf8).write(to: folder.file("client.\(language)"))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let own = Repository.products.path(percentEncoded: false)
    return try runProcess(
      program, [folder.path("client.\(language)")] + clips, environment: ["PATH": "\(own):\(path)"])
  }

  @Test("has clients that work", arguments: [("python3", "python"), ("node", "js")])
  func clients(program: String, language: String) throws {
    // Node is no part of the set-up.
    guard try runProcess("sh", ["-c", "command -v \(program)"]).status == 0 else { return }
    let clips = try TestClips.named(["good-megvii", "empty"]).map(\.path)
    let result = try run(program, language, clips: clips)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(
      result.outputText.split(separator: "\n").map(String.init) == [
        "\(clips[0]) 0 pass", "\(clips[1]) 3 the file is empty (0 bytes)",
      ])
  }
}
