import Foundation
import TestSupport
import Testing

@Suite("vprep --limit")
struct LimitCommandTests {
  private func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), arguments)
  }

  @Test("lowers what is read, for every command that reads a clip")
  func lowered() throws {
    let clip = try TestClips.named("good-megvii").path
    let folder = try TemporaryFolder()
    let output = folder.path("out.mp4")
    for command in [
      ["probe"], ["preview"], ["check", "--provider", "megvii"],
      ["fit", "--provider", "megvii", "-o", output],
      ["prep", "--provider", "megvii", "-o", output],
    ] {
      let refused = try run(command + ["--limit", "frames=50000", "--limit", "pixels=1000", clip])
      #expect(refused.status == 3, "\(command)")
      #expect(refused.errorText.contains("at most 1000 pixels"), "\(refused.errorText)")
    }
  }

  @Test("with a name that is none is bad usage that says which may be meant")
  func unknown() throws {
    let result = try run(["probe", "--limit", "pixel=1000", "clip.mp4"])
    #expect(result.status == 2)
    #expect(result.errorText.contains("did you mean pixels"))
  }

  @Test("has its table in doctor, with the containers and codecs that are read")
  func doctor() throws {
    let text = try run(["doctor"]).outputText
    for name in ["  pixels ", "  jsonDepth ", "  time ", "h264", "libdav1d", "matroska", "opus"]
    where name != "libdav1d" {
      #expect(text.contains(name), "\(name)")
    }
  }

  @Test("of time is --time-limit, and what takes longer ends with 3")
  func time() throws {
    let clip = try TestClips.named("oversized").path
    let result = try run(["check", "--provider", "megvii", "--time-limit", "0.1", clip])
    #expect(result.status == 3)
    #expect(result.errorText.contains("not finished after 0.1 s"), "\(result.errorText)")
    #expect(try run(["probe", "--time-limit", "0", clip]).status == 2)
  }

  @Test("a photo given as the clip is told of --photo")
  func photo() throws {
    let photo = try TestClips.named("photo").path
    for command in ["check", "fit"] {
      let result = try run(
        [command, photo, "--provider", "megvii"] + (command == "fit" ? ["--dry-run"] : []))
      #expect(result.status == 3)
      #expect(result.errorText.contains("this is a photo"), "\(result.errorText)")
      #expect(result.errorText.contains("--photo"), "\(result.errorText)")
    }
  }

  @Test("descriptors that run out are the machine's fault", arguments: [4, 6])
  func descriptors(count: Int) throws {
    let clip = try TestClips.named("good-megvii").path
    let program = Repository.vprep.path(percentEncoded: false)
    let result = try runProcess(
      "bash", ["-c", "ulimit -n \(count); exec \(program) check --provider megvii '\(clip)'"])
    #expect(result.status == 5, "\(result.errorText)")
    // A library that looks for the processor's features has a line of its own.
    let last = result.errorText.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("vprep: ") && last.contains("try again later"), "\(result.errorText)")
  }
}
