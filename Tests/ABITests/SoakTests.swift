import Foundation
import TestSupport
import Testing

@Suite("Many calls through the C interface")
struct SoakTests {
  /// The program of `make soak`, built against the library of these tests.
  static let program = Result {
    let program = Repository.products.appending(path: "soak").path(percentEncoded: false)
    let source = Repository.root.appending(path: "scripts/soak.c")
    let compiled = try CProgramTests.compile(source, to: program, language: ["-std=gnu11"])
    guard compiled.status == 0 else { throw NotBuilt(reason: compiled.errorText) }
    return program
  }

  struct NotBuilt: Error { let reason: String }

  /// Small clips that are copied, cut and encoded, with sound and without.
  static func makeClips(in folder: borrowing TemporaryFolder) throws -> [String] {
    try [
      ("plain.mp4", ["-c:v", "libx264", "-c:a", "aac"]),
      ("moving.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"]),
      ("silent.avi", ["-c:v", "mpeg4", "-an"]),
    ].map { name, arguments in
      let path = folder.path(name)
      let made = try runProcess(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=4:duration=2.2",
          "-f", "lavfi", "-i", "sine=duration=2.2", "-pix_fmt", "yuv420p", "-ac", "1",
        ] + arguments + [path])
      try #require(made.status == 0, "\(made.errorText)")
      return path
    }
  }

  // One after the other: each of them can use all processors.
  @Test(
    "leave no memory, file or thread behind", .serialized,
    arguments: [(calls: 300, threads: 1), (calls: 200, threads: 8)])
  func growth(calls: Int, threads: Int) throws {
    let folder = try TemporaryFolder()
    let clips = try Self.makeClips(in: folder)
    let ran = try runProcess(
      Self.program.get(), ["\(calls)", "\(threads)", folder.url.path] + clips, timeout: 600)
    #expect(ran.status == 0, "\(ran.outputText)\(ran.errorText)")
    #expect(try folder.contents == clips.map { URL(filePath: $0).lastPathComponent }.sorted())
  }
}
