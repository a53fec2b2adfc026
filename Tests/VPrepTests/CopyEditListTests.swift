import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A copy of a clip with an edit list")
struct CopyEditListTests {
  /// What an edit list shows of four seconds with a key frame in each.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let pictures: [MP4Tree.Edit]
    let sound: [MP4Tree.Edit]
  }

  static let cases = [
    Case(
      description: "the end is hidden", pictures: [.show(2.5, from: 0)],
      sound: [.show(2.5, from: 0)]),
    Case(
      description: "the end is hidden from a key frame on", pictures: [.show(3, from: 0)],
      sound: [.show(3, from: 0)]),
    Case(
      description: "the start is hidden", pictures: [.show(3.3, from: 0.7)],
      sound: [.show(3.3, from: 0.7)]),
    Case(
      description: "start and end are hidden", pictures: [.show(2.2, from: 0.7)],
      sound: [.show(2.2, from: 0.7)]),
    Case(
      description: "the middle is hidden", pictures: [.show(1, from: 0), .show(1.2, from: 2)],
      sound: [.show(1, from: 0), .show(1.2, from: 2)]),
    Case(
      description: "a part of a second is hidden in the middle",
      pictures: [.show(1.5, from: 0), .show(1.5, from: 2.3)],
      sound: [.show(1.5, from: 0), .show(1.5, from: 2.3)]),
    Case(
      description: "one stretch is shown twice",
      pictures: [.show(1.2, from: 1), .show(1.2, from: 1)],
      sound: [.show(1.2, from: 1), .show(1.2, from: 1)]),
    Case(
      description: "the sound's start is hidden", pictures: [.show(4, from: 0)],
      sound: [.show(3, from: 1)]),
    Case(
      description: "the sound's end is hidden", pictures: [.show(4, from: 0)],
      sound: [.show(2, from: 0)]),
    Case(
      description: "the pictures begin late and end early",
      pictures: [.wait(0.5), .show(2.5, from: 0)], sound: [.show(3, from: 0)]),
  ]

  @Test("shows the pictures that the clip shows, each at its time, and no others", arguments: cases)
  func shown(one: Case) async throws {
    let folder = try TemporaryFolder()
    let (clip, path) = (folder.file("clip.mov"), folder.path("out.mp4"))
    try Self.make(one, in: folder).write(to: clip)
    let report = try await Gate(.tencent(.silent)).fit(
      .file(clip.path(percentEncoded: false)), writingTo: path
    ).report
    let made = try #require(report.fit?.output)
    #expect(made.verified)
    let witness = try FitWitness(source: clip, output: folder.file("out.mp4"))
    try witness.expectSoundMP4()
    try witness.expectSameTiming()
    try witness.expectSamePictures(within: 3)
    #expect(abs(made.durationSeconds - report.input.durationSeconds) <= 0.1)
  }

  @Test(
    "holds nothing of an end that was hidden, unless a shown picture is built on it",
    arguments: [Service.tencent(.silent), .megvii])
  func nothingBehind(service: Service) async throws {
    let folder = try TemporaryFolder()
    let (clip, path) = (folder.file("clip.mov"), folder.path("out.mp4"))
    try Self.make(Self.cases[0], in: folder).write(to: clip)
    let report = try await Gate(service).fit(
      .file(clip.path(percentEncoded: false)), writingTo: path
    ).report
    #expect(report.fit?.reasons.contains("frames that an edit list hides are left out") == true)
    // Without the output's own edit list.
    let all = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-ignore_editlist", "1", "-select_streams", "v", "-count_packets",
        "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", path,
      ])
    #expect(all.outputText.hasPrefix("75"))
    let sound = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-ignore_editlist", "1", "-select_streams", "a", "-show_entries",
        "stream=duration", "-of", "csv=p=0", path,
      ])
    let seconds = try #require(Double(sound.outputText.prefix { $0 != "\n" }))
    #expect(abs(seconds - 2.5) < 0.08)
  }

  /// Four seconds with B-frames and sound, with the edit lists of a case, as a MOV.
  private static func make(_ one: Case, in folder: borrowing TemporaryFolder) throws -> MP4Tree {
    let base = folder.file("base.mp4")
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=4", "-f", "lavfi"]
        + ["-i", "anoisesrc=d=4:c=pink:seed=1", "-c:v", "libx264", "-preset", "veryfast"]
        + ["-g", "30", "-bf", "2", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        + ["-movflags", "+faststart", folder.path("base.mp4")])
    let tree = try MP4Tree(base)
    try tree.setEdits(one.pictures, track: 0)
    try tree.setEdits(one.sound, track: 1)
    let header = try #require(tree.root.find("ftyp"))
    header.data.replaceSubrange(0..<4, with: Data("qt  ".utf8))
    return tree
  }
}
