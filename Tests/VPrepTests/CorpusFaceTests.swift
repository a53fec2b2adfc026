import Foundation
import Services
import TestSupport
import Testing
import VPrep

/// What the face measures find on media about which people said what is true.
@Suite("Faces of real media", .enabled(if: corpusIsNamed))
struct CorpusFaceTests {
  /// Videos without a face.
  static let emptyScenes = CorpusTests.files.filter {
    $0["condition"]?.split(separator: ",").first == "none" && $0["fps"] != nil
  }

  /// Talkers of the GRID corpus and the blinks that were counted by eye.
  static let blinks = [
    "bbaf2n": 2...2, "brbk7n": 1...1, "lbax4n": 1...1, "lrwp9a": 1...2, "swiz3n": 0...0,
  ]
  static let talkers = CorpusTests.files.filter { file in
    blinks.keys.contains { file.description.contains($0) }
  }

  @Test("are not found where there is none, but in one of fifty frames", arguments: emptyScenes)
  func faceless(file: Corpus.Entry) async throws {
    guard let frames = try await Self.timeline(file) else { return }
    let found = frames.count { ($0.faceCount ?? 0) > 0 }
    // A single frame says nothing about a share of fifty.
    #expect(Double(found) <= max(1, Double(frames.count) * 0.02), "\(found) of \(frames.count)")
  }

  @Test("blink as often as was counted, or once more or less", arguments: talkers)
  func blinking(file: Corpus.Entry) async throws {
    let counted = try #require(Self.blinks.first { file.description.contains($0.key) }?.value)
    let found = try #require(
      try await Self.gate.check(.file(file.url.path)).report.measurements?.face?.blinks)
    #expect((counted.lowerBound - 1...counted.upperBound + 1).contains(found), "\(found)")
  }

  @Test("blink as often as was counted, all in all")
  func allBlinks() async throws {
    var found = 0
    for file in Self.talkers {
      found +=
        try await Self.gate.check(.file(file.url.path)).report.measurements?.face?.blinks ?? 0
    }
    let lower = Self.blinks.values.map(\.lowerBound).reduce(0, +)
    let upper = Self.blinks.values.map(\.upperBound).reduce(0, +)
    #expect((lower - 1...upper + 1).contains(found), "\(found)")
  }

  @Test("stand still between two frames but for what a talking head moves", arguments: talkers)
  func steadiness(file: Corpus.Entry) async throws {
    let frames = try #require(try await Self.timeline(file))
    let faces = frames.map(\.face)
    let steps = zip(faces, faces.dropFirst()).compactMap { Self.step($0.0, $0.1) }
    #expect(steps.count > 50)
    // Of the distance between the eyes; the head's own movement is part of it.
    #expect(steps.sorted()[steps.count / 2] < 0.02)
  }

  /// How much the distance between the eyes changed, as a part of it.
  private static func step(
    _ first: TimelineEntry.Face?, _ second: TimelineEntry.Face?
  ) -> Double? {
    guard let before = first?.interEyePixels, let after = second?.interEyePixels, before > 0 else {
      return nil
    }
    return abs(after - before) / before
  }

  /// Where movement counts, so that frames lie close together.
  private static var gate: Gate { CorpusTests.gate(.tencent, .action) }

  /// `nil` for a file that cannot be used.
  private static func timeline(_ file: Corpus.Entry) async throws -> [TimelineEntry]? {
    var gate = gate
    gate.reporting.includesTimeline = true
    do throws(VPrepError) {
      let report = try await gate.check(.file(file.url.path)).report
      return report.timeline
    } catch {
      CorpusTests.expectReason(error)
      return nil
    }
  }
}
