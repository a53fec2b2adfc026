import Foundation
import Services
import TestSupport
import Testing
import VPrep

@Suite("A fit")
struct FitTests {
  @Test(
    "of any clip for any provider is within the limits, verified, and the clip it was",
    arguments: FitCase.all(try TestClips.videos.filter { $0.id != "oversized" })
      .filter(\.isLongEnough))
  func everyClip(one: FitCase) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("out.mp4")
    let report = try await Gate(provider: one.provider)
      .fit(.file(one.clip.path), writingTo: path).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(made.verified)
    #expect(made.path == path)
    #expect(made.bytes <= one.maximumBytes)
    #expect(made.base64Bytes == (made.bytes + 2) / 3 * 4)
    #expect(!fit.reasons.isEmpty && fit.reasons.allSatisfy { !$0.isEmpty })
    #expect(try folder.contents == ["out.mp4"])
    let output = try Data(contentsOf: folder.file("out.mp4"))
    #expect(output.count == made.bytes)
    switch fit.action {
    case .passthrough:
      #expect(try output == Data(contentsOf: one.clip.url))
      #expect(made.md5 == report.input.md5)
      if ["mp4", "mov", "3gp"].contains(report.input.container) {
        #expect(try MP4Boxes.hasIndexInFront(folder.file("out.mp4")))
      }
    case .trimCopy:
      // What Megvii is not expected to take, cut to what it recommends.
      #expect(one.provider == .megvii && report.input.durationSeconds > 10)
      #expect(
        (1...3.001).contains(try #require(Ffprobe.probe(folder.file("out.mp4")).video?.duration)))
    case .remux:
      #expect(try runProcess("md5sum", [path]).outputText.hasPrefix(made.md5 + " "))
      let witness = try FitWitness(source: one.clip.url, output: folder.file("out.mp4"))
      try witness.expectSoundMP4()
      try witness.expectSameStreams()
      try witness.expectSameTiming()
    case .transcode:
      #expect(try runProcess("md5sum", [path]).outputText.hasPrefix(made.md5 + " "))
      let witness = try FitWitness(source: one.clip.url, output: folder.file("out.mp4"))
      try witness.expectSoundMP4()
      try witness.expectPlainFormat()
      // H.264 may need twice the bytes of HEVC, VP9 and AV1 for the same pictures.
      let isBetter = ["hevc", "vp9", "av1"].contains(report.input.video.codec)
      #expect(output.count <= report.input.bytes * (isBetter ? 2 : 1))
      // Of a damaged clip only what decodes is kept, and ffmpeg conceals in its own way.
      if report.input.warnings.isEmpty {
        try witness.expectSameTiming()
        if !report.input.video.hdr { try witness.expectSamePictures(within: 4) }
      }
    }
  }

  @Test(
    "of a clip that is shorter than the provider documents is refused, and nothing is written",
    arguments: FitCase.all(try TestClips.videos).filter { !$0.isLongEnough })
  func tooShort(one: FitCase) async throws {
    let folder = try TemporaryFolder()
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: one.provider)
        .fit(.file(one.clip.path), writingTo: folder.path("out.mp4"))
    }
    #expect(error?.kind == .limitsCannotBeMet)
    #expect(error?.code == "FailedOperation.SilentTooShort")
    // Where the file ends before its header says, the cause is named instead of the limit.
    let cause = one.clip.id == "cut-in-data" ? "promises more" : "longer than 2 s"
    #expect(error?.message.contains(cause) == true)
    #expect(error?.description.contains("(FailedOperation.SilentTooShort). ") == true)
    #expect(error?.description.contains(". (") == false)
    #expect(try folder.contents.isEmpty)
  }

  @Test("changes nothing where nothing has to change")
  func leastChange() async throws {
    for (id, provider, action) in [
      ("good-megvii", Provider.megvii, FitChange.Action.passthrough),
      ("rotated-90", .tencent, .passthrough), ("flv", .tencent, .passthrough),
      ("webm-vp8", .megvii, .passthrough), ("avi-mjpeg", .megvii, .passthrough),
      ("moov-last", .megvii, .remux), ("moov-last", .tencent, .remux),
      ("false-duration", .tencent, .remux), ("matroska", .tencent, .remux),
      ("3gp", .tencent, .remux), ("mpegts", .tencent, .remux),
      ("late-start", .tencent, .remux), ("hdr-pq", .megvii, .passthrough),
      ("hevc", .tencent, .transcode), ("webm-vp9", .tencent, .transcode),
      ("cut-in-data", .megvii, .transcode), ("noise-in-data", .tencent, .transcode),
    ] {
      let folder = try TemporaryFolder()
      let clip = try TestClips.named(id)
      let report = try await Gate(provider: provider)
        .fit(.file(clip.path), writingTo: folder.path("out.mp4")).report
      #expect(report.fit?.action == action, "\(id) for \(provider)")
    }
  }

  @Test(
    "of a clip that is too large for the provider brings it below, with its sound",
    arguments: FitCase.all([try TestClips.named("oversized")]))
  func oversized(one: FitCase) async throws {
    let folder = try TemporaryFolder()
    let report = try await Gate(provider: one.provider)
      .fit(.file(one.clip.path), writingTo: folder.path("out.mp4")).report
    let fit = try #require(report.fit)
    let made = try #require(fit.output)
    #expect(made.verified)
    #expect(made.bytes <= one.maximumBytes)
    // Three seconds are all that Megvii recommends, and they can be copied.
    guard one.provider == .tencent else { return #expect(fit.action == .trimCopy) }
    #expect(fit.action == .transcode)
    // A limit that is not used costs quality.
    #expect(made.bytes >= one.maximumBytes * 8 / 10)
    let witness = try FitWitness(source: one.clip.url, output: folder.file("out.mp4"))
    try witness.expectPlainFormat()
    #expect(witness.outputFile.audio != nil)
    // The pictures of ten seconds at full size are compared once.
    try witness.expectSoundMP4()
    try witness.expectSameTiming()
    try witness.expectSamePictures(within: 3)
  }
}
