import Foundation
import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("The score of a face")
struct FaceScoreTests {
  private static let limits = Judge(.megvii).frameLimits

  private static func score(_ change: (inout FaceMeasurement) -> Void) -> Double {
    var face = FaceMeasurement.made
    change(&face)
    return FaceScore(face, limits).value
  }

  /// Ways to spoil a face, more and more.
  private static let series:
    [(name: String, values: [Double], change: @Sendable (inout FaceMeasurement, Double) -> Void)] =
      [
        ("darker", [69, 50, 30, 10, 0], { $0.light.mean = $1 }),
        ("brighter", [231, 240, 250, 255], { $0.light.mean = $1 }),
        ("more clipped", [0, 0.2, 0.5, 1], { $0.light.clippedShare = $1 }),
        ("blurrier", [1000, 400, 100, 20, 1, 0], { $0.sharpness = $1 }),
        ("smaller", [140, 100, 50, 10, 0], { $0.widthPixels = $1 }),
        ("turned to a side", [5, 20, 45, 80, 90], { $0.yaw = $1 }),
        ("turned to the other side", [-5, -20, -45, -80, -120], { $0.yaw = $1 }),
        ("tipped", [5, 20, 45, 80], { $0.pitch = $1 }),
        ("tilted", [5, 20, 45, 80, 120], { $0.roll = $1 }),
        ("with shutting eyes", [0.9, 0.5, 0.2, 0.06], { $0.rightEyeOpen = $1 }),
        ("with an opening mouth", [0, 0.2, 0.5, 0.8], { $0.mouthOpen = $1 }),
        ("cut off", [1, 0.8, 0.5, 0.1], { $0.completeness = $1 }),
        ("covered", [0.1, 0.4, 0.8, 0.94], { $0.lowerFaceOcclusion = $1 }),
      ]

  @Test("falls with each step in which a face gets worse, and stays between 0 and 1")
  func monotonic() {
    for (name, values, change) in Self.series {
      let scores = values.map { value in Self.score { change(&$0, value) } }
      for (better, worse) in zip(scores, scores.dropFirst()) {
        #expect(better > worse || better == 0 && worse == 0, "\(name): \(scores)")
      }
      #expect(scores.allSatisfy { (0...1).contains($0) }, "\(name): \(scores)")
    }
  }

  @Test("is 1 for a perfect face and never more")
  func perfect() {
    let best = Self.score {
      ($0.sharpness, $0.widthPixels, $0.mouthOpen) = (1e9, 4000, 0)
      ($0.yaw, $0.pitch, $0.roll) = (0, 0, 0)
    }
    #expect(best > 0.999 && best <= 1)
    let wild = Self.score {
      ($0.completeness, $0.leftEyeOpen, $0.rightEyeOpen, $0.mouthOpen) = (2, 3, 3, -1)
    }
    #expect(wild <= 1)
  }

  @Test("names the part that costs most, and none of a perfect face")
  func weakest() {
    func part(_ change: (inout FaceMeasurement) -> Void) -> FaceScore.Part? {
      var face = FaceMeasurement.made
      (face.sharpness, face.mouthOpen) = (1e6, 0)
      change(&face)
      return FaceScore(face, Self.limits).weakest
    }
    #expect(part { _ in } == nil)
    #expect(part { $0.yaw = 40 } == .pose)
    #expect(part { ($0.yaw, $0.light.mean) = (40, 10) } == .light)
    #expect(part { $0.sharpness = 1 } == .sharpness)
  }

  /// The best score of a clip's frames.
  private static func score(of id: String) async throws -> Double {
    let clip = try TestClips.named(id)
    let expected = try JSONDecoder().decode(
      ClipExpectation.self,
      from: Data(#"{"provider": "tencent", "mode": "silent", "predicts": [], "absent": []}"#.utf8))
    let frames = try await ManifestReports.shared.measurements(clip, expected).frames
    return frames.compactMap(\.face).map { FaceScore($0, limits).value }.max() ?? 0
  }

  @Test(
    "falls on one recording that is made darker, blurrier, shakier and smaller",
    .enabled(if: photoFacesAreMeasured),
    arguments: [
      ["good-megvii", "dark-1", "dark-2", "dark-3", "dark-4"],
      ["good-megvii", "blur-1", "blur-2", "blur-3"], ["good-megvii", "motion-1", "motion-2"],
      ["good-megvii", "small-1", "small-2"], ["far-1", "far-2", "far-3"],
    ])
  func clips(ids: [String]) async throws {
    var scores: [Double] = []
    for id in ids { scores.append(try await Self.score(of: id)) }
    for (better, worse) in zip(scores, scores.dropFirst()) {
      #expect(better > worse, "\(ids): \(scores)")
    }
  }
}

@Suite("The part of a frame that a preview shows")
struct CropRegionTests {
  private static func region(_ change: (inout FaceMeasurement) -> Void) -> CropRegion {
    var face = FaceMeasurement.made
    face.widthShare = 0.25
    change(&face)
    return CropRegion(.face, around: face, width: 800, height: 1200)
  }

  @Test("is twice as wide as the face, and as high as a portrait, with the face in its middle")
  func portrait() {
    let region = Self.region { _ in }
    #expect((region.x, region.y, region.width, region.height) == (200, 350, 400, 500))
  }

  @Test("stays inside the frame, and is the frame where the face fills it")
  func bounds() {
    let left = Self.region { ($0.centerX, $0.centerY) = (0, 0.05) }
    #expect((left.x, left.y, left.width, left.height) == (0, 0, 400, 500))
    let right = Self.region { ($0.centerX, $0.centerY) = (1.2, 2) }
    #expect((right.x, right.y) == (400, 700))
    let close = Self.region { $0.widthShare = 1.1 }
    #expect((close.x, close.y, close.width, close.height) == (0, 0, 800, 1200))
  }

  @Test("is the whole frame without a face, and where nothing is to be cut off")
  func whole() {
    for crop in PreviewCrop.allCases {
      let region = CropRegion(crop, around: nil, width: 6, height: 8)
      #expect((region.x, region.y, region.width, region.height) == (0, 0, 6, 8))
    }
    #expect(CropRegion(.none, around: .made, width: 6, height: 8).width == 6)
  }
}
