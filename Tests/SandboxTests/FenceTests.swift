import CSandbox
import Foundation
import TestSupport
import Testing

@Suite("The fences of an isolated process")
struct FenceTests {
  /// Whether the kernel and the processor have all of them; a container may hide some.
  private static let all = Int32(
    CS_FENCE_NO_NEW_PRIVILEGES | CS_FENCE_SYSTEM_CALLS | CS_FENCE_LANDLOCK | CS_FENCE_LIMITS)

  /// What a process behind the fences could do: `done`, or the error's number.
  private func attempts(
    _ folder: borrowing TemporaryFolder, _ more: String...
  ) throws -> (answers: [String: String], result: ProcessResult) {
    let probe = Repository.products.appending(path: "FenceProbe").path(percentEncoded: false)
    let result = try runProcess(
      probe, [folder.path("open"), folder.url.path(percentEncoded: false)] + more)
    let lines = result.outputText.split(separator: "\n").map { $0.split(separator: " ") }
    return (Dictionary(lines.map { (String($0[0]), String($0[1])) }) { $1 }, result)
  }

  @Test("stand all on this kernel")
  func stand() throws {
    let folder = try TemporaryFolder()
    let (answers, _) = try attempts(folder)
    let missing = cs_landlock_version() == 0 ? Int32(CS_FENCE_LANDLOCK) : 0
    #expect(answers["fences"] == "\(Self.all & ~missing)")
  }

  @Test("refuse files, connections, processes and signals, and leave what is open")
  func refuse() throws {
    let folder = try TemporaryFolder()
    let (answers, result) = try attempts(folder)
    #expect(result.status == 0, "\(result.errorText)")
    let allowed: Set = [
      "write-open-file", "read-open-file", "size-of-open-file", "sync-open-file", "thread",
      "some-memory", "own-limits", "processors", "random",
    ]
    // The file that is open may be written; nothing else may be there.
    #expect(try folder.contents == ["open"])
    for (name, answer) in answers where name != "fences" {
      #expect((answer == "done") == allowed.contains(name), "\(name): \(answer)")
    }
    #expect(answers.count == 46)
  }

  @Test("refuse softly, so that a library that only tries something goes on")
  func soft() throws {
    let folder = try TemporaryFolder()
    let (answers, _) = try attempts(folder)
    #expect(answers["open-read"] == "\(EPERM)")
    #expect(answers["socket-inet"] == "\(EPERM)")
    #expect(answers["ioctl"] == "\(ENOTTY)")
    #expect(answers["unknown-call"] == "\(ENOSYS)")
    #expect(answers["too-much-memory"] == "\(ENOMEM)")
  }

  @Test("end a process that writes beyond the bound of a file")
  func large() throws {
    let folder = try TemporaryFolder()
    let (answers, result) = try attempts(folder, "large")
    #expect(result.status == 128 + SIGXFSZ)
    #expect(answers["large-file"] == nil)
  }
}
