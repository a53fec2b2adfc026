import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The encoder of pictures")
struct VideoEncoderTests {
  private static let settings = VideoEncoderSettings(
    width: 64, height: 48, frameRate: 10, quality: 20, peakRate: 1_000_000, bufferBits: 1_000_000,
    color: .bt709)

  @Test(
    "of each kind that is named to the user opens with its own options and writes a clip",
    arguments: VideoEncoder.available)
  func opens(name: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.file("out.mp4")
    var settings = Self.settings
    settings.encoder = name
    var encoder = try VideoEncoder(settings, file: "test")
    let output = try OutputFile(
      OutputTarget(folder.path("out.mp4"), protecting: ProtectedFiles()))
    let muxer = try Muxer(output)
    let stream = try muxer.add(encoder)
    try muxer.begin()
    for index in 0..<10 {
      var picture = try PictureBuffer(width: 64, height: 48, file: "test")
      for plane in 0..<3 {
        picture.withMutablePlane(plane) { span, _ in
          for sample in span.indices { span[sample] = plane == 0 ? UInt8(16 + 20 * index) : 128 }
        }
      }
      try encoder.encode(picture, at: Double(index) / 10, to: muxer, stream: stream)
    }
    try encoder.finish(to: muxer, stream: stream)
    try muxer.finish()
    try output.commit()
    #expect(try Ffprobe.decodeErrors(file).isEmpty)
    let levels = try Ffprobe.luma(file, width: 1, height: 1).map { Int($0[0]) }
    #expect(levels.count == 10)
    // Codes 16, 36… of limited range are 0, 23… of full range.
    for (index, level) in levels.enumerated() { #expect(abs(level - 20 * index * 255 / 219) <= 3) }
    let video = try #require(try Ffprobe.probe(file).video)
    #expect(video.codec == "h264" && video.matrix == "bt709")
  }

  @Test("this FFmpeg has one")
  func available() { #expect(VideoEncoder.available == ["libx264"]) }

  @Test("that FFmpeg lacks is refused with a sentence that says what to do")
  func missing() throws {
    var settings = Self.settings
    settings.encoder = "libx264-that-is-missing"
    let error = try #require(throws: MediaError.self) {
      _ = try VideoEncoder(settings, file: "out.mp4")
    }
    #expect(error.stage == .encode && error.cause == .library)
    #expect(error.detail.contains("libx264-that-is-missing"))
    #expect(error.advice?.contains("libx264") == true)
  }
}
