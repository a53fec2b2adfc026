import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A copy of pictures whose format changes on the way")
struct CopyFormatTests {
  /// H.264 of a size, without sound; Tencent takes more than two seconds.
  private static func encode(
    _ folder: borrowing TemporaryFolder, _ name: String, size: String, _ options: [String] = [],
    seconds: Double = 1.5
  ) throws -> URL {
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=30:d=\(seconds)", "-c:v", "libx264", "-pix_fmt"]
        + ["yuv420p", "-preset", "veryfast", "-g", "15", "-movflags", "+faststart"] + options
        + [folder.path(name)])
    return folder.file(name)
  }

  /// Two sample descriptions in one track: the first half as one encoder wrote it, the second as
  /// another one.
  private static func joined(
    _ folder: borrowing TemporaryFolder, size: String = "96x128", _ options: [String] = []
  ) throws -> URL {
    let tree = try MP4Tree(encode(folder, "first.mp4", size: "96x128"))
    try tree.appendPictures(of: MP4Tree(encode(folder, "second.mp4", size: size, options)))
    let header = try #require(tree.root.find("ftyp"))
    header.data.replaceSubrange(0..<4, with: Data("qt  ".utf8))
    try tree.write(to: folder.file("clip.mov"))
    return folder.file("clip.mov")
  }

  private func fit(
    _ clip: URL, _ folder: borrowing TemporaryFolder, _ window: TimeWindow? = nil
  ) async throws -> Fit {
    var gate = Gate(.tencent(.silent))
    gate.fitting.window = window
    return try await gate.fit(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    )
  }

  @Test("behind a second sample description is encoded instead")
  func twoDescriptions() async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.joined(folder, ["-x264-params", "cabac=0:ref=1"])
    let fit = try await fit(clip, folder)
    #expect(fit.change.action == .transcode)
    #expect(fit.change.reasons.contains("the video changes its format inside the clip"))
    #expect(fit.output.isVerified)
    let witness = try FitWitness(source: clip, output: folder.file("out.mp4"))
    try witness.expectSoundMP4()
    try witness.expectSameTiming()
    try witness.expectSamePictures(within: 4)
  }

  @Test(
    "is encoded instead where a stretch is cut out, at key frames or between them",
    arguments: [TimeWindow(start: 0.5, end: 3), TimeWindow(start: 0.6, end: 2.8)])
  func cut(window: TimeWindow) async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.joined(folder, ["-x264-params", "cabac=0:ref=1"])
    let fit = try await fit(clip, folder, window)
    #expect(fit.change.action == .transcode)
    #expect(fit.output.isVerified)
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
    let frames = Int((window.duration * 30).rounded())
    #expect(try Ffprobe.frameTimes(folder.file("out.mp4")).count == frames)
  }

  @Test("is encoded instead where the frames change their size in the stream itself")
  func parameterSetsInBand() async throws {
    let folder = try TemporaryFolder()
    let first = try Self.encode(folder, "a.ts", size: "96x128", ["-f", "mpegts"])
    let second = try Self.encode(
      folder, "b.ts", size: "128x96", ["-output_ts_offset", "1.5", "-f", "mpegts"])
    let clip = folder.file("clip.ts")
    try (Data(contentsOf: first) + Data(contentsOf: second)).write(to: clip)
    let fit = try await fit(clip, folder)
    #expect(fit.change.action == .transcode)
    #expect(fit.output.isVerified)
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
  }

  @Test("is made where one description is only repeated")
  func repeated() async throws {
    let folder = try TemporaryFolder()
    // MPEG-TS repeats the parameter sets before each key frame.
    let clip = try Self.encode(
      folder, "clip.ts", size: "96x128", ["-f", "mpegts"], seconds: 2.5)
    #expect(try await fit(clip, folder).change.action == .remux)
  }

  @Test("leaves the pictures alone where the sound's blocks themselves say something new")
  func soundChangesInBand() async throws {
    let folder = try TemporaryFolder()
    for (name, rate, start) in [("a.ts", "44100", "0"), ("b.ts", "22050", "1.5")] {
      try Ffprobe.make(
        ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=1.5", "-f", "lavfi", "-i"]
          + ["anoisesrc=d=1.5:c=pink", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset"]
          + ["veryfast", "-c:a", "aac", "-ar", rate, "-output_ts_offset", start]
          + [folder.path(name)])
    }
    let clip = folder.file("clip.ts")
    try (Data(contentsOf: folder.file("a.ts")) + Data(contentsOf: folder.file("b.ts")))
      .write(to: clip)
    let fit = try await fit(clip, folder)
    #expect(fit.change.reasons.contains("the audio changes its format inside the clip"))
    #expect(fit.output.isVerified)
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
  }

  @Test("leaves the pictures alone where only the sound changes its description")
  func soundChanges() async throws {
    let folder = try TemporaryFolder()
    for (name, rate) in [("a.flv", "44100"), ("b.flv", "22050")] {
      try Ffprobe.make(
        ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=1.5", "-f", "lavfi", "-i"]
          + ["anoisesrc=d=1.5:c=pink", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset"]
          + ["veryfast", "-c:a", "aac", "-ar", rate, "-flvflags", "no_duration_filesize"]
          + [folder.path(name)])
    }
    let clip = folder.file("clip.flv")
    try FLVJoin.join(folder.file("a.flv"), folder.file("b.flv"), shift: 1500).write(to: clip)
    let fit = try await fit(clip, folder, TimeWindow(start: 0, end: 2.5))
    #expect(fit.change.reasons.contains("the audio changes its format inside the clip"))
    #expect(fit.output.isVerified)
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
    // The second recording's header repeats the first one's and makes no sample entry of its own.
    for track in try MP4Tree(folder.file("out.mp4")).tracks {
      let entries = try #require(track.find("mdia", "minf", "stbl", "stsd")?.data)
      #expect(entries.prefix(8).elementsEqual([0, 0, 0, 0, 0, 0, 0, 1]))
    }
  }

  @Test(
    "keeps the length of the last block of audio, which a clock of milliseconds rounds",
    arguments: ["clip.flv", "clip.mkv"])
  func roundedLength(name: String) async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file(name)
    // Whole blocks: of a part of one FFmpeg 9 says in Matroska how much of it is heard.
    let noise = "anoisesrc=r=44100:c=pink,atrim=end_sample=\(107 * 1024)"
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=2.5", "-f", "lavfi", "-i", noise]
        + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-c:a", "aac"]
        + ["-metadata", "description=At home", folder.path(name)])
    // What identifies people is left out, which makes a copy.
    let fit = try await fit(clip, folder)
    #expect(fit.change.action == .remux)
    let sound = try #require(
      MP4Tree(folder.file("out.mp4")).tracks.last?.find("mdia", "minf", "stbl", "stts"))
    // Counts and lengths in samples.
    #expect(sound.rows(of: 2).last?.last == 1024)
  }
}
