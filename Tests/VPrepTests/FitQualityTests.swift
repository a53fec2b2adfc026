import Foundation
import TestSupport
import Testing

@testable import Kernels
@testable import VPrep

@Suite("The quality of an encode")
struct FitQualityTests {
  @Test("is near that of FFmpeg's ssim and psnr over all frames")
  func output() async throws {
    let folder = try TemporaryFolder()
    let path = try TestClips.named("good-megvii").path
    var gate = Gate(.tencent(.silent))
    gate.fitting.window = TimeWindow(start: 0, end: .infinity)
    gate.fitting.maximumBytes = try Data(contentsOf: URL(filePath: path)).count / 2
    let fit = try await gate.fit(.file(path), writingTo: folder.path("out.mp4"))
    let quality = try #require(fit.output.quality)
    #expect(quality.frames == QualitySamples.most)
    let ran = try runProcess(
      "/usr/bin/env",
      [
        "ffmpeg", "-nostdin", "-i", folder.path("out.mp4"), "-i", path, "-lavfi",
        "[0:v]settb=1/1000,setpts=N*1000/30[a];[1:v]settb=1/1000,setpts=N*1000/30[b];"
          + "[a][b]ssim=stats_file=\(folder.path("ssim.txt"))",
        "-f", "null", "-",
      ])
    try #require(ran.status == 0, "\(ran.errorText)")
    let lines = try String(contentsOf: folder.file("ssim.txt"), encoding: .utf8)
      .split(separator: "\n")
    let values = lines.compactMap { line in
      line.split(separator: " ").first { $0.hasPrefix("Y:") }.flatMap { Double($0.dropFirst(2)) }
    }
    #expect(values.count == fit.clip.video.frameCount)
    // Some of all frames: between the best and the worst, and near their mean.
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(quality.ssim - mean) < 0.01, "\(quality.ssim) \(mean)")
    #expect(quality.psnr > 25 && quality.psnr < 60)
    // The same, when the output is judged as well.
    gate.reporting.previewCount = 0
    let prepared = try await gate.prepare(.file(path), writingTo: folder.path("prepared.mp4"))
    let judged = try #require(prepared.output?.quality)
    #expect(judged.frames == quality.frames && abs(judged.ssim - quality.ssim) < 0.002)
  }

  @Test("is not there for a copy")
  func copy() async throws {
    let folder = try TemporaryFolder()
    let fit = try await Gate(.tencent(.silent)).fit(
      .file(TestClips.named("moov-last").path), writingTo: folder.path("out.mp4"))
    #expect(fit.change.action == .remux && fit.output.quality == nil)
    #expect(fit.report.fit?.quality == nil)
  }

  @Test("is that of FFmpeg's filters for the same two frames, to their last digit")
  func sameFrames() throws {
    let folder = try TemporaryFolder()
    // Odd sizes: what lies outside the blocks of four counts on neither side.
    let (width, height) = (76, 52)
    var planes: [[UInt8]] = []
    for (name, filter) in [("a", "copy"), ("b", "boxblur=2,noise=alls=9:all_seed=3")] {
      try Ffmpeg.make(
        folder.file("\(name).y4m"),
        [
          "-f", "lavfi", "-i", "testsrc2=size=\(width)x\(height):rate=1:duration=1,\(filter)",
          "-pix_fmt", "yuv420p",
        ])
      let bytes = [UInt8](try Data(contentsOf: folder.file("\(name).y4m")))
      planes.append(Array(bytes.suffix(width * height * 3 / 2).prefix(width * height)))
    }
    let shape = PlaneShape(width: width, height: height)
    let (first, second) = (planes[0], planes[1])
    let compared = PictureComparison(first.span, shape, with: second.span, shape)
    let own = try #require(compared)
    func filter(_ name: String, _ key: String) throws -> Double {
      let ran = try runProcess(
        "/usr/bin/env",
        [
          "ffmpeg", "-nostdin", "-i", folder.path("a.y4m"), "-i", folder.path("b.y4m"), "-lavfi",
          "\(name)=stats_file=\(folder.path(name))", "-f", "null", "-",
        ])
      try #require(ran.status == 0, "\(ran.errorText)")
      let text = try String(contentsOf: folder.file(name), encoding: .utf8)
      let word = try #require(text.split(separator: " ").first { $0.hasPrefix(key) })
      return try #require(Double(word.dropFirst(key.count)))
    }
    #expect(abs(own.ssim - (try filter("ssim", "Y:"))) < 1e-6)
    #expect(abs(own.squaredError - (try filter("psnr", "mse_y:"))) < 0.006)
    let same = PictureComparison(first.span, shape, with: first.span, shape)
    #expect(same?.ssim == 1 && same?.squaredError == 0)
  }
}
