import Foundation
import TestSupport
import Testing
import VPrep

/// Clips made by ffmpeg for one trait each, encoded anew.
@Suite("Encoding a clip anew")
struct FitPicturesTests {
  /// Makes a clip, fits it to three quarters of its size, and hands both over.
  private func fitted(
    _ arguments: [String], ending: String = "mp4", window: TimeWindow? = nil,
    change: (URL) throws -> Void = { _ in },
    _ body: (_ source: URL, _ output: URL, _ fit: FitReport) throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.\(ending)")
    try Ffprobe.make(arguments + [source.path(percentEncoded: false)])
    try change(source)
    var gate = Gate(provider: .megvii)
    gate.fitting.window = window
    gate.fitting.maximumBytes = try Data(contentsOf: source).count * 3 / 4
    let report = try await gate.fit(
      .file(source.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    ).report
    let fit = try #require(report.fit)
    #expect(fit.action == .transcode)
    #expect(fit.output?.verified == true)
    try body(source, folder.file("out.mp4"), fit)
  }

  /// Two seconds of a moving test picture.
  private static func pattern(_ filters: String = "null", rate: Int = 30) -> [String] {
    ["-f", "lavfi", "-i", "testsrc2=size=640x480:rate=\(rate):duration=2,\(filters)"]
  }

  @Test("turns interlaced frames into progressive ones without their combs")
  func interlaced() async throws {
    // The picture pans by four pixels a field.
    let pan = "scale=960:480,crop=640:480:4*n:0,setsar=1"
    let folder = try TemporaryFolder()
    let progressive = folder.file("progressive.mp4")
    try Ffprobe.make(
      Self.pattern(pan + ",framestep=2", rate: 60) + ["-c:v", "libx264", "-crf", "18"]
        + [progressive.path(percentEncoded: false)])
    let source = Self.pattern(pan + ",tinterlace=interleave_top,setfield=tff", rate: 60)
    try await fitted(
      source + ["-c:v", "libx264", "-crf", "18", "-flags", "+ilme+ildct", "-x264-params", "tff=1"]
    ) { source, output, fit in
      let wanted = try combing(progressive)
      #expect(try combing(source) > 1.2 * wanted)
      #expect(try combing(output) <= 1.02 * wanted)
      #expect(fit.reasons.contains { $0.contains("interlaced") })
      let witness = try FitWitness(source: source, output: output)
      try witness.expectPlainFormat()
      try witness.expectSameTiming()
    }
  }

  /// How much more neighbouring rows differ than rows of one field do, over all frames.
  private func combing(_ clip: URL) throws -> Double {
    let size = try #require(try Ffprobe.probe(clip).video).displaySize
    let raw = try Ffprobe.raw(
      clip, filters: "scale=out_range=pc,format=gray", pixelFormat: "gray", frames: 30)
    let (width, height) = (size.width, size.height)
    var (neighbours, fields) = (0, 0)
    raw.withUnsafeBytes { bytes in
      for frame in 0..<bytes.count / (width * height) {
        for row in 0..<height - 2 {
          let start = frame * width * height + row * width
          for x in start..<start + width {
            neighbours += abs(Int(bytes[x]) - Int(bytes[x + width]))
            fields += abs(Int(bytes[x]) - Int(bytes[x + 2 * width]))
          }
        }
      }
    }
    return Double(neighbours) / Double(max(fields, 1))
  }

  @Test("keeps a flash and a beep together", arguments: [nil, TimeWindow(start: 0.5, end: 2.5)])
  func sync(window: TimeWindow?) async throws {
    let flash = "drawbox=color=white:t=fill:enable='between(t,1.49,1.6)'"
    try await fitted(
      [
        "-f", "lavfi", "-i", "testsrc2=size=640x480:rate=30:duration=3,lutyuv=y=val/4+16,\(flash)",
        "-f", "lavfi", "-i", "aevalsrc='0.6*sin(6283*t)*gte(t,1.5)*lt(t,1.6)':d=3:s=44100",
        "-c:v", "libx264", "-crf", "12", "-c:a", "aac", "-b:a", "96k",
      ], window: window
    ) { _, output, _ in
      let frames = try Ffprobe.luma(output, width: 16, height: 12)
      let times = try Ffprobe.frameTimes(output)
      let bright = try #require(frames.firstIndex { $0.reduce(0) { $0 + Int($1) } > 192 * 180 })
      let rate = 48_000
      let sound = try Ffprobe.sound(output, rate: rate)
      let beep = try #require(sound.firstIndex { abs(Int($0)) > 6000 })
      let (seen, heard) = (times[bright], Double(beep) / Double(rate))
      #expect(abs(seen - (1.5 - (window?.start ?? 0))) <= 1.0 / 30)
      #expect(abs(seen - heard) <= 1.0 / 30, "seen at \(seen) s, heard at \(heard) s")
    }
  }

  @Test(
    "makes 8-bit 4:2:0 of deeper and finer sampled pictures",
    arguments: ["yuv420p10le", "yuv422p10le", "yuv444p", "yuvj444p"])
  func pixelFormats(format: String) async throws {
    try await fitted(
      Self.pattern() + ["-pix_fmt", format, "-c:v", "libx264", "-crf", "18"]
    ) { source, output, _ in
      let witness = try FitWitness(source: source, output: output)
      try witness.expectPlainFormat()
      try witness.expectSameTiming()
      try witness.expectSamePictures(within: 3)
    }
  }

  @Test("turns a mirrored picture as its display matrix says")
  func mirrored() async throws {
    try await fitted(
      Self.pattern() + ["-c:v", "libx264", "-crf", "18"], change: Self.mirror
    ) { source, output, _ in
      let path = source.path(percentEncoded: false)
      let plain = try runProcess(
        "ffmpeg",
        [
          "-nostdin", "-v", "error", "-noautorotate", "-i", path, "-vf",
          "hflip,scale=48:36:flags=area:out_range=pc,format=gray", "-frames:v", "1", "-f",
          "rawvideo", "-",
        ]
      ).output
      let found = try #require(try Ffprobe.luma(output, width: 48, height: 36).first)
      #expect(meanAbsoluteDifference(plain, found) <= 3)
      try FitWitness(source: source, output: output).expectPlainFormat()
    }
  }

  /// Makes the video track's matrix one that mirrors: ISO/IEC 14496-12, 8.3.2, nine 32-bit numbers.
  private static func mirror(_ clip: URL) throws {
    var file = try Data(contentsOf: clip)
    let box = try #require(file.range(of: Data("tkhd".utf8)))
    // Version, flags, two times, track, reserved, duration, reserved, layer, group, volume: 44 bytes.
    let matrix = box.upperBound + 40
    #expect(file[matrix..<matrix + 4].elementsEqual([0, 1, 0, 0]))
    file.replaceSubrange(matrix..<matrix + 4, with: [0xFF, 0xFF, 0, 0])
    // The picture is 640 wide; the shift keeps it in view.
    file.replaceSubrange(matrix + 24..<matrix + 28, with: [0x02, 0x80, 0, 0])
    try file.write(to: clip)
  }

  @Test("begins at zero where the clip begins before it")
  func negativeStart() async throws {
    try await fitted(
      Self.pattern() + [
        "-f", "lavfi", "-i", "sine=frequency=500:duration=2", "-c:v", "libx264", "-bf", "0", "-crf",
        "18", "-c:a", "aac", "-output_ts_offset", "-0.5", "-avoid_negative_ts", "disabled",
      ], ending: "mov"
    ) { source, output, _ in
      let witness = try FitWitness(source: source, output: output)
      try witness.expectSoundMP4()
      try witness.expectSameTiming()
    }
  }
}
