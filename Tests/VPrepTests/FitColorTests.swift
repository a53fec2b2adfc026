import Foundation
import TestSupport
import Testing
import VPrep

/// Clips in every usual description of colours, encoded anew: what zscale makes of source and output.
@Suite("The colours of a clip that is encoded anew")
struct FitColorTests {
  /// How a clip is tagged, in the words of ffmpeg's filter `setparams`.
  ///
  /// Since version 7.1 ffmpeg takes the tags of an encode from its pictures alone, and ignores the options.
  struct Tags: Sendable, CustomTestStringConvertible {
    let matrix: String
    let primaries: String
    let transfer: String

    static let bt601 = Tags(
      matrix: "smpte170m", primaries: "smpte170m", transfer: "smpte170m")
    static let bt601Europe = Tags(matrix: "bt470bg", primaries: "bt470bg", transfer: "smpte170m")
    static let bt709 = Tags(matrix: "bt709", primaries: "bt709", transfer: "bt709")
    static let bt2020 = Tags(matrix: "bt2020nc", primaries: "bt2020", transfer: "bt2020-10")
    static let smpte240m = Tags(
      matrix: "smpte240m", primaries: "smpte240m", transfer: "smpte240m")
    static let fcc = Tags(matrix: "fcc", primaries: "bt709", transfer: "bt709")
    static let p3 = Tags(matrix: "bt709", primaries: "smpte432", transfer: "bt709")
    static let kept = [bt601, bt601Europe, bt709, smpte240m, fcc, p3]

    var parameters: [String] {
      ["colorspace=\(matrix)", "color_primaries=\(primaries)", "color_trc=\(transfer)"]
    }

    var testDescription: String { "\(matrix) \(primaries)" }
  }

  /// Smooth colours and hard edges between strong ones.
  private static let picture =
    "gradients=c0=orange:c1=teal:c2=pink:c3=olive:nb_colors=4:seed=7:rate=10:duration=1"
  private static let strong = "testsrc2=rate=10:duration=1"

  /// Makes a clip, and encodes it anew into three quarters of its size.
  private func encoded(
    _ folder: borrowing TemporaryFolder, _ source: String = picture, size: String,
    format: String = "yuv420p", range: String = "tv", tags: [String],
    codec: [String] = ["-c:v", "libx264", "-crf", "4"], ending: String = "mp4",
    maximumBytes: Int? = nil
  ) async throws -> (source: URL, output: URL, fit: FitReport) {
    let clip = folder.file("source.\(ending)")
    // The pictures are converted before they are tagged.
    let filters =
      ["format=\(format)"]
      + (tags.isEmpty ? [] : ["setparams=range=\(range):" + tags.joined(separator: ":")])
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "\(source):size=\(size)", "-vf", filters.joined(separator: ",")] + codec
        + ["-pix_fmt", format, "-color_range", range, clip.path(percentEncoded: false)])
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = try maximumBytes ?? Data(contentsOf: clip).count * 3 / 4
    let report = try await gate.fit(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    ).report
    let fit = try #require(report.fit)
    #expect(fit.action == .transcode)
    return (clip, folder.file("out.mp4"), fit)
  }

  /// The mean red, green and blue (0–255) of all pictures on a BT.709 display.
  ///
  /// - Parameter input: what zscale is told where the tags do not say it.
  private func meanColor(_ clip: URL, input: String = "") throws -> [Double] {
    let raw = try Ffprobe.raw(
      clip, filters: "zscale=m=gbr:r=full:p=709:t=709\(input),format=gbrp", pixelFormat: "rgb24")
    return Self.mean(raw)
  }

  private static func mean(_ raw: Data) -> [Double] {
    var sums = [0, 0, 0]
    raw.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count - 2, by: 3) {
        for channel in 0..<3 { sums[channel] += Int(bytes[start + channel]) }
      }
    }
    return sums.map { Double($0) * 3 / Double(max(raw.count, 1)) }
  }

  private func expectSame(
    _ first: [Double], _ second: [Double], _ location: SourceLocation = #_sourceLocation
  ) {
    let worst = zip(first, second).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst <= 1, "\(first) became \(second)", sourceLocation: location)
  }

  @Test(
    "are tagged as the source's were, and shown the same", arguments: Tags.kept, ["tv", "pc"])
  func kept(tags: Tags, range: String) async throws {
    let folder = try TemporaryFolder()
    let (source, output, _) = try await encoded(
      folder, size: "96x128", range: range, tags: tags.parameters)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.matrix == tags.matrix)
    #expect(video.primaries == tags.primaries)
    #expect(video.transfer == tags.transfer)
    #expect(video.range == "tv")
    try expectSame(meanColor(source), meanColor(output))
  }

  @Test(
    "stay when the picture is odd, or deeper, or sampled finer, or scaled",
    arguments: [Tags.bt601, .bt709, .bt2020], ["tv", "pc"])
  func shapes(tags: Tags, range: String) async throws {
    for (format, size, bytes) in [
      ("yuv444p", "97x129", nil), ("yuv422p10le", "96x128", nil),
      ("yuv420p", "960x1280", 6000),
    ] as [(String, String, Int?)] {
      let folder = try TemporaryFolder()
      let (source, output, _) = try await encoded(
        folder, size: size, format: format, range: range, tags: tags.parameters,
        maximumBytes: bytes)
      let video = try #require(try Ffprobe.probe(output).video)
      #expect((video.width < 960) == (size != "960x1280" || bytes != nil))
      try expectSame(meanColor(source), meanColor(output))
    }
  }

  @Test("of BT.2020 become those of BT.709, which is said", arguments: ["tv", "pc"])
  func wide(range: String) async throws {
    for picture in [Self.picture, Self.strong] {
      let folder = try TemporaryFolder()
      let (source, output, fit) = try await encoded(
        folder, picture, size: "240x320", range: range, tags: Tags.bt2020.parameters)
      let video = try #require(try Ffprobe.probe(output).video)
      #expect(video.matrix == "bt709" && video.primaries == "bt709")
      #expect(video.transfer == "bt709" && video.range == "tv")
      #expect(fit.reasons.contains { $0.contains("BT.2020") })
      try expectSame(meanColor(source), meanColor(output))
    }
  }

  @Test(
    "of a clip with half of BT.2020's tags are BT.2020's",
    arguments: [
      (["colorspace=bt2020nc"], ":pin=2020:tin=709"),
      (["color_primaries=bt2020"], ":min=2020_ncl:tin=709"),
    ])
  func half(tags: [String], input: String) async throws {
    let folder = try TemporaryFolder()
    let (source, output, _) = try await encoded(folder, size: "96x128", tags: tags)
    try expectSame(meanColor(source, input: input), meanColor(output))
  }

  @Test(
    "of an untagged clip stay untagged while its size tells as much, and else are tagged",
    arguments: [("96x128", nil, nil), ("720x960", 6000, "bt709")] as [(String, Int?, String?)])
  func untagged(size: String, bytes: Int?, expected: String?) async throws {
    let folder = try TemporaryFolder()
    let (source, output, _) = try await encoded(
      folder, size: size, tags: [], maximumBytes: bytes)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.matrix == expected)
    let matrix = expected == nil ? "170m" : "709"
    let input = ":min=\(matrix):pin=709:tin=709:rin=limited"
    try expectSame(meanColor(source, input: input), meanColor(output, input: input))
  }

  @Test(
    "of RGB pictures are BT.601's, tagged so",
    arguments: [
      ("rgb24", ["-c:v", "libx264rgb", "-crf", "4"], "mp4"), ("rgb24", ["-c:v", "png"], "mov"),
      ("pal8", ["-c:v", "png"], "mkv"), ("bgr0", ["-c:v", "ljpeg", "-strict", "-1"], "mkv"),
      ("gbrp10le", ["-c:v", "libx265", "-x265-params", "lossless=1:log-level=none"], "mkv"),
    ])
  func rgb(format: String, codec: [String], ending: String) async throws {
    let folder = try TemporaryFolder()
    let (source, output, _) = try await encoded(
      folder, size: "96x128", format: format, range: "pc", tags: [], codec: codec,
      ending: ending)
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.matrix == "smpte170m" && video.range == "tv")
    let before = Self.mean(try Ffprobe.raw(source, filters: "null", pixelFormat: "rgb24"))
    let after = Self.mean(
      try Ffprobe.raw(output, filters: "zscale=m=gbr:r=full,format=gbrp", pixelFormat: "rgb24"))
    expectSame(before, after)
  }

  @Test("of Motion JPEG, full range, become limited")
  func motionJPEG() async throws {
    let folder = try TemporaryFolder()
    let (source, output, _) = try await encoded(
      folder, size: "96x128", format: "yuvj420p", range: "pc", tags: [],
      codec: ["-c:v", "mjpeg", "-q:v", "2"], ending: "avi")
    let video = try #require(try Ffprobe.probe(output).video)
    #expect(video.matrix == "bt470bg" && video.range == "tv")
    let colors = try [source, output].map {
      Self.mean(
        try Ffprobe.raw($0, filters: "zscale=m=gbr:r=full,format=gbrp", pixelFormat: "rgb24"))
    }
    expectSame(colors[0], colors[1])
  }

  @Test("are told alike by the MP4's header and by the pictures' own", arguments: Tags.kept)
  func headers(tags: Tags) async throws {
    let folder = try TemporaryFolder()
    let (_, output, _) = try await encoded(folder, size: "96x128", tags: tags.parameters)
    // Alone the pictures tell what their parameter sets hold.
    let bare = folder.file("bare.h264")
    try Ffprobe.make([
      "-i", output.path(percentEncoded: false), "-c", "copy", bare.path(percentEncoded: false),
    ])
    let video = try #require(try Ffprobe.probe(bare).video)
    #expect(video.matrix == tags.matrix && video.primaries == tags.primaries)
    #expect(video.transfer == tags.transfer)
    let file = try Data(contentsOf: output)
    let box = try #require(file.range(of: Data("colrnclx".utf8)))
    // ISO/IEC 14496-12, 12.1.5: primaries, transfer and matrix in 16 bits each, then the range.
    let numbers = (0..<3).map { Int(file[box.upperBound + 2 * $0 + 1]) }
    #expect(numbers == Self.numbers[tags.testDescription])
    #expect(file[box.upperBound + 6] & 0x80 == 0)
  }

  /// Primaries, transfer and matrix by ITU-T H.273.
  private static let numbers = [
    "smpte170m smpte170m": [6, 6, 6], "bt470bg bt470bg": [5, 6, 5], "bt709 bt709": [1, 1, 1],
    "smpte240m smpte240m": [7, 7, 7], "fcc bt709": [1, 1, 4], "bt709 smpte432": [12, 1, 1],
  ]
}
