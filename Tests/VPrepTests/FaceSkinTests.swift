import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Dark skin in good light")
struct FaceSkinTests {
  /// The man's picture with the face alone darkened as by skin of another reflectance.
  ///
  /// The body of the skin reflects a third of what his does. The sheen on its surface is the same on
  /// any skin, so part of the face's own highlights is put back. Both figures are assumptions: the
  /// test is about the rules' behaviour on such a face, not a measurement of skin.
  private func relit(in folder: borrowing TemporaryFolder) throws -> String {
    let path = folder.path("relit.mp4")
    let inside = "lte(hypot((X-238)/150\\,(Y-350)/215)\\,1)"
    // Gamma-coded luma of a third of the light: 3^(−1/2.2) ≈ 0.61 of the code, and a sheen on top.
    func coded(_ channel: String) -> String {
      let value = "\(channel)(X\\,Y)"
      return "if(\(inside)\\,0.61*\(value)+0.55*max(0\\,\(value)-105)\\,\(value))"
    }
    let result = try runProcess(
      "ffmpeg",
      [
        "-v", "error", "-i", TestClips.media.appending(path: "face_noface.mov").path, "-vf",
        "trim=end_frame=24,crop=404:540:236:0,scale=480:640,setsar=1,format=gbrp,"
          + "geq=r='\(coded("r"))':g='\(coded("g"))':b='\(coded("b"))',format=yuv420p",
        "-r", "25", "-an", "-c:v", "libx264", "-preset", "ultrafast", path,
      ])
    try #require(result.status == 0, "\(result.errorText)")
    return path
  }

  @Test func `is not called dark, covered or blurred`() async throws {
    let folder = try TemporaryFolder()
    let report = try await FaceClips.shared.report(path: try relit(in: folder))
    let light = try measured(
      await FaceClips.shared.report("good-megvii").measurements?.brightness.faceMean, "faceMean")
    let relit = try measured(report.measurements?.brightness.faceMean, "faceMean")
    #expect(relit < 0.85 * light)
    let codes = try measured(report.verdict, "verdict").predictions.map(\.code)
    for name in ["ActionLightDark", "SilentFaceWithMaskFail", "SilentFaceQualityFail"] {
      #expect(!codes.contains("FailedOperation.\(name)"))
    }
  }
}
