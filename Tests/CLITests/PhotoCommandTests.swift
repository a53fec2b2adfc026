import Foundation
import TestSupport
import Testing

@Suite("vprep check --photo")
struct PhotoCommandTests {
  static func check(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), ["check"] + arguments)
  }

  @Test("ends with 3 and one line when the photo cannot be read", arguments: ["text", "empty"])
  func unreadable(id: String) throws {
    let clip = try TestClips.named("good-megvii").path
    let photo = try TestClips.named(id).path
    let result = try Self.check(["--provider", "tencent", "--photo", photo, clip])
    #expect(result.status == 3)
    #expect(result.output.isEmpty)
    let lines = result.errorText.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("vprep: \(photo): ") == true)
  }

  @Test("ends with 1 when the photo is too large, and says so")
  func tooLarge() throws {
    let clip = try TestClips.named("good-megvii").path
    let photo = try TestClips.named("photo-large").path
    let result = try Self.check(["--provider", "tencent", "--photo", photo, clip])
    #expect(result.status == 1)
    #expect(result.outputText.contains("LifePhotoSizeError: photo.base64Bytes 7.05 MB"))
    #expect(result.outputText.contains("photo-large.png"))
  }

  @Test("is bad usage for Megvii, which takes no photo")
  func megvii() throws {
    let clip = try TestClips.named("good-megvii").path
    let photo = try TestClips.named("photo").path
    let result = try Self.check(["--provider", "megvii", "--photo", photo, clip])
    #expect(result.status == 2)
    #expect(result.errorText.contains("--photo"))
  }
}
