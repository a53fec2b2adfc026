import Foundation
import TestSupport
import Testing

@testable import MediaIO
@testable import VPrep

@Suite("A copy that is read back")
struct CopyVerifierTests {
  private let limits = InputLimits()
  private let watchdog = Watchdog(seconds: 60)

  /// What was copied, and what the clip shows.
  private struct Copy {
    let ledger: CopyLedger
    let clip: ProbedClip
  }

  /// Copies a test clip's streams into an MP4.
  private func copy(_ id: String, to path: String) throws -> Copy {
    let input = try MediaInput(.file(TestClips.named(id).path), limits: limits)
    let clip = try ClipProbe(input: input, limits: limits, watchdog: watchdog)
      .run(scanningPackets: true)
    let output = try OutputFile(OutputTarget(path, protecting: ProtectedFiles()))
    let ledger = try Remuxer.run(
      input, clip: clip, pictures: PictureCopy(clip, keepsMetadata: false), audioBitRate: nil,
      limits: limits, watchdog: watchdog, to: output
    ).ledger
    try output.commit()
    return Copy(ledger: try #require(ledger), clip: clip)
  }

  private func agrees(
    _ path: String, _ copy: Copy, pictures: Int? = nil, seconds: Double? = nil
  ) throws -> Bool {
    let expected = CopyVerifier.Expectation(
      pictures: pictures ?? copy.clip.shownPackets, seconds: seconds ?? copy.clip.videoDuration,
      frameInterval: 1 / copy.clip.frameRate)
    return try CopyVerifier(limits: limits, watchdog: watchdog)
      .run(MediaInput(.file(path), limits: limits), copy.ledger, expected) != nil
  }

  @Test(
    "is the clip's, packet by packet and time by time",
    arguments: [
      "moov-last", "b-frames", "edit-list", "late-start", "late-sound", "matroska", "flv",
      "mpegts", "no-sound", "hevc", "extra-streams", "variable-rate", "fragmented",
    ])
  func same(id: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("copy.mp4")
    let copy = try copy(id, to: path)
    #expect(try agrees(path, copy))
  }

  @Test("is told from another one, and from one in which a byte is wrong")
  func different() throws {
    let folder = try TemporaryFolder()
    let (path, other) = (folder.path("copy.mp4"), folder.path("other.mp4"))
    let made = try copy("moov-last", to: path)
    _ = try copy("no-sound", to: other)
    #expect(try !agrees(other, made))
    let whole = try Data(contentsOf: folder.file("copy.mp4"))
    // The media data fill most of the file.
    for place in [whole.count / 2, whole.count * 3 / 4, whole.count - 100] {
      var damaged = whole
      damaged[place] ^= 1
      try damaged.write(to: folder.file("copy.mp4"))
      #expect(try !agrees(path, made), "byte \(place)")
    }
    try whole.write(to: folder.file("copy.mp4"))
    #expect(try agrees(path, made))
  }

  @Test("is refused when it shows another number of pictures, or for another time, than the clip")
  func shows() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("copy.mp4")
    let made = try copy("no-sound", to: path)
    #expect(try !agrees(path, made, pictures: made.clip.shownPackets - 1))
    #expect(try !agrees(path, made, seconds: made.clip.videoDuration - 0.1))
    #expect(try agrees(path, made))
  }

  @Test(
    "is of a clip that fit has decoded on the way, which a plan does not",
    arguments: ["moov-last", "matroska", "mpegts", "flv"])
  func decodedOnTheWay(id: String) throws {
    let gate = Gate(provider: .megvii)
    let pipeline = try Pipeline(
      gate, clip: .file(TestClips.named(id).path), watchdog: watchdog,
      engines: FaceEnginePool(.installed))
    let clip = try pipeline.run { (call) throws(VPrepError) in try call.probeForFit().clip }
    let (isDecoded, isClean) = (clip.isDecoded, clip.decodesCleanly)
    #expect(isDecoded && isClean)
    let planned = try pipeline.run { (call) throws(VPrepError) in
      try call.probeForFit(isPlanned: true).clip
    }
    let isDecodedForPlan = planned.isDecoded
    #expect(!isDecodedForPlan)
    let (frames, warnings) = (planned.frames, planned.warnings)
    #expect(clip.frames == frames)
    #expect(clip.warnings == warnings)
  }
}
