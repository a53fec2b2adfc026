import Foundation
import TestSupport
import Testing

@Suite("vprep check --request")
struct RequestCommandTests {
  static let secret = "s3cr3t-value-that-must-not-be-seen"

  /// Runs `check` on a clip with a request file.
  static func check(
    _ request: String, clip id: String, _ arguments: [String]
  ) throws -> ProcessResult {
    let folder = try TemporaryFolder()
    try Data(request.utf8).write(to: folder.file("request.json"))
    return try runProcess(
      Repository.vprep.path(percentEncoded: false),
      ["check", TestClips.named(id).path, "--request", folder.path("request.json")] + arguments)
  }

  static func md5(_ id: String) throws -> String {
    String(try runProcess("md5sum", [TestClips.named(id).path]).outputText.prefix(32))
  }

  static func json(_ parameters: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: parameters), as: UTF8.self)
  }

  /// A request to Tencent with nothing wrong in it.
  static func tencent(clip: String) throws -> [String: Any] {
    [
      "Action": "VideoLivenessCompare", "Version": "2018-03-01", "Region": "ap-singapore",
      "ImageUrl": "https://example.com/photo.jpg", "ImageMd5": try md5("photo"),
      "VideoUrl": "https://example.com/clip.mp4", "VideoMd5": try md5(clip),
      "LivenessType": "SILENT", "SecretId": secret,
    ]
  }

  /// The report's `lint` as pairs of code and key.
  static func findings(_ result: ProcessResult) throws -> [[String]] {
    let report = try JSONSerialization.jsonObject(with: result.output) as? [String: Any]
    let lint = try #require(report?["lint"] as? [[String: Any]])
    return lint.map { [$0["code"] as? String ?? "", $0["key"] as? String ?? ""] }
  }

  @Test("finds nothing in a request that is right, with the digests of both files")
  func right() throws {
    let request = try Self.json(Self.tencent(clip: "good-silent"))
    let photo = try TestClips.named("photo").path
    let result = try Self.check(
      request, clip: "good-silent", ["--provider", "tencent", "--photo", photo, "--json"])
    #expect(try Self.findings(result).isEmpty)
    #expect(result.status != 1)
  }

  @Test("compares the digests with the clip and the photo")
  func digests() throws {
    var request = try Self.tencent(clip: "good-silent")
    request["VideoMd5"] = try Self.md5("photo")
    request["ImageMd5"] = try Self.md5("good-silent")
    let photo = try TestClips.named("photo").path
    let result = try Self.check(
      Self.json(request), clip: "good-silent",
      ["--provider", "tencent", "--photo", photo, "--json"])
    #expect(
      try Self.findings(result) == [
        ["InvalidParameterValue", "ImageMd5"], ["InvalidParameterValue", "VideoMd5"],
      ])
    #expect(result.status == 1)
  }

  @Test("judges the mode that the request asks for, and refuses another beside it")
  func mode() throws {
    var request = try Self.tencent(clip: "no-sound")
    request["LivenessType"] = "LIP"
    request["ValidateData"] = "1234"
    let text = try Self.json(request)
    let judged = try Self.check(text, clip: "no-sound", ["--provider", "tencent"])
    #expect(judged.outputText.contains("LipVoiceDetect"))
    let contradicted = try Self.check(
      text, clip: "no-sound", ["--provider", "tencent", "--mode", "silent"])
    #expect(contradicted.status == 2)
    #expect(contradicted.errorText.contains("LivenessType"))
  }

  @Test("judges the order of actions that the request asks for, and refuses another beside it")
  func order() throws {
    var request = try Self.tencent(clip: "good-action")
    request["LivenessType"] = "ACTION"
    request["ValidateData"] = "2,1"
    let text = try Self.json(request)
    let contradicted = try Self.check(
      text, clip: "good-action", ["--provider", "tencent", "--actions", "1,2"])
    #expect(contradicted.status == 2)
    #expect(contradicted.errorText.contains("ValidateData"))
    let same = try Self.check(
      text, clip: "good-action", ["--provider", "tencent", "--actions", "2,1"])
    #expect(same.status == 0)
  }

  @Test("refuses a switch of Megvii that the request turns the other way")
  func switches() throws {
    let request = try Self.json([
      "api_key": "k", "api_secret": "s", "eye_close_detection": "0",
    ])
    let contradicted = try Self.check(
      request, clip: "good-megvii", ["--provider", "megvii", "--eye-close-detection"])
    #expect(contradicted.status == 2)
    #expect(contradicted.errorText.contains("eye_close_detection is 0"))
  }

  @Test("finds the same in a preparation that is only planned")
  func planned() throws {
    var request = try Self.tencent(clip: "good-silent")
    request["VideoMd5"] = try Self.md5("photo")
    request["ImageUrl"] = "photo.jpg"
    request["ValidateData"] = "1"
    for clip in ["good-silent", "webm-vp8"] {
      let folder = try TemporaryFolder()
      try Data(Self.json(request).utf8).write(to: folder.file("request.json"))
      let result = try runProcess(
        Repository.vprep.path(percentEncoded: false),
        [
          "prep", TestClips.named(clip).path, "--provider", "tencent", "--dry-run", "--json",
          "--request", folder.path("request.json"),
        ])
      let found = try Self.findings(result).map { $0[1] }
      // What will be sent is known only where it is the clip itself.
      let digest = clip == "good-silent" ? ["VideoMd5"] : []
      #expect(found == ["ImageUrl"] + digest + ["ValidateData"])
      #expect(result.status == 1)
    }
  }

  @Test("prints Megvii's own codes with their keys, and no secret")
  func megvii() throws {
    let request = try Self.json([
      "api_secret": Self.secret, "return_image": 3, "biz_no": Self.secret,
      "liveness_preference": true,
    ])
    let result = try Self.check(request, clip: "good-megvii", ["--provider", "megvii"])
    #expect(result.status == 1)
    for code in [
      "MISSING_ARGUMENTS:api_key", "BAD_ARGUMENTS:return_image",
      "BAD_ARGUMENTS:liveness_preference",
    ] {
      #expect(result.outputText.contains(code))
    }
    // The clip is the video, whether or not the request could name it.
    #expect(!result.outputText.contains("ARGUMENTS:video"))
    #expect(!(result.outputText + result.errorText).contains(Self.secret))
  }

  @Test(
    "is bad usage with a file that is no object of strings and numbers",
    arguments: [
      "", "[]", "17", "{\"api_key\": \"\(secret)", "{\"api_key\": [\"\(secret)\"]}",
      "{\"api_key\": {\"\(secret)\": 1}}",
    ])
  func malformed(request: String) throws {
    let result = try Self.check(request, clip: "good-megvii", ["--provider", "megvii"])
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errorText.split(separator: "\n").count == 1)
    #expect(!result.errorText.contains(Self.secret))
  }

  @Test("names a hostile key escaped and shortened, in a request and in rules")
  func hostileKeys() throws {
    let folder = try TemporaryFolder()
    let key = "\u{1B}]52;c;QQ==\u{7}\u{202E}" + String(repeating: "k", count: 300_000)
    for (option, json) in [("--request", [key: [1] as Any]), ("--rules", [key: [:] as Any])] {
      try Data(Self.json(json).utf8).write(to: folder.file("hostile.json"))
      let result = try runProcess(
        Repository.vprep.path(percentEncoded: false),
        [
          "check", TestClips.named("good-megvii").path, "--provider", "megvii", option,
          folder.path("hostile.json"),
        ])
      #expect(result.status == 2)
      #expect(result.errorText.contains("\\u{1B}") && result.errorText.contains("…"))
      #expect(!result.errorText.contains("\u{1B}") && !result.errorText.contains("\u{202E}"))
      #expect(result.errors.count < 600)
    }
  }
}
