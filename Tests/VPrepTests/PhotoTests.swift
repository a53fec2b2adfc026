import Foundation
import MediaIO
import TestSupport
import Testing

@testable import VPrep

/// Whether face models are there: without them a photo's faces are not looked for.
let photoFacesAreMeasured = Diagnosis.current.faceModel != "missing"

/// What the manifest expects of a photo.
struct PhotoExpectation: Sendable, Decodable, CustomTestStringConvertible {
  let id: String
  let file: String
  let checkPhoto: [ClipExpectation]?

  var path: String { TestClips.folder.appending(path: file).path(percentEncoded: false) }
  var testDescription: String { id }

  /// The photos of the manifest.
  static var all: [PhotoExpectation] {
    get throws {
      let manifest = Repository.root.appending(path: "TestVideos/manifest.json")
      return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: manifest)).clips
        .filter { $0.checkPhoto != nil }
    }
  }

  private struct Manifest: Decodable {
    let clips: [PhotoExpectation]
  }
}

@Suite("The photo")
struct PhotoTests {
  /// Checks a clip for Tencent with a photo beside it.
  static func check(_ photo: Clip) async throws(VPrepError) -> ReportDocument {
    var gate = Gate(.tencent(.silent))
    gate.judging.photo = photo
    return try await gate.check(.file(path("good-megvii"))).report
  }

  static func path(_ id: String) -> String {
    (try? TestClips.named(id).path) ?? "\(id) is missing: run make setup"
  }

  @Test(
    "is judged as the manifest says", .enabled(if: photoFacesAreMeasured),
    arguments: try PhotoExpectation.all)
  func manifest(photo: PhotoExpectation) async throws {
    for expected in photo.checkPhoto ?? [] {
      do throws(VPrepError) {
        let report = try await Self.check(.file(photo.path))
        let codes = (report.verdict?.predictions ?? []).map(\.code)
        #expect(expected.loggedErrors(about: codes).isEmpty)
        let status = ExitStatus(report, strict: false).rawValue
        #expect(expected.exit == nil || expected.exit == status)
      } catch {
        #expect(expected.exit == ExitStatus(error).rawValue)
      }
    }
  }

  @Test("that is a video is no photo")
  func video() async throws {
    let report = try await Self.check(.file(Self.path("good-silent")))
    let codes = (report.verdict?.predictions ?? []).filter { $0.measure == "photo.format" }
    #expect(codes.map(\.code) == ["FailedOperation.LifePhotoSizeError"])
  }

  @Test("is described in the report as ffprobe sees it", arguments: ["photo", "photo-png"])
  func report(id: String) async throws {
    let clip = try TestClips.named(id)
    let photo = try #require(try await Self.check(.file(clip.path)).photo)
    let seen = try #require(try Ffprobe.probe(clip.url).video)
    #expect(photo.width == seen.width && photo.height == seen.height)
    #expect(photo.format == (seen.codec == "mjpeg" ? "jpeg" : "png"))
    let bytes = try Data(contentsOf: clip.url)
    #expect(photo.bytes == bytes.count)
    #expect(photo.base64Bytes == bytes.base64EncodedString().utf8.count)
    let digest = try runProcess("md5sum", [clip.path]).outputText.prefix(32)
    #expect(photo.md5 == digest)
  }

  @Test("is null in the report when none is given, and its rules stay open")
  func none() async throws {
    let report = try await Gate(provider: .tencent).check(
      .file(TestClips.named("good-megvii").path)
    ).report
    #expect(report.photo == nil)
    let object = try JSONSerialization.jsonObject(with: report.json()) as? [String: Any]
    #expect(object?["photo"] is NSNull)
    #expect(object?["lint"] is NSNull)
    #expect(report.verdict?.unmeasured.contains { $0.reason == .photoNotGiven } == true)
  }

  @Test(
    "that shows nothing is an unusable input, with advice for a photo",
    arguments: ["empty", "text", "sound-only", "cut-in-index"])
  func unusable(id: String) async throws {
    let path = try TestClips.named(id).path
    let error = await #expect(throws: VPrepError.self) { try await Self.check(.file(path)) }
    let found = try #require(error)
    #expect(ExitStatus(found) == .unusableInput)
    #expect(found.file == path)
    #expect(found.advice == "Save the photo as JPG or PNG.")
  }

  @Test("in another format is named for what it is", arguments: ["gif", "webp", "bmp", "tiff"])
  func otherFormats(kind: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("photo.jpg")
    let encoder = kind == "webp" ? "libwebp" : kind
    let made = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", TestClips.named("photo").path, "-frames:v", "1",
        "-c:v", encoder, "-f", kind == "gif" ? "gif" : "image2", path,
      ])
    try #require(made.status == 0, "\(made.errorText)")
    let error = await #expect(throws: VPrepError.self) { try await Self.check(.file(path)) }
    #expect(error?.message == "the photo is \(kind.uppercased()), which is not an accepted format")
    #expect(error?.code == "FailedOperation.LifePhotoSizeError")
  }

  @Test("that moves is refused as a photo, not taken for a clip")
  func animated() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("photo.png")
    let made = try runProcess(
      "ffmpeg",
      ["-nostdin", "-v", "error", "-i", TestClips.named("photo-png").path]
        + ["-vf", "loop=1:1", "-frames:v", "2", "-f", "apng", path])
    try #require(made.status == 0, "\(made.errorText)")
    let error = await #expect(throws: VPrepError.self) { try await Self.check(.file(path)) }
    #expect(error?.message.hasPrefix("the photo cannot be read") == true)
    #expect(error?.code == "FailedOperation.LifePhotoSizeError")
  }

  @Test("beyond the limit of pixels is refused before it is decoded")
  func huge() async throws {
    let path = try TestClips.named("photo-huge").path
    let error = await #expect(throws: VPrepError.self) { try await Self.check(.file(path)) }
    #expect(error?.message.contains("16000×16000") == true)
    #expect(error.map(ExitStatus.init) == .unusableInput)
  }

  @Test(
    "that is cut off is measured as far as it goes, or is unusable",
    arguments: ["photo", "photo-png"])
  func cutOff(id: String) throws {
    let bytes = [UInt8](try Data(contentsOf: TestClips.named(id).url))
    let whole = try PhotoOrientationTests.measure(bytes)
    for count in [1, 3, 8, 16, 100, bytes.count / 2, bytes.count - 1] {
      do {
        let found = try PhotoOrientationTests.measure(Array(bytes.prefix(count)))
        #expect(found.width == whole.width && found.height == whole.height && count > 100)
      } catch let error as VPrepError {
        #expect(ExitStatus(error) == .unusableInput)
      }
    }
  }

  @Test("keeps the kinds of pictures apart by their first bytes")
  func kinds() {
    func kind(_ text: String) -> ImageKind? { ImageKind(Array(text.utf8)) }
    #expect(kind("\0\0\0\u{18}ftypheic\0\0\0\0") == .heic)
    #expect(kind("\0\0\0\u{18}ftypavif\0\0\0\0") == .avif)
    #expect(kind("\0\0\0\u{18}ftypisom\0\0\0\0") == nil)
    #expect(kind("RIFF\0\0\0\0WEBPVP8 ") == .webp)
    #expect(kind("RIFF\0\0\0\0AVI LIST") == nil)
    #expect(ImageKind([]) == nil)
    #expect(ImageKind([0xFF, 0xD8]) == nil)
    #expect(ImageKind.allCases.filter(\.isAccepted) == [.jpeg, .png])
  }
}
