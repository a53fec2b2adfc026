import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("What is told of colours")
struct ColorDescriptionTests {
  private func video(_ file: URL, trusted: Bool) throws -> VideoStreamInfo {
    let limits = InputLimits()
    let input = try MediaInput(.file(file.path(percentEncoded: false)), limits: limits)
    let reader = try ClipReader(
      input, for: .probe, limits: limits, watchdog: Watchdog(seconds: 60),
      trustingHeader: trusted)
    return reader.video
  }

  /// An MP4 whose pictures say what `bits` writes into their parameter sets, and whose header says
  /// that they are BT.709.
  private func clip(_ folder: borrowing TemporaryFolder, pictures tags: [String]) throws -> URL {
    let bare = folder.file("bare.mp4")
    try Ffmpeg.make(bare, Ffmpeg.pictures(seconds: 0.5) + Ffmpeg.h264 + tags)
    let file = folder.file("clip.mp4")
    try Ffmpeg.make(
      file,
      ["-i", bare.path(percentEncoded: false), "-c", "copy", "-color_primaries", "bt709"]
        + ["-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
        + ["-movflags", "+write_colr"])
    return file
  }

  @Test(
    "by the container holds where the pictures tell nothing, be it that they say so",
    arguments: [
      [], ["-x264-params", "colorprim=undef:transfer=undef:colormatrix=undef:fullrange=off"],
      ["-x264-params", "colormatrix=bt709"],
    ], [false, true])
  func container(tags: [String], trusted: Bool) throws {
    let folder = try TemporaryFolder()
    let file = try clip(folder, pictures: tags)
    #expect(try video(file, trusted: trusted).color == .bt709)
    try withFrames(of: file) { frame in
      #expect(frame.color == .bt709)
      return true
    }
  }

  @Test("by the pictures comes before the container's word", arguments: [false, true])
  func pictures(trusted: Bool) throws {
    let folder = try TemporaryFolder()
    let file = try clip(
      folder,
      pictures: [
        "-x264-params", "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m",
      ])
    #expect(try video(file, trusted: trusted).color.matrix == .smpte170m)
    try withFrames(of: file) { frame in
      #expect(frame.color.matrix == .smpte170m)
      return true
    }
  }

  @Test(
    "and what is not is assumed by one rule",
    arguments: [
      (ColorDescription(), (480, 640), ColorDescription.Matrix.smpte170m),
      (ColorDescription(), (719, 1280), .smpte170m), (ColorDescription(), (720, 1280), .bt709),
      (ColorDescription(), (1280, 720), .bt709),
      (ColorDescription(primaries: .bt2020), (480, 640), .bt2020),
      (ColorDescription(transfer: .pq), (480, 640), .bt2020),
      (ColorDescription(matrix: .fcc), (1080, 1920), .fcc),
    ])
  func assumed(
    told: ColorDescription, size: (Int, Int), matrix: ColorDescription.Matrix
  ) {
    let meant = told.assumed(width: size.0, height: size.1)
    #expect(meant.matrix == matrix)
    #expect(meant.range == .limited)
    #expect(meant.primaries == (matrix == .bt2020 ? .bt2020 : told.primaries))
    #expect(meant == meant.assumed(width: 4000, height: 4000))
  }
}
