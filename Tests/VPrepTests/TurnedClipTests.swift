import Foundation
import MediaIO
import Services
import TestSupport
import Testing

@testable import VPrep

/// Streams whose pictures change their size: a phone that was turned, a call that got a better line.
@Suite("A clip whose pictures change their size")
struct TurnedClipTests {
  private static let vp8 = ["-c:v", "libvpx", "-b:v", "1M", "-deadline", "realtime"]
  private static let vp9 = ["-c:v", "libvpx-vp9", "-b:v", "1M", "-deadline", "realtime"]

  /// One clip of two parts, each with its own size and length in seconds, at ten pictures a second.
  private func clip(
    _ folder: borrowing TemporaryFolder, _ parts: [(size: String, seconds: Double)],
    codec: [String] = vp8, ending: String = "webm", filters: [String] = []
  ) throws -> URL {
    for (index, part) in parts.enumerated() {
      let filter = index < filters.count ? ["-vf", filters[index]] : []
      try Ffmpeg.make(
        folder.file("\(index).\(ending)"),
        Ffmpeg.pictures(part.size, seconds: part.seconds) + filter + codec)
    }
    return try joined(folder, parts.count, ending: ending)
  }

  private func joined(
    _ folder: borrowing TemporaryFolder, _ count: Int, ending: String
  ) throws -> URL {
    let list = folder.file("list.txt")
    let lines = (0..<count).map { "file \($0).\(ending)\n" }.joined()
    try Data(lines.utf8).write(to: list)
    let clip = folder.file("clip.\(ending)")
    try Ffmpeg.make(
      clip, ["-f", "concat", "-i", list.path(percentEncoded: false), "-c", "copy"])
    return clip
  }

  private func fitted(
    _ clip: URL, in folder: borrowing TemporaryFolder
  ) async throws -> (output: URL, report: ReportDocument) {
    let report = try await Gate(.tencent(.silent)).fit(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.fit?.output?.verified == true)
    return (folder.file("out.mp4"), report)
  }

  /// The picture at `index` of a clip, small.
  private func picture(
    _ clip: URL, _ index: Int, filters: String = "null"
  ) throws -> Data {
    let raw = try Ffprobe.raw(
      clip, filters: "select='eq(n,\(index))',\(filters),scale=48:64:flags=area",
      pixelFormat: "gray", frames: 1)
    return raw
  }

  @Test(
    "keeps the shape of each picture when it is encoded, and says when the size changes",
    arguments: [vp8, vp9])
  func turned(codec: [String]) async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(folder, [("120x160", 1.2), ("160x120", 0.9)], codec: codec)
    let (output, report) = try await fitted(clip, in: folder)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.width == 120 && video.height == 160)
    let whole = try picture(folder.file("0.webm"), 5)
    #expect(meanAbsoluteDifference(try picture(output, 5), whole) < 4)
    // 120×90 in the middle of 120×160.
    let barred = try picture(
      folder.file("1.webm"), 5, filters: "scale=120:90,pad=120:160:0:34")
    #expect(meanAbsoluteDifference(try picture(output, 17), barred) < 6)
    let reasons = try #require(report.fit).reasons
    #expect(reasons.contains { $0.contains("1.20 s") && $0.contains("160×120") })
    #expect(reasons.contains { $0.contains("black bars") })
  }

  @Test("is encoded in the shape that is shown longest", arguments: [vp8, vp9])
  func longest(codec: [String]) async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(folder, [("120x160", 0.5), ("160x120", 1.7)], codec: codec)
    let (output, report) = try await fitted(clip, in: folder)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.width == 160 && video.height == 120)
    #expect(report.fit?.output?.width == 160)
  }

  @Test("of one shape becomes as large as its largest pictures, without bars")
  func growing() async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(folder, [("60x80", 1.2), ("120x160", 1)])
    let (output, report) = try await fitted(clip, in: folder)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.width == 120 && video.height == 160)
    let first = try picture(folder.file("0.webm"), 5)
    #expect(meanAbsoluteDifference(try picture(output, 5), first) < 6)
    #expect(report.fit?.reasons.contains { $0.contains("black bars") } == false)
  }

  @Test("is warned of in the report, with the time and both sizes")
  func warning() async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(folder, [("120x160", 1.2), ("160x120", 0.8), ("120x160", 0.4)])
    let report = try await Gate(.megvii).check(.file(clip.path(percentEncoded: false))).report
    #expect(
      report.input.warnings.contains(
        "the frames change their size 2 times, first at 1.20 s, from 120×160 to 160×120"))
  }

  @Test(
    "has a preview in the shape of the frame that was chosen", .enabled(if: photoFacesAreMeasured))
  func preview() async throws {
    let folder = try TemporaryFolder()
    // Of black pictures and a person's the person's are chosen.
    let clip = try face(folder, first: "lutyuv=y=16:u=128:v=128")
    let report = try await Gate(.megvii).preview(
      .file(clip.path(percentEncoded: false)), count: 1,
      writingTo: folder.path("preview.jpg")
    ).report
    let preview = try #require(report.previews.first)
    #expect(preview.width == 640 && preview.height == 360)
    let second = try picture(folder.file("1.webm"), 5)
    #expect(meanAbsoluteDifference(try picture(folder.file("preview.jpg"), 0), second) < 12)
  }

  @Test("whose pixels change their shape alone is shown as it was meant")
  func anamorphic() async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(
      folder, [("120x120", 0.5), ("120x120", 1.7)], codec: Ffmpeg.h264, ending: "ts",
      filters: ["setsar=1", "setsar=4/3"])
    let (output, _) = try await fitted(clip, in: folder)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.displaySize == (160, 120))
    let barred = try picture(folder.file("0.ts"), 2, filters: "pad=160:120:20:0")
    #expect(meanAbsoluteDifference(try picture(output, 2), barred) < 6)
  }

  /// A person's clip, upright in its first part and in the middle of a wide picture in the second.
  ///
  /// - Parameter filter: what is done to the first part.
  private func face(
    _ folder: borrowing TemporaryFolder, first filter: String = "null"
  ) throws -> URL {
    let source = try TestClips.named("good-megvii").path
    let wide = "pad=ih*16/9:ih:(ow-iw)/2:0,scale=640:-2,setsar=1"
    for (index, filter) in [filter, wide].enumerated() {
      try Ffmpeg.make(
        folder.file("\(index).webm"),
        ["-ss", "\(index)", "-t", "1", "-i", source, "-an", "-vf", filter] + Self.vp8)
    }
    return try joined(folder, 2, ending: "webm")
  }

  private func frames(_ clip: URL) throws -> [FrameMeasurement] {
    let limits = InputLimits()
    return try MeasuringPass(
      input: MediaInput(.file(clip.path(percentEncoded: false)), limits: limits), limits: limits,
      watchdog: Watchdog(seconds: 120), engines: FaceEnginePool(.installed)
    ).run(Sampling(rate: 10, threads: limits.threads)).whole.measurements.frames
  }

  @Test("has its faces measured in the shape of each picture", .enabled(if: photoFacesAreMeasured))
  func measured() throws {
    let folder = try TemporaryFolder()
    let turned = try frames(try face(folder)).filter { $0.time > 1.05 }
    let alone = try frames(folder.file("1.webm"))
    let (found, expected) = (turned.compactMap(\.face), alone.compactMap(\.face))
    try #require(found.count >= 8 && expected.count >= 8)
    func mean(_ faces: [FaceMeasurement], _ value: (FaceMeasurement) -> Double) -> Double {
      faces.map(value).reduce(0, +) / Double(faces.count)
    }
    #expect(abs(mean(found, \.yaw) - mean(expected, \.yaw)) < 4)
    #expect(abs(mean(found, \.pitch) - mean(expected, \.pitch)) < 4)
    #expect(abs(mean(found, \.widthPixels) / mean(expected, \.widthPixels) - 1) < 0.05)
    #expect(abs(mean(found, \.centerX) - mean(expected, \.centerX)) < 0.02)
  }
}
