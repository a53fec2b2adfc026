import Foundation
import Kernels
import TestSupport
import Testing

@testable import MediaIO

@Suite("A prepared picture")
struct PicturePreparerTests {
  /// Sides that are odd, so that cutting shows.
  static let size = (width: 65, height: 49)
  /// A few strong colours that run into each other.
  static let smooth = "gradients=c0=orange:c1=teal:c2=pink:c3=olive:nb_colors=4:seed=7:"
  static let limited601 = ColorDescription(matrix: .smpte170m, range: .limited)
  static let full601 = ColorDescription(matrix: .smpte170m, range: .full)

  /// One frame of a test picture, lossless, in any pixel format and with any tags.
  ///
  /// - Parameter pattern: a source of ffmpeg's; `gradients` is smooth, so that the ways of spreading
  ///   chroma do not matter.
  private static func source(
    _ folder: borrowing TemporaryFolder, pixelFormat: String, tags: [String] = [],
    size: (width: Int, height: Int) = size, pattern: String = "testsrc2="
  ) throws -> URL {
    let (codec, container) = lossless(pixelFormat)
    let file = folder.file("source.\(container)")
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "\(pattern)size=\(size.width)x\(size.height):rate=1"]
        + ["-vf", "format=\(pixelFormat)", "-frames:v", "1"] + codec + tags
        + [file.path(percentEncoded: false)])
    return file
  }

  /// A codec that vprep reads and that keeps the pixel format, with a container for it.
  private static func lossless(_ pixelFormat: String) -> (codec: [String], container: String) {
    switch pixelFormat {
    case "yuv420p", "yuv444p": (["-c:v", "libx264", "-qp", "0"], "mkv")
    case "rgb24", "gray": (["-c:v", "png"], "mov")
    case "yuv420p10le", "yuv422p10le", "yuv420p12le":
      (["-c:v", "libx265", "-x265-params", "lossless=1:log-level=none"], "mkv")
    default: (["-c:v", "rawvideo"], "avi")
    }
  }

  private func prepared(
    _ source: URL, _ orientation: Orientation, width: Int, height: Int, color: ColorDescription
  ) throws -> [Data] {
    var planes: [Data] = []
    try withFrames(of: source) { frame in
      var preparer = PicturePreparer(
        orientation: orientation, width: width, height: height, color: color, file: "test")
      let picture = try preparer.prepare(frame)
      planes = (0..<3).map { bytes(picture, plane: $0) }
      return false
    }
    return planes
  }

  /// The three planes that ffmpeg makes.
  private func expected(_ source: URL, _ filters: String, width: Int, height: Int) throws -> [Data]
  {
    let raw = try Ffprobe.raw(source, filters: filters, pixelFormat: "yuv420p", frames: 1)
    let luma = width * height
    let chroma = ((width + 1) / 2) * ((height + 1) / 2)
    try #require(raw.count == luma + 2 * chroma)
    return [
      raw.subdata(in: 0..<luma), raw.subdata(in: luma..<luma + chroma),
      raw.subdata(in: luma + chroma..<raw.count),
    ]
  }

  static let turns: [(Orientation, String)] = [
    (.upright, "null"), (Orientation(quarterTurns: 1, mirrored: false), "transpose=clock"),
    (Orientation(quarterTurns: 2, mirrored: false), "hflip,vflip"),
    (Orientation(quarterTurns: 3, mirrored: false), "transpose=cclock"),
    (Orientation(quarterTurns: 0, mirrored: true), "hflip"),
    (Orientation(quarterTurns: 1, mirrored: true), "transpose=clock,hflip"),
    (Orientation(quarterTurns: 2, mirrored: true), "vflip"),
    (Orientation(quarterTurns: 3, mirrored: true), "transpose=cclock,hflip"),
  ]

  @Test(
    "is turned and mirrored as ffmpeg does it, its odd last row and column cut", arguments: 0..<8)
  func turned(index: Int) throws {
    let (orientation, filter) = Self.turns[index]
    let folder = try TemporaryFolder()
    let source = try Self.source(folder, pixelFormat: "yuv420p")
    let (width, height) = orientation.swapsAxes ? (48, 64) : (64, 48)
    let planes = try prepared(
      source, orientation, width: width, height: height, color: Self.limited601)
    let expected = try expected(
      source, "crop=64:48:0:0,\(filter)", width: width, height: height)
    #expect(planes == expected)
  }

  @Test("is scaled like ffmpeg's, before it is turned")
  func scaled() throws {
    let folder = try TemporaryFolder()
    let source = try Self.source(folder, pixelFormat: "yuv420p", size: (320, 240))
    let planes = try prepared(
      source, Orientation(quarterTurns: 1, mirrored: false), width: 120, height: 160,
      color: Self.limited601)
    let expected = try expected(
      source, "scale=160:120:flags=bicubic+accurate_rnd,transpose=clock", width: 120, height: 160)
    for (plane, wanted) in zip(planes, expected) {
      #expect(meanAbsoluteDifference(plane, wanted) < 1)
    }
  }

  @Test(
    "is 8-bit 4:2:0 whatever it was",
    arguments: [
      "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "gray", "yuv411p", "nv12", "rgb24",
      "bgra", "yuv420p12le",
    ])
  func converted(pixelFormat: String) throws {
    let folder = try TemporaryFolder()
    let source = try Self.source(
      folder, pixelFormat: pixelFormat, size: (64, 48), pattern: Self.smooth)
    let planes = try prepared(source, .upright, width: 64, height: 48, color: Self.limited601)
    let expected = try expected(
      source, "scale=flags=bicubic+accurate_rnd:out_color_matrix=bt601:out_range=tv", width: 64,
      height: 48)
    for (plane, wanted) in zip(planes, expected) {
      #expect(meanAbsoluteDifference(plane, wanted) < 0.6)
    }
  }

  @Test("has the matrix and range that were asked for, whatever the tags said")
  func colors() throws {
    let sources = [
      (["-color_range", "tv", "-colorspace", "smpte170m"], "in_range=tv:in_color_matrix=bt601"),
      (["-color_range", "pc", "-colorspace", "smpte170m"], "in_range=pc:in_color_matrix=bt601"),
      (["-color_range", "tv", "-colorspace", "bt709"], "in_range=tv:in_color_matrix=bt709"),
      (["-color_range", "pc", "-colorspace", "bt709"], "in_range=pc:in_color_matrix=bt709"),
    ]
    for (tags, input) in sources {
      let folder = try TemporaryFolder()
      let source = try Self.source(
        folder, pixelFormat: "yuv420p", tags: tags, size: (64, 48), pattern: Self.smooth)
      for (color, output) in [
        (Self.limited601, "out_range=tv:out_color_matrix=bt601"),
        (Self.full601, "out_range=pc:out_color_matrix=bt601"),
      ] {
        let planes = try prepared(source, .upright, width: 64, height: 48, color: color)
        // ffmpeg converts between matrices through RGB at full chroma resolution; without the flags 7.1
        // does so less exactly than 5.1.
        let flags = "flags=bicubic+accurate_rnd+full_chroma_int"
        let expected = try expected(
          source, "scale=\(input):\(flags),format=gbrp,scale=\(output):\(flags)", width: 64,
          height: 48)
        for (plane, wanted) in zip(planes, expected) {
          #expect(meanAbsoluteDifference(plane, wanted) < 1, "\(tags) to \(output)")
        }
      }
    }
  }
}
