import Foundation
import TestSupport
import Testing

@Suite("vprep preview")
struct PreviewCommandTests {
  private static func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), ["preview"] + arguments)
  }

  private static func size(_ file: URL) throws -> (width: Int, height: Int) {
    let found = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0",
        file.path(percentEncoded: false),
      ]
    ).outputText.split { !$0.isNumber }.compactMap { Int($0) }
    try #require(found.count == 2)
    return (found[0], found[1])
  }

  @Test("writes pictures of the size, quality and crop that are asked for")
  func style() throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-silent").path
    func bytes(_ name: String) throws -> Int { try Data(contentsOf: folder.file(name)).count }
    for (name, options) in [
      ("whole.jpg", []), ("small.jpg", ["--preview-size", "320"]),
      ("rough.jpg", ["--preview-quality", "30"]),
      ("face.jpg", ["--crop", "face", "--preview-size", "400"]),
    ] {
      let result = try Self.run([clip, "-o", folder.path(name)] + options)
      #expect(result.status == 0, "\(result.errorText)")
    }
    #expect(try Self.size(folder.file("whole.jpg")) == (720, 1280))
    #expect(try Self.size(folder.file("small.jpg")) == (180, 320))
    #expect(try bytes("rough.jpg") < bytes("whole.jpg") / 2)
    let face = try Self.size(folder.file("face.jpg"))
    #expect(face.height == 400 && abs(face.width - 320) <= 2)
  }

  @Test(
    "gives each picture a reason, and says why a clip has none, with status 0",
    arguments: [false, true])
  func reasons(isIsolated: Bool) throws {
    let isolation = isIsolated ? ["--isolate"] : []
    func report(_ id: String) throws -> (ProcessResult, [String: Any]) {
      let result = try Self.run(
        [try TestClips.named(id).path, "--count", "3", "--json"] + isolation)
      let report = try JSONSerialization.jsonObject(with: result.output) as? [String: Any]
      return (result, try #require(report))
    }
    let (shown, good) = try report("good-megvii")
    #expect(shown.status == 0 && shown.errors.isEmpty)
    let pictures = try #require(good["previews"] as? [[String: Any]])
    #expect(good["noPreviews"] is NSNull)
    #expect((pictures.first?["reason"] as? String)?.hasPrefix("The best of ") == true)
    let (result, none) = try report("no-face-wall")
    #expect(result.status == 0)
    #expect((none["previews"] as? [Any])?.isEmpty == true)
    #expect(none["noPreviews"] as? String == "noFace")
    #expect(result.errorText.hasSuffix(": no preview: no frame shows a face\n"))
  }

  @Test("refuses what no picture can be")
  func refused() throws {
    for options in [
      ["--count", "0"], ["--count", "11"], ["--preview-size", "63"], ["--preview-quality", "0"],
      ["--crop", "ear"],
    ] { #expect(try Self.run(["clip.mp4"] + options).status == 2) }
  }
}
