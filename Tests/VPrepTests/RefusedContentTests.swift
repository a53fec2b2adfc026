import Foundation
import TestSupport
import Testing
import VPrep

@Suite("What is refused for what it is")
struct RefusedContentTests {
  @Test(
    "is a photo given as a clip, in every format",
    arguments: ["jpg", "png", "gif", "webp", "bmp", "tiff"])
  func photo(kind: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("photo.\(kind)")
    let made = try runProcess(
      "ffmpeg",
      ["-nostdin", "-v", "error", "-i", TestClips.named("photo").path, "-frames:v", "1", path])
    try #require(made.status == 0, "\(made.errorText)")
    try await expectPhoto(path)
  }

  @Test("is a HEIC or AVIF photo given as a clip", arguments: ["heic", "avif"])
  func heif(brand: String) async throws {
    let folder = try TemporaryFolder()
    // A file type and a metadata box, as in every HEIF picture, and no index.
    let boxes =
      [0, 0, 0, 24] + Array("ftyp\(brand)\0\0\0\0mif1\(brand)".utf8) + [0, 0, 0, 12]
      + Array("meta\0\0\0\0".utf8) + [0, 0, 0, 16] + Array("mdatpictures".utf8)
    try Data(boxes).write(to: folder.file("photo.mp4"))
    try await expectPhoto(folder.path("photo.mp4"))
  }

  private func expectPhoto(_ path: String) async throws {
    for (gate, code) in [
      (Gate(provider: .megvii), "VIDEO_UNSUPPORTED_FORMAT"),
      (Gate(provider: .tencent), "FailedOperation.LipVideoInvalid"),
    ] {
      let error = await #expect(throws: VPrepError.self) {
        try await gate.check(.file(path))
      }
      try expectUnusable(error, named: path)
      #expect(error?.cause == .photo)
      #expect(error?.code == code)
      #expect(error?.description.contains("this is a photo") == true)
      // The library knows of no options.
      #expect(error?.description.contains("--") == false)
      let planned = await #expect(throws: VPrepError.self) {
        try await gate.planFit(.file(path))
      }
      #expect(planned?.cause == .photo)
    }
  }

  @Test("is content under Common Encryption, whole or in fragments", arguments: [false, true])
  func commonEncryption(isFragmented: Bool) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("clip.mp4")
    let key = "76a6c65c5ea762046bd749a2e632ccbb"
    let made = try runProcess(
      "ffmpeg",
      ["-nostdin", "-v", "error", "-i", TestClips.named("short-0.4").path, "-c", "copy"]
        + (isFragmented ? ["-movflags", "frag_keyframe+empty_moov"] : [])
        + [
          "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key, "-encryption_kid", key,
          path,
        ])
    try #require(made.status == 0, "\(made.errorText)")
    try await expectEncrypted(path)
  }

  @Test("is a track under Apple's older protection, sound or pictures")
  func fairPlay() async throws {
    for (plain, protected) in [("mp4a", "drms"), ("avc1", "drmi")] {
      try await expectEncrypted("good-megvii", plain, protected)
    }
  }

  @Test("is a scrambled transport stream")
  func scrambled() async throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](try Data(contentsOf: TestClips.named("mpegts").url))
    for offset in stride(from: 0, to: bytes.count - 188, by: 188) {
      // The tables of programs stay plain, as broadcasters leave them.
      let stream = Int(bytes[offset + 1] & 0x1F) << 8 | Int(bytes[offset + 2])
      if (0x100..<0x1000).contains(stream) { bytes[offset + 3] |= 0x80 }
    }
    try Data(bytes).write(to: folder.file("clip.ts"))
    try await expectEncrypted(folder.path("clip.ts"))
  }

  @Test("is an encrypted FLV")
  func flv() async throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](try Data(contentsOf: TestClips.named("flv").url))
    var offset = 13
    while offset + 4 < bytes.count {
      let size = bytes[offset + 1...offset + 3].reduce(0) { $0 << 8 | Int($1) }
      if bytes[offset] != 18 { bytes[offset] |= 0x20 }
      offset += size + 15
    }
    try Data(bytes).write(to: folder.file("clip.flv"))
    try await expectEncrypted(folder.path("clip.flv"))
  }

  /// Expects that a clip is taken for encrypted when four letters of it are replaced.
  private func expectEncrypted(_ id: String, _ old: String, _ new: String) async throws {
    let folder = try TemporaryFolder()
    var data = try Data(contentsOf: TestClips.named(id).url)
    let place = try #require(data.range(of: Data(old.utf8), options: .backwards))
    data.replaceSubrange(place, with: Data(new.utf8))
    try data.write(to: folder.file("clip.mp4"))
    try await expectEncrypted(folder.path("clip.mp4"))
  }

  private func expectEncrypted(_ path: String) async throws {
    let folder = try TemporaryFolder()
    let gate = Gate(provider: .megvii)
    for error in [
      await #expect(throws: VPrepError.self) { try await gate.check(.file(path)) },
      await #expect(throws: VPrepError.self) {
        try await gate.fit(.file(path), writingTo: folder.path("out.mp4"))
      },
    ] {
      try expectUnusable(error, named: path)
      #expect(error?.message == "the content is encrypted")
      #expect(error?.cause == .encrypted)
      #expect(error?.code == "VIDEO_UNSUPPORTED_FORMAT")
    }
    #expect(try folder.contents.isEmpty)
  }
}
