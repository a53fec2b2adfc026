import Foundation
import TestSupport
import Testing
import VPrep

/// The clips of the manifest that change one thing step by step.
@Suite("One thing changes")
struct FaceSeriesTests {
  /// A series and the measure that must follow it.
  struct Series: Sendable, CustomStringConvertible {
    let description: String
    let clips: [String]
    let measure: @Sendable (MeasurementSummary) -> Double?
  }

  static let falling = [
    Series(description: "less light", clips: ["good-megvii", "dark-1", "dark-2", "dark-3"]) {
      $0.brightness.faceMean
    },
    Series(description: "more blur", clips: ["good-megvii", "blur-1", "blur-2", "blur-3"]) {
      $0.sharpness.face
    },
    Series(description: "farther", clips: ["good-silent", "far-1", "far-2", "far-3"]) {
      $0.face?.widthShare
    },
    Series(description: "to the left", clips: ["good-silent", "left-1", "left-2"]) {
      $0.face?.centerX
    },
  ]

  static let rising = [
    Series(description: "more light", clips: ["good-megvii", "bright-1", "bright-2", "bright-3"]) {
      $0.brightness.faceMean
    },
    Series(description: "closer", clips: ["good-silent", "close-1", "close-2"]) {
      $0.face?.widthShare
    },
    Series(description: "to the right", clips: ["good-silent", "right-1", "right-2"]) {
      $0.face?.centerX
    },
  ]

  private func values(_ series: Series) async throws -> [Double] {
    var values: [Double] = []
    for id in series.clips {
      let summary = try measured(
        await FaceClips.shared.report(id).measurements, "measurements")
      values.append(try measured(series.measure(summary), id))
    }
    return values
  }

  @Test(arguments: falling)
  func `the measure falls`(series: Series) async throws {
    let values = try await values(series)
    for (earlier, later) in zip(values, values.dropFirst()) { #expect(later < earlier) }
  }

  @Test(arguments: rising)
  func `the measure rises`(series: Series) async throws {
    let values = try await values(series)
    for (earlier, later) in zip(values, values.dropFirst()) { #expect(later > earlier) }
  }

  /// What each change may be answered with; any other code about the face is wrong.
  static let answers: [(clips: [String], codes: Set<String>)] = [
    (["dark-1", "dark-2", "dark-3"], ["ActionLightDark", "SilentFaceQualityFail"]),
    (["bright-1", "bright-2", "bright-3"], ["ActionLightStrong", "SilentFaceQualityFail"]),
    (["far-1", "far-2"], ["ActionFaceFar", "SilentFaceQualityFail"]),
    (["close-1", "close-2"], ["ActionFaceClose", "SilentFaceQualityFail"]),
    (["left-1", "left-2"], ["ActionFaceLeft"]), (["right-1", "right-2"], ["ActionFaceRight"]),
    (["blur-1", "blur-2", "blur-3"], ["SilentFaceQualityFail"]),
  ]

  @Test(arguments: answers)
  func `no other measure is taken past its limit`(
    clips: [String], codes: Set<String>
  ) async throws {
    for id in clips {
      let report = try await FaceClips.shared.report(id)
      let predicted = try measured(report.verdict, "verdict").predictions.map {
        $0.code.replacing("FailedOperation.", with: "")
      }
      #expect(Set(predicted).subtracting(codes).isEmpty, "\(id)")
    }
  }

  @Test(arguments: [
    ("blur-2", Advice.focus), ("blur-3", .focus), ("motion-1", .holdStill),
    ("motion-2", .holdStill), ("compressed-2", .sendAsRecorded),
  ])
  func `a blurred face is told what blurred it`(id: String, advice: Advice) async throws {
    let report = try await FaceClips.shared.report(id)
    let blur = try measured(report.verdict, "verdict").predictions.filter {
      $0.measure.hasPrefix("sharpness.") || $0.measure.hasSuffix("bitsPerPixel")
    }
    #expect(!blur.isEmpty)
    #expect(blur.allSatisfy { $0.adviceID == advice }, "\(blur.map(\.advice))")
  }

  @Test func `a dark face is called dark, not blurred`() async throws {
    let report = try await FaceClips.shared.report("dark-2")
    let measures = try measured(report.verdict, "verdict").predictions.map(\.measure)
    #expect(measures.contains { $0.contains("faceMean") })
    #expect(!measures.contains { $0.contains("sharpness") })
  }
}
