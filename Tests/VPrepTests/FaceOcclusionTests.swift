import Foundation
import TestSupport
import Testing
import VPrep

/// Masks are drawn over the man of the test clips: blue with pleats in the clip `mask`, and of other
/// colours and patterns here.
@Suite("Covered faces")
struct FaceOcclusionTests {
  /// What a drawn mask looks like: FFmpeg's source of its pixels.
  static let fabrics = [
    "color=white", "color=black", "color=gray", "color=navy", "color=darkred", "color=pink",
    "color=0x6f8f5f", "testsrc2", "life=mold=10:r=10:ratio=0.5:death_color=0x406080",
  ]

  /// A second of the man with a mask; `top` is the height of its upper edge's middle.
  private func masked(_ fabric: String, top: Int, in folder: borrowing TemporaryFolder) throws
    -> String
  {
    let path = folder.path("masked.mp4")
    let middle = (top + 549) / 2
    let half = (549 - top) / 2
    let shape =
      "255*clip(12*(1-pow(abs((X-238)/132)\\,2.6)-pow(abs((Y-\(middle))/\(half))\\,2.6))\\,0\\,1)"
    let size = fabric.contains("=") ? ":s=480x640" : "=s=480x640"
    func pleated(_ channel: String) -> String {
      "clip(0.9*\(channel)(X\\,Y)+12*sin(Y/7)\\,0\\,255)"
    }
    let result = try runProcess(
      "ffmpeg",
      [
        "-v", "error", "-i", TestClips.media.appending(path: "face_noface.mov").path, "-f", "lavfi",
        "-i", "\(fabric)\(size)", "-filter_complex",
        "[0:v]trim=end_frame=1,loop=-1:1,crop=404:540:236:0,scale=480:640,setsar=1,"
          + "setpts=N/30/TB,format=yuv420p[v];"
          + "[1:v]format=rgba,geq=r='\(pleated("r"))':g='\(pleated("g"))'"
          + ":b='\(pleated("b"))':a='\(shape)'[m];[v][m]overlay",
        "-t", "0.3", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path,
      ])
    try #require(result.status == 0, "\(result.errorText)")
    return path
  }

  @Test func `a mask is found and the eyes stay free`() async throws {
    let face = try measured(
      await FaceClips.shared.report("mask").measurements?.face, "face")
    #expect(try measured(face.lowerFaceOcclusion, "lowerFaceOcclusion") > 0.8)
    #expect(try measured(face.eyesOpen, "eyesOpen") > 0.7)
  }

  @Test func `a mask that fills the picture is a mask, and no missing face`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("close.mp4")
    let result = try runProcess(
      "ffmpeg",
      [
        "-v", "error", "-i", try TestClips.named("mask").path, "-t", "2.2", "-vf",
        "crop=186:306:154+4*sin(2*t):206+3*sin(3*t),scale=480:790", "-c:v", "libx264", "-preset",
        "ultrafast", path,
      ])
    try #require(result.status == 0, "\(result.errorText)")
    let report = try await FaceClips.shared.report(path: path)
    let codes = try measured(report.verdict, "verdict").predictions.map(\.code)
    #expect(codes.contains("FailedOperation.SilentFaceWithMaskFail"))
    #expect(!codes.contains("FailedOperation.SilentFaceDetectFail"))
    #expect(try measured(report.measurements?.face?.framesWithFaceShare, "share") > 0.9)
  }

  @Test(arguments: fabrics)
  func `a mask of any colour is found`(fabric: String) async throws {
    let folder = try TemporaryFolder()
    let path = try masked(fabric, top: 341, in: folder)
    let face = try measured(
      await FaceClips.shared.report(path: path).measurements?.face, "face")
    #expect(try measured(face.lowerFaceOcclusion, "lowerFaceOcclusion") > 0.5)
  }

  @Test(arguments: ["color=white", "color=black", "color=navy", "color=0x6f8f5f"])
  func `a mask below the nose is found`(fabric: String) async throws {
    let folder = try TemporaryFolder()
    let path = try masked(fabric, top: 410, in: folder)
    let face = try measured(
      await FaceClips.shared.report(path: path).measurements?.face, "face")
    #expect(try measured(face.lowerFaceOcclusion, "lowerFaceOcclusion") > 0.5)
  }

  @Test func `a hand before the mouth is found though it has the skin's colour`() async throws {
    let face = try measured(
      await FaceClips.shared.report("hand-over-mouth").measurements?.face, "face")
    #expect(try measured(face.lowerFaceOcclusion, "lowerFaceOcclusion") > 0.5)
    #expect(try measured(face.eyesOpen, "eyesOpen") > 0.5)
  }

  @Test(arguments: [
    "good-silent", "good-lip", "good-action", "dark-1", "dark-2", "dark-3", "bright-2", "bright-3",
    "far-1", "close-1", "tilted", "eyes-shut", "hdr-pq", "hdr-hlg", "full-range", "rotated-90",
  ])
  func `a bare face in any light, talking or grinning, is not covered`(id: String) async throws {
    let face = try measured(await FaceClips.shared.report(id).measurements?.face, "face")
    #expect(try measured(face.occlusion, "occlusion") < 0.5)
  }

  @Test(arguments: ["blur-3", "motion-2"])
  func `heavy blur leaves the covers undecided`(id: String) async throws {
    let face = try measured(await FaceClips.shared.report(id).measurements?.face, "face")
    #expect(face.lowerFaceOcclusion == nil)
  }
}
