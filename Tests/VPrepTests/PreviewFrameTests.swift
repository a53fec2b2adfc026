import Foundation
import MediaIO
import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("A preview")
struct PreviewFrameTests {
  /// Sixty frames of one grey each: a burst of 50 in less than a second, then ten slow ones.
  private static let source =
    "nullsrc=size=64x48:rate=60:duration=1,format=yuv420p,geq=lum='16+3*N':cb=128:cr=128,"
    + "setpts='if(lt(N,50),N/60,5/6+(N-50)*0.4)/TB'"

  /// Measures every frame of a clip and makes a preview of each: the mean luma (0–255) that was
  /// measured, and that of the preview.
  private func previews(_ clip: URL) throws -> [(measured: Double, shown: Double)] {
    let limits = InputLimits()
    let (watchdog, engines) = (Watchdog(seconds: 1200), FaceEnginePool(.installed))
    let input = try MediaInput(.file(clip.path(percentEncoded: false)), limits: limits)
    let result = try MeasuringPass(
      input: input, limits: limits, watchdog: watchdog, engines: engines
    ).run(Sampling(rate: nil, threads: limits.threads)).whole
    let frames = result.measurements.frames
    let wanted = frames.enumerated().map { index, frame in
      PreviewRenderer.Wanted(
        choice: PreviewPicker.Choice(index: index, time: frame.time, score: 1),
        place: result.basis.places[index])
    }
    let pictures = try PreviewRenderer(
      input: input, clip: result.clip, limits: limits, watchdog: watchdog,
      style: PreviewStyle(Gate(.megvii).reporting)
    ).render(wanted)
    try #require(pictures.count == frames.count)
    let folder = try TemporaryFolder()
    return try zip(frames, pictures).map { frame, picture in
      let file = folder.file("preview.jpg")
      try Data(picture.jpeg).write(to: file)
      let luma = try #require(try Ffprobe.luma(file, width: 1, height: 1).first)
      return (frame.light.mean, Double(luma[0]))
    }
  }

  @Test(
    "is the same picture, whether its frame was kept or is decoded again",
    arguments: ["good-silent", "hdr-hlg", "rotated-90", "interlaced"])
  func kept(_ id: String) throws {
    let limits = InputLimits()
    let (watchdog, engines) = (Watchdog(seconds: 1200), FaceEnginePool(.installed))
    let input = try MediaInput(.file(TestClips.named(id).path), limits: limits)
    let result = try MeasuringPass(
      input: input, limits: limits, watchdog: watchdog, engines: engines,
      previewLimits: Judge(Service(.tencent)).frameLimits
    ).run(Sampling(rate: 10, threads: limits.threads)).whole
    let choices = PreviewPicker.choose(
      result.measurements.frames, count: 2, by: Judge(Service(.tencent)).frameLimits)
    let renderer = PreviewRenderer(
      input: input, clip: result.clip, limits: limits, watchdog: watchdog,
      style: PreviewStyle(Gate(.megvii).reporting))
    var keptCount = 0
    for choice in choices {
      let place = result.basis.places[choice.index]
      let kept = result.basis.candidates?[place]
      if kept != nil { keptCount += 1 }
      #expect(
        try renderer.render([PreviewRenderer.Wanted(choice: choice, place: place, kept: kept)])
          == renderer.render([PreviewRenderer.Wanted(choice: choice, place: place)]))
    }
    #expect(keptCount > 0)
  }

  @Test(
    "shows the very frame that was measured, however unevenly frames follow each other",
    arguments: [
      ("mp4", ["-c:v", "libx264", "-bf", "2"]), ("mkv", ["-c:v", "libx264", "-bf", "2"]),
      ("ts", ["-c:v", "libx264", "-bf", "0"]), ("webm", ["-c:v", "libvpx", "-b:v", "1M"]),
    ])
  func exact(ending: String, codec: [String]) throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("uneven.\(ending)")
    try Ffmpeg.make(
      clip,
      ["-f", "lavfi", "-i", Self.source, "-fps_mode", "passthrough"] + codec
        + ["-g", "20", "-pix_fmt", "yuv420p"])
    let previews = try previews(clip)
    #expect(previews.count == 60)
    // Neighbours are 3.5 levels apart.
    for preview in previews { #expect(abs(preview.measured - preview.shown) < 1.7) }
  }
}
