import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("Annotated pictures")
struct AnnotateTests {
  static func check(_ id: String, to folder: String) async throws -> ReportDocument {
    var gate = Gate(provider: .megvii)
    gate.reporting.includesTimeline = true
    gate.reporting.annotationFolder = folder
    return try await gate.check(.file(TestClips.named(id).path)).report
  }

  @Test("are one a measured frame, named by its time, in a folder that is made")
  func names() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a/b/")
    let report = try await Self.check("no-face-wall", to: path)
    let times = try #require(report.timeline).map(\.t)
    let found = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(found.count == times.count)
    for (name, time) in zip(found, times) {
      #expect(name.count == 12 && name.hasSuffix(".jpg"))
      #expect(abs(try #require(Double(name.dropLast(4))) - time) < 0.001)
    }
  }

  @Test("are whole JPEG files, upright", arguments: ["rotated-90", "wide-pixels", "hdr-pq"])
  func upright(id: String) async throws {
    let folder = try TemporaryFolder()
    let report = try await Self.check(id, to: folder.path("frames"))
    let picture = folder.file("frames/0000.000.jpg")
    let seen = try #require(try Ffprobe.probe(picture).video)
    #expect(seen.codec == "mjpeg")
    #expect(try Ffprobe.decodeErrors(picture) == "")
    let video = report.input.video
    let shown = Double(video.displayWidth) / Double(video.displayHeight)
    let width = seen.width - ValuePanel.width
    #expect(max(width, seen.height) == 1280)
    #expect(abs(Double(width) / Double(seen.height) / shown - 1) < 0.01)
  }

  @Test("show the box where the face is", .enabled(if: photoFacesAreMeasured))
  func box() async throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-megvii")
    let report = try await Self.check(clip.id, to: folder.path("frames"))
    let face = try #require(report.timeline?.first?.face)
    let drawn = folder.file("frames/0000.000.jpg")
    let size = try #require(try Ffprobe.probe(drawn).video)
    let (width, height) = (size.width - ValuePanel.width, size.height)
    let filters = "scale=\(width):\(height):flags=bicubic:out_range=pc"
    let clean = try Ffprobe.raw(clip.url, filters: filters, pixelFormat: "gray", frames: 1)
    let marked = try Ffprobe.raw(
      drawn, filters: "crop=\(width):\(height):0:0,scale=out_range=pc", pixelFormat: "gray",
      frames: 1)
    try #require(clean.count == width * height && marked.count == clean.count)
    /// Mean change of luma in a stretch of columns around the height of the face's centre.
    func change(_ columns: ClosedRange<Double>) throws -> Double {
      let middle = Int(try #require(face.centerY) * Double(height))
      var (sum, count) = (0, 0)
      for y in middle - 20..<middle + 20 {
        for x in Int(columns.lowerBound)...Int(columns.upperBound) {
          sum += abs(Int(clean[y * width + x]) - Int(marked[y * width + x]))
          count += 1
        }
      }
      return Double(sum) / Double(count)
    }
    let center = try #require(face.centerX) * Double(width)
    let half = try #require(face.widthShare) * Double(width) / 2
    #expect(try change(center - half - 1...center - half + 1) > 30)
    #expect(try change(center + half - 1...center + half + 1) > 30)
    // Beyond the box nothing is drawn.
    #expect(try change(center - half - 60...center - half - 20) < 4)
    #expect(try change(center + half + 20...center + half + 60) < 4)
  }

  @Test("replace those of an earlier run and nothing else")
  func replaced() async throws {
    let folder = try TemporaryFolder()
    try Data("old".utf8).write(to: folder.file("0000.000.jpg"))
    try Data("mine".utf8).write(to: folder.file("note.txt"))
    let report = try await Self.check("no-face-wall", to: folder.url.path)
    #expect(try Ffprobe.probe(folder.file("0000.000.jpg")).video?.codec == "mjpeg")
    #expect(try String(contentsOf: folder.file("note.txt"), encoding: .utf8) == "mine")
    let count = try #require(report.timeline?.count)
    #expect(try folder.contents.count == count + 1)
  }

  @Test("that have no folder to go to are an output that cannot be written")
  func noFolder() async throws {
    let folder = try TemporaryFolder()
    try Data("a file".utf8).write(to: folder.file("file"))
    for path in [folder.path("file"), folder.path("file/frames")] {
      let error = await #expect(throws: VPrepError.self) {
        try await Self.check("no-face-wall", to: path)
      }
      #expect(error.map(ExitStatus.init) == .outputNotWritten)
      #expect(error?.file == path)
    }
    #expect(try folder.contents == ["file"])
  }

  @Test(
    "are at most 300, spread over a clip of known length", arguments: [0, 1, 299, 300, 301, 5000])
  func selection(frames: Int) {
    var selection = FrameSelection(expected: Double(frames))
    let taken = (0..<frames).filter { _ in selection.takesNext() }
    #expect(taken.count <= 300)
    #expect(frames > 300 || taken.count == frames)
    #expect(taken.isEmpty == (frames == 0))
    let last = taken.last ?? 0
    #expect(frames - last <= 1 + frames / 150)
  }

  @Test("are at most 300 when nothing tells how long the clip is", arguments: [0, .nan, -1, 1e300])
  func unknownLength(expected: Double) {
    var selection = FrameSelection(expected: expected)
    #expect((1...300).contains((0..<1000).count { _ in selection.takesNext() }))
  }

  @Test("are 1280 pixels long and even-sized")
  func size() {
    func size(_ display: (Int, Int), enlarges: Bool = true) -> (width: Int, height: Int) {
      FramePreparer.size(display, longestSide: 1280, enlarges: enlarges)
    }
    #expect(size((1080, 1920)) == (720, 1280))
    #expect(size((480, 640)) == (960, 1280))
    #expect(size((480, 640), enlarges: false) == (480, 640))
    #expect(size((1279, 852)) == (1280, 852))
    #expect(size((1, 100_000)) == (2, 1280))
  }
}
