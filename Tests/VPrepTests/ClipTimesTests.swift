import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Times that no clip can have")
struct ClipTimesTests {
  /// A fragmented MP4 whose track `track` (0 pictures, 1 sound) claims to begin at `time` ticks.
  private func clip(in folder: borrowing TemporaryFolder, track: Int, at time: UInt64) throws -> URL
  {
    let clip = folder.file("clip-\(track)-\(time).mp4")
    try Ffmpeg.make(
      clip,
      Ffmpeg.pictures(seconds: 2.5) + Ffmpeg.tone(seconds: 2.5) + Ffmpeg.h264
        + ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof"])
    var bytes = try Data(contentsOf: clip)
    // ISO/IEC 14496-12, 8.8.12: version and flags, then the time in 64 bits where the version is 1.
    var (index, box) = (bytes.startIndex, 0)
    while let found = bytes.range(of: Data("tfdt".utf8), in: index..<bytes.endIndex) {
      if box % 2 == track {
        let value = withUnsafeBytes(of: time.bigEndian) { Data($0) }
        bytes.replaceSubrange(found.upperBound + 4..<found.upperBound + 12, with: value)
      }
      box += 1
      index = found.upperBound
    }
    #expect(box >= 2)
    try bytes.write(to: clip)
    return clip
  }

  private static let times: [UInt64] = [
    1 << 63 - 2, 1 << 62, 1 << 60, 1 << 58, 1 << 50, .max, .max - 1, 1 << 63,
  ]

  @Test("end every call in a sentence, in pictures as in sound", arguments: [0, 1])
  func everyCall(track: Int) async throws {
    let folder = try TemporaryFolder()
    for time in Self.times {
      let path = try clip(in: folder, track: track, at: time).path(percentEncoded: false)
      for call in RefusalTests.Call.allCases {
        let output = folder.path("out.mp4")
        do throws(VPrepError) {
          let result = try await call.run(Gate(provider: .tencent), .file(path), output)
          #expect(result.report.input.durationSeconds <= 600, "\(call) \(time)")
        } catch {
          #expect(ExitStatus(error) == .unusableInput, "\(call) \(time): \(error.message)")
        }
        try? FileManager.default.removeItem(atPath: output)
      }
    }
  }

  @Test("make a clip too long where they are many")
  func many() async throws {
    let folder = try TemporaryFolder()
    let path = try clip(in: folder, track: 1, at: 1 << 62).path(percentEncoded: false)
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .tencent).probe(.file(path))
    }
    #expect(error?.message == "longer than 600 s, the most that is accepted")
  }

  @Test("are counted where they are few, and the clip is read without them")
  func few() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("clip.mkv")
    // The last of 60 pictures lies years away.
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: "30", seconds: 2) + Ffmpeg.h264
        + ["-tune", "zerolatency", "-bsf:v", "setts=ts=if(eq(N\\,59)\\,1e12\\,TS)"])
    let report = try await Gate(provider: .tencent).probe(
      .file(file.path(percentEncoded: false))
    ).report
    #expect(report.input.warnings.contains("1 packets with times out of range"))
    #expect(report.input.durationSeconds < 3)
  }

  @Test("lie apart by more than the limit: sound far behind the pictures is refused")
  func soundFarAway() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("clip.mkv")
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures() + ["-itsoffset", "700"] + Ffmpeg.tone() + Ffmpeg.h264 + ["-c:a", "aac"])
    let error = await #expect(throws: VPrepError.self) {
      try await Gate(provider: .tencent).probe(.file(file.path(percentEncoded: false)))
    }
    #expect(error?.message == "longer than 600 s, the most that is accepted")
  }
}

@Suite("A kept stretch")
struct KeptStretchTests {
  @Test(
    "without a frame is refused, written or planned",
    arguments: [(1.01, 1.02), (0.401, 0.402), (100, 101), (2.4, 1e300)])
  func empty(start: Double, end: Double) async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .tencent)
    gate.fitting.window = TimeWindow(start: start, end: end)
    let clip = Clip.file(try TestClips.named("webm-vp8").path)
    for isPlanned in [false, true] {
      let output = folder.path("out.mp4")
      let error = await #expect(throws: VPrepError.self) {
        isPlanned
          ? try await gate.planFit(clip).change
          : try await gate.fit(clip, writingTo: output).change
      }
      #expect(error?.kind == .badRequest)
    }
    #expect(try folder.contents.isEmpty)
  }
}

@Suite("A pixel's shape")
struct PixelShapeTests {
  @Test(
    "that no camera has is ignored and said",
    arguments: [(UInt32.max >> 1, 1), (1, 9), (9, 1), (70_000, 7)]
      as [(UInt32, UInt32)])
  func extreme(width: UInt32, height: UInt32) async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("clip.mp4")
    try Ffmpeg.make(
      file, Ffmpeg.pictures() + Ffmpeg.h264 + ["-aspect", "16:3"])
    var bytes = try Data(contentsOf: file)
    // ISO/IEC 14496-12, 12.1.4.3: horizontal and vertical spacing.
    let box = try #require(bytes.range(of: Data("pasp".utf8)))
    for (offset, value) in [(0, width), (4, height)] {
      let place = box.upperBound + offset
      bytes.replaceSubrange(
        place..<place + 4, with: withUnsafeBytes(of: value.bigEndian) { Data($0) })
    }
    try bytes.write(to: file)
    let clip = Clip.file(file.path(percentEncoded: false))
    let gate = Gate(provider: .tencent)
    let video = try await gate.probe(clip).report.input.video
    #expect(video.displayWidth == 160 && video.displayHeight == 120)
    let report = try await gate.prepare(clip, writingTo: folder.path("out.mp4")).report
    #expect(report.input.warnings.contains { $0.hasPrefix("a sample aspect ratio of") })
    let output = try #require(report.fit?.output)
    #expect(output.width == 160 && output.height == 120)
  }
}
