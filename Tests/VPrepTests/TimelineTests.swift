import Foundation
import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("The timeline")
struct TimelineTests {
  static func check(_ id: String, timeline: Bool) async throws -> ReportDocument {
    var gate = Gate(.tencent(.silent))
    gate.reporting.includesTimeline = timeline
    return try await gate.check(.file(TestClips.named(id).path)).report
  }

  static func json(_ value: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(value)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The JSON's object of that name.
  static func measurements(_ report: ReportDocument) throws -> [String: Any] {
    try #require(try json(report)["measurements"] as? [String: Any])
  }

  @Test("is null in the report unless it is asked for")
  func notAsked() async throws {
    let report = try await Self.check("no-face-wall", timeline: false)
    #expect(report.measurements != nil && report.timeline == nil)
    #expect(try Self.measurements(report)["timeline"] is NSNull)
  }

  @Test("has every measured frame in the order of time, and what the summary sums up")
  func frames() async throws {
    let report = try await Self.check("good-megvii", timeline: true)
    let measurements = try #require(report.measurements)
    let timeline = try #require(report.timeline)
    #expect(timeline.count == measurements.framesMeasured && !timeline.isEmpty)
    #expect(zip(timeline, timeline.dropFirst()).allSatisfy { $0.t < $1.t })
    #expect(timeline.map { $0.difference == nil } == timeline.indices.map { $0 == 0 })
    let means = timeline.compactMap(\.frameMean)
    let summary = try #require(measurements.brightness.frameMean)
    #expect(means.count == timeline.count)
    #expect(abs(try #require(Statistics.median(means)) - summary) < 0.001)
    guard photoFacesAreMeasured else { return }
    #expect(timeline.allSatisfy { $0.faceCount == 1 && $0.face != nil })
    let widths = timeline.compactMap { $0.face?.widthPixels }
    let width = try #require(measurements.face?.widthPixels)
    #expect(abs(try #require(Statistics.median(widths)) - width) < 0.001)
  }

  @Test("has no face where none is seen")
  func noFace() async throws {
    let timeline = try #require(try await Self.check("no-face-wall", timeline: true).timeline)
    #expect(timeline.allSatisfy { $0.face == nil })
    let count = photoFacesAreMeasured ? 0 : nil
    #expect(timeline.allSatisfy { $0.faceCount == count })
  }

  @Test("survives being written and read, among the summary's keys")
  func roundTrip() async throws {
    let report = try await Self.check("good-megvii", timeline: true)
    let read = try JSONDecoder().decode(ReportDocument.self, from: report.json())
    #expect(read.timeline == report.timeline && read.timeline != nil)
    #expect(try read.json() == report.json())
    let object = try Self.measurements(report)
    #expect(object["framesMeasured"] as? Int == report.measurements?.framesMeasured)
    #expect((object["timeline"] as? [Any])?.count == report.measurements?.framesMeasured)
  }

  @Test("is of the judged stretch")
  func window() async throws {
    var gate = Gate(provider: .megvii)
    gate.reporting.includesTimeline = true
    gate.judging.options.window = TimeWindow(start: 0.5, end: 1)
    let report = try await gate.check(.file(TestClips.named("no-face-wall").path)).report
    let timeline = try #require(report.timeline)
    #expect(!timeline.isEmpty && timeline.allSatisfy { (0.5...1).contains($0.t) })
    #expect(timeline.count == report.measurements?.framesMeasured)
  }
}

@Suite("A frame of the timeline")
struct TimelineEntryTests {
  static let light = LightMeasurement(
    mean: 120.123456, p05: 40, p50: 118, p95: 200, darkShare: 0.05, brightShare: 0.01,
    clippedShare: 0, unevenness: 0.2)

  static func frame(mean: Double = 99) -> FrameMeasurement {
    var light = light
    light.mean = mean
    return FrameMeasurement(
      time: 1.23456789, light: light, sharpness: 55.55555,
      face: FaceMeasurement(
        widthShare: 0.4, widthPixels: 280, interEyePixels: 120, centerX: 0.5, centerY: 0.45,
        completeness: 1, yaw: -3.00004, pitch: 2, roll: 1, leftEyeOpen: 1, rightEyeOpen: 0.9,
        mouthOpen: 0.1, light: Self.light, sharpness: 70), faceCount: 1)
  }

  @Test("has every key, null where nothing was decided")
  func keys() throws {
    let json = try TimelineTests.json(TimelineEntry(Self.frame()))
    #expect(
      Set(json.keys) == [
        "t", "frameMean", "frameSharpness", "difference", "noise", "faceCount",
        "secondFaceAreaShare", "secondFaceSizeRatio", "face",
      ])
    let face = try #require(json["face"] as? [String: Any])
    // Every value of a face that is measured has its key.
    let measured = try #require(Self.frame().face)
    #expect(Set(face.keys) == Set(Mirror(reflecting: measured).children.compactMap(\.label)))
    let light = try #require(face["light"] as? [String: Any])
    #expect(Set(light.keys) == Set(Mirror(reflecting: Self.light).children.compactMap(\.label)))
    let nulls = [json, face, light].flatMap { $0.filter { $0.value is NSNull }.keys }
    #expect(
      Set(nulls) == [
        "difference", "noise", "lowerFaceOcclusion", "eyeOcclusion", "handOcclusion", "motionBlur",
        "contours",
        "eyeWhites", "eyeGlare", "skinRedness", "skinYellowness",
      ])
  }

  @Test("has four decimals")
  func decimals() {
    let entry = TimelineEntry(Self.frame())
    #expect(entry.t == 1.2346)
    #expect(entry.frameSharpness == 55.5556)
    #expect(entry.face?.yaw == -3)
    #expect(entry.face?.light.mean == 120.1235)
  }

  @Test("says null for what JSON has no word for", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) throws {
    let json = try TimelineTests.json(TimelineEntry(Self.frame(mean: value)))
    #expect(json["frameMean"] is NSNull)
  }

  @Test("does not tell of a second face where faces were not looked for")
  func notLooked() {
    var frame = Self.frame()
    (frame.face, frame.faceCount) = (nil, nil)
    let entry = TimelineEntry(frame)
    #expect(entry.face == nil && entry.faceCount == nil && entry.secondFaceAreaShare == nil)
  }
}
