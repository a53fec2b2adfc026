import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A recording that is not as a file should be")
struct OddRecordingTests: ~Copyable {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func clip(_ file: URL) -> Clip { .file(file.path(percentEncoded: false)) }

  private var gate: Gate {
    var gate = Gate(provider: .tencent)
    gate.fitting.window = nil
    return gate
  }

  // MARK: - Damage that the container tells

  @Test("whose sound has a block of a wrong length is not passed through")
  func wrongLength() async throws {
    let whole = folder.file("whole.ts")
    try Ffmpeg.make(
      whole,
      Ffmpeg.pictures(rate: "20", seconds: 2) + Ffmpeg.tone(seconds: 2) + Ffmpeg.h264
        + ["-c:a", "mp2"])
    var bytes = try Data(contentsOf: whole)
    // A block begins with 00 00 01, C0 for sound, and its length (ISO/IEC 13818-1, 2.4.3.6).
    let blocks = bytes.indices.dropLast(6).filter {
      bytes[$0] == 0 && bytes[$0 + 1] == 0 && bytes[$0 + 2] == 1 && bytes[$0 + 3] == 0xC0
    }
    bytes[try #require(blocks.dropFirst(blocks.count / 2).first) + 5] &+= 1
    let part = folder.file("part.ts")
    try bytes.write(to: part)
    let output = folder.file("out.mp4")
    var gate = Gate(.megvii)
    gate.fitting.window = nil
    let report = try await gate.fit(clip(part), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.warnings.contains { $0.contains("damaged packets") })
    #expect(report.fit?.action != .passthrough)
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
  }

  // MARK: - Times from the order of frames

  @Test(
    "as AVI with B-frames keeps every picture, evenly spaced and in order",
    arguments: [
      ["-c:v", "mpeg4", "-bf", "2", "-vtag", "XVID", "-q:v", "3"],
      ["-c:v", "libx264", "-bf", "3", "-pix_fmt", "yuv420p", "-preset", "veryfast"],
    ])
  func reordered(coding: [String]) async throws {
    let file = folder.file("clip.avi")
    try Ffmpeg.make(file, Ffmpeg.pictures("320x240", rate: "20", seconds: 2.5) + coding)
    let output = folder.file("out.mp4")
    var gate = gate
    // Matroska and AVI alike are copied by Megvii; a stretch forces an encode for both.
    gate.fitting.window = TimeWindow(start: 0, end: 2.4)
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.video.frames == 50)
    #expect(report.fit?.action == .transcode)
    let times = try Ffprobe.frameTimes(output)
    #expect(times.count == 48)
    #expect(zip(times.dropFirst(), times).allSatisfy { abs($0 - $1 - 0.05) < 0.001 })
    // The same picture at the same place: the pattern moves, so a swapped one differs.
    let (wanted, found) = (
      try Ffprobe.luma(file, width: 32, height: 24), try Ffprobe.luma(output, width: 32, height: 24)
    )
    for index in found.indices {
      let error = zip(wanted[index], found[index]).map { abs(Int($0) - Int($1)) }.reduce(0, +)
      #expect(error / (32 * 24) < 6, "picture \(index)")
    }
  }

  @Test("as AVI without B-frames is copied at its times")
  func plainAVI() async throws {
    let file = folder.file("clip.avi")
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: "20", seconds: 3) + Ffmpeg.h264 + ["-bf", "0", "-g", "10"])
    let output = folder.file("out.mp4")
    var gate = gate
    gate.fitting.window = TimeWindow(start: 0.5, end: 3)
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.fit?.action == .trimCopy)
    let times = try Ffprobe.frameTimes(output)
    #expect(times.count == 50)
    #expect(zip(times.dropFirst(), times).allSatisfy { abs($0 - $1 - 0.05) < 0.001 })
  }

  // MARK: - No durations

  @Test("without durations keeps its last picture, for as long as most pictures stay")
  func noDurations() async throws {
    let file = folder.file("clip.mkv")
    // Uneven steps: 40 and 60 ms in turn.
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: "20", seconds: 2.5) + Ffmpeg.h264
        + ["-vf", "setpts=PTS+if(mod(N\\,2)\\,0.01/TB\\,0)", "-fps_mode", "vfr", "-bf", "0"])
    var bytes = try Data(contentsOf: file)
    // Matroska's DefaultDuration becomes an element that is skipped.
    while let found = bytes.range(of: Data([0x23, 0xE3, 0x83, 0x84])) {
      bytes.replaceSubrange(
        found.lowerBound..<found.upperBound + 4, with: [0xEC, 0x86, 0, 0, 0, 0, 0, 0])
    }
    try bytes.write(to: file)
    let output = folder.file("out.mp4")
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.fit?.action == .remux)
    #expect(try Ffprobe.frameTimes(output).count == 50)
    let duration = try #require(try Ffprobe.probe(output).video?.duration)
    #expect(abs(duration - report.input.video.durationSeconds) < 0.002)
    #expect(duration > 2.48)
  }

  @Test(
    "that tells no durations keeps its last picture as long as it is shown, copied whole or in part",
    arguments: ["clip.mp4", "clip.mkv"])
  func lastPicture(name: String) async throws {
    let file = folder.file(name)
    // A second at 30 pictures a second, then two a second; B-frames, so that MP4 tells no durations.
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: "30", seconds: 4)
        + ["-vf", "select='lt(t,1)+not(mod(n,15))'", "-fps_mode", "vfr", "-c:v", "libx264"]
        + ["-preset", "veryfast", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "200"]
        + ["-video_track_timescale", "90000"])
    var gate = gate
    gate.fitting.window = TimeWindow(start: 0, end: 3)
    let output = folder.file("out.mp4")
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    let made = try #require(report.fit?.output)
    #expect(made.verified)
    #expect(abs(made.durationSeconds - 3) < 0.005)
    // An encode shows the last picture twice where it stays for long.
    #expect((34...35).contains(try Ffprobe.frameTimes(output).count))
    let checked = try await gate.probe(clip(output)).report
    #expect(checked.input.video.durationSeconds <= 3.0005)
    #expect(checked.input.video.durationSeconds > 2.95)
    // The whole clip: no picture seems to last longer than the last one does.
    gate.fitting.window = nil
    let whole = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false)).report
    #expect(whole.fit?.action == .remux)
    let seconds = try #require(whole.fit?.output?.durationSeconds)
    #expect(abs(seconds - whole.input.video.durationSeconds) < 0.002)
  }

  // MARK: - Damage that a decoder conceals

  @Test(
    "with damage in HEVC is no better than one with damage in H.264",
    arguments: ["libx265", "libx264"])
  func concealed(encoder: String) async throws {
    let file = folder.file("clip.mp4")
    let quiet = encoder == "libx265" ? ["-x265-params", "log-level=0:bframes=0:keyint=10"] : []
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures("320x240", rate: "20", seconds: 2.5)
        + ["-c:v", encoder, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-bf", "0"]
        + quiet)
    var bytes = try Data(contentsOf: file)
    // Every sixth picture, behind its header.
    let places = try Ffprobe.packets(file)
    for (position, size) in places.enumerated().filter({ $0.offset % 6 == 3 }).map(\.element) {
      for offset in stride(from: 40, to: min(size - 2, 400), by: 1) {
        bytes[position + offset] = UInt8(truncatingIfNeeded: (offset &* 7919) ^ position)
      }
    }
    try bytes.write(to: file)
    var gate = Gate(provider: .megvii)
    gate.judging.isExhaustive = true
    let report = try await gate.check(clip(file)).report
    #expect(report.input.warnings.contains { $0.hasSuffix("errors while decoding") })
    #expect(report.verdict?.predictions.contains { $0.measure == "input.decodeErrors" } == true)
  }

  @Test("of an HEVC clip that is whole counts no damage")
  func wholeHEVC() async throws {
    let report = try await Gate(provider: .megvii).check(
      .file(try TestClips.named("hevc").path)
    ).report
    #expect(!report.input.warnings.contains { $0.hasSuffix("errors while decoding") })
  }

  // MARK: - Clocks

  @Test("that holds two recordings shows both, with their sound, and says so")
  func twoRecordings() async throws {
    let single = folder.file("single.webm")
    try Ffmpeg.make(
      single,
      Ffmpeg.pictures(rate: "20", seconds: 1.5) + Ffmpeg.tone(seconds: 1.5)
        + ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
        + ["-live", "1"])
    let bytes = try Data(contentsOf: single)
    let file = folder.file("double.webm")
    try (bytes + bytes).write(to: file)
    let output = folder.file("out.mp4")
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.warnings.contains { $0.hasPrefix("the clock jumps back at 1.5") })
    #expect(try Ffprobe.frameTimes(output).count == 60)
    let found = try Ffprobe.probe(output)
    let (video, audio) = (try #require(found.video?.duration), try #require(found.audio?.duration))
    #expect(abs(video - 3.1) < 0.1)
    #expect(abs(video - audio) < 0.1)
  }

  @Test(
    "with B-frames far apart, as Matroska does not say when they are decoded, is one recording",
    arguments: [
      ["4", "libx264", "-bf", "3"], ["24", "libx264", "-bf", "16", "-b_strategy", "0"],
      ["5", "libx265", "-x265-params", "log-level=0:bframes=4"],
    ])
  func slowReordered(coding: [String]) async throws {
    let file = folder.file("clip.mkv")
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: coding[0], seconds: 3) + ["-preset", "veryfast"]
        + ["-pix_fmt", "yuv420p", "-c:v"] + coding.dropFirst())
    let output = folder.file("out.mp4")
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.warnings.isEmpty)
    #expect(abs(report.input.video.durationSeconds - 3) < 0.01)
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.frameTimes(output) == (try Ffprobe.frameTimes(file)))
  }

  @Test(
    "whose pictures follow each other faster than any camera's is refused in a sentence",
    arguments: [214_748_365, UInt32.max, 100_000])
  func absurdRate(rate: UInt32) async throws {
    let file = folder.file("clip.avi")
    try Ffmpeg.make(file, Ffmpeg.pictures(seconds: 2.5) + ["-c:v", "mjpeg"])
    var bytes = try Data(contentsOf: file)
    // The stream's header: rate and scale stand 28 and 32 bytes behind its type.
    let header = try #require(bytes.range(of: Data("strh".utf8)))
    let value = withUnsafeBytes(of: (UInt32(1).littleEndian, rate.littleEndian)) { Data($0) }
    bytes.replaceSubrange(header.lowerBound + 28..<header.lowerBound + 36, with: value)
    try bytes.write(to: file)
    for call in RefusalTests.Call.allCases {
      let error = await #expect(throws: VPrepError.self, "\(call)") {
        try await call.run(gate, clip(file), folder.path("out.mp4"))
      }
      #expect(error.map(ExitStatus.init) == .unusableInput)
    }
    #expect(try folder.contents == ["clip.avi"])
  }

  // MARK: - Cuts

  @Test(
    "of a variable frame rate is cut to no more than was asked for, copied or encoded",
    arguments: ["10", "300"])
  func neverLonger(group: String) async throws {
    let file = folder.file("clip.mp4")
    try Ffmpeg.make(
      file,
      Ffmpeg.pictures(rate: "30", seconds: 5) + Ffmpeg.tone(seconds: 5) + Ffmpeg.h264
        + ["-vf", "setpts=PTS+mod(N*7\\,5)*0.004/TB", "-fps_mode", "vfr", "-bf", "0"]
        + ["-g", group, "-c:a", "aac"])
    var gate = Gate(provider: .megvii)
    gate.fitting.window = TimeWindow(start: 0.5, end: 3.5)
    for isEncoded in [false, true] {
      let output = folder.file("out-\(isEncoded).mp4")
      gate.fitting.maximumBytes = isEncoded ? 60_000 : nil
      let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
        .report
      let seconds = try #require(report.fit?.output?.durationSeconds)
      let found = try Ffprobe.probe(output)
      #expect(try #require(found.video?.duration) <= 3.0005, "\(isEncoded)")
      #expect(seconds > 2.9)
      let checked = try await gate.probe(clip(output)).report
      #expect(checked.input.video.durationSeconds <= 3, "\(isEncoded)")
    }
  }
}
