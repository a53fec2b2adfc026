import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("Other people in the picture", .enabled(if: photoFacesAreMeasured))
struct FaceOthersTests {
  static func face(_ id: String) async throws -> MeasurementSummary.Face {
    try measured(try await FaceClips.shared.report(id).measurements?.face, "the face")
  }

  @Test("are measured against the person's own face, however far away both are")
  func far() async throws {
    let face = try await Self.face("strangers-far")
    #expect(face.maxCount == 2)
    #expect(try measured(face.secondFaceAreaShare, "share") < Measure.countedSecondFace)
    #expect(try measured(face.secondFaceSizeRatio, "ratio") > Measure.comparableSecondFace)
  }

  @Test("beside a person of the same size are as large")
  func near() async throws {
    let ratio = try measured(try await Self.face("two-faces").secondFaceSizeRatio, "ratio")
    #expect((0.5...2).contains(ratio))
  }

  @Test("on a picture behind are small")
  func picture() async throws {
    let face = try await Self.face("picture-on-wall")
    #expect(try measured(face.secondFaceSizeRatio, "ratio") < 0.25)
  }

  /// The man of the clips, out of focus by `blur` pixels, before a woman `width` pixels wide; `still`
  /// shows her on a picture that is held by the same hand as the camera.
  private static func before(
    blur: Int, width: Int, still: Bool = false, in folder: borrowing TemporaryFolder
  ) throws -> String {
    let path = folder.path("\(blur)-\(width)-\(still).mp4")
    let picture = still ? "trim=end_frame=1,loop=-1:1,setpts=N/30/TB," : ""
    let result = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", try TestClips.named("good-silent").path, "-i",
        try TestClips.named("two-faces").path, "-filter_complex",
        "[0:v]gblur=sigma=\(blur)[a];[1:v]crop=360:480:360:0,\(picture)scale=\(width):-2[b];"
          + "[a][b]overlay=W-w-8+3*sin(2*t):24+2*sin(3*t)", "-t", "2.4", "-c:v", "libx264",
        "-preset",
        "veryfast", "-pix_fmt", "yuv420p", path,
      ])
    try #require(result.status == 0, "\(result.errorText)")
    return path
  }

  private static func multiFace(_ path: String) async throws -> [Severity] {
    let report = try await FaceClips.shared.report(path: path)
    #expect(report.measurements?.face?.maxCount == 2)
    return (report.verdict?.predictions ?? []).filter { $0.code.hasSuffix("SilentMultiFaceFail") }
      .map(\.severity)
  }

  @Test("are seen behind a person out of focus, whoever is larger", arguments: [300, 360])
  func outOfFocus(width: Int) async throws {
    let folder = try TemporaryFolder()
    #expect(
      try await Self.multiFace(Self.before(blur: 24, width: width, in: folder)).contains(.fail))
  }

  @Test("are seen though a mask covers them and the picture's edge cuts them")
  func maskedAtTheEdge() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("edge.mp4")
    let result = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", try TestClips.named("good-silent").path, "-i",
        try TestClips.named("mask").path, "-filter_complex",
        "[0:v]pad=iw*1.6:ih[a];[1:v]crop=320:420:80:160[b];[a][b]overlay=W-w*0.65:60", "-t", "2.4",
        "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", path,
      ])
    try #require(result.status == 0, "\(result.errorText)")
    #expect(!(try await Self.multiFace(path)).isEmpty)
  }

  @Test("warn and do not fail where they do nothing of their own")
  func print() async throws {
    let folder = try TemporaryFolder()
    let path = try Self.before(blur: 0, width: 300, still: true, in: folder)
    let found = try await Self.multiFace(path)
    #expect(found.contains(.warn) && !found.contains(.fail))
  }

  @Test(
    "are not seen where one person is alone",
    arguments: ["good-megvii", "good-silent", "good-action", "far-2", "hand-over-mouth", "mask"])
  func alone(id: String) async throws {
    let face = try await Self.face(id)
    #expect(face.maxCount == 1 && face.secondFaceSizeRatio == 0)
  }
}
