import Foundation
import TestSupport
import Testing

@Suite("A machine that has nothing left to give")
struct ExhaustionTests {
  /// Whether the program ended as it should: with a verdict, or with one sentence and status 5.
  private func complaint(about result: ProcessResult) -> String? {
    if result.status < 2, result.errors.isEmpty { return nil }
    let lines = result.errorText.split(separator: "\n")
    guard result.status == 5, lines.count == 1, lines[0].hasPrefix("vprep: ") else {
      return "status \(result.status), \(result.errorText.prefix(500))"
    }
    return nil
  }

  @Test("costs one sentence where memory is short, however much of it there is")
  func memory() throws {
    let program = Repository.vprep.path(percentEncoded: false)
    let clip = try TestClips.named("short-0.4").path
    func run(_ kilobytes: Int, _ arguments: String) throws -> ProcessResult {
      try runProcess(
        "/bin/sh",
        ["-c", "ulimit -c 0; ulimit -v \(kilobytes); \"$0\" \(arguments)", program, clip])
    }
    // What the loader needs for the libraries: below it no program starts.
    let starts = try #require(
      try stride(from: 150_000, to: 1_000_000, by: 10_000).first { kilobytes in
        try run(kilobytes, "--version").status == 0
      })
    for more in [0, 60_000, 120_000, 190_000, 220_000, 250_000] {
      for option in ["", "--isolate"] {
        let result = try run(starts + more, "check \"$1\" --provider megvii \(option)")
        #expect(complaint(about: result) == nil, "\(starts + more) kB \(option)")
      }
    }
  }

  @Test("costs one sentence where no thread, or too few, can be started", arguments: 0..<5)
  func threads(_ count: Int) throws {
    let folder = try TemporaryFolder()
    // Another user has to be able to read them.
    try FileManager.default.copyItem(at: Repository.vprep, to: folder.file("vprep"))
    try FileManager.default.copyItem(
      at: TestClips.named("short-0.4").url, to: folder.file("clip.mp4"))
    // The limit does not hold for the superuser; the number is one that nobody else has.
    let asUser = geteuid() == 0 ? ["setpriv", "--reuid=\(54_320 + count)", "--clear-groups"] : []
    let result = try runProcess(
      "env",
      asUser + [
        "prlimit", "--nproc=\(count)", folder.path("vprep"), "check", folder.path("clip.mp4"),
        "--provider", "megvii",
      ])
    #expect(complaint(about: result) == nil)
    if count == 0 { #expect(result.errorText.contains("no thread can be started")) }
  }
}
