import Testing

@testable import Services
@testable import VPrep

@Suite("What the face did")
struct ActionSeriesTests {
  /// Frames at ten a second, each with a face that `change` alters.
  static func frames(
    _ count: Int = 20, _ change: (Int, inout FaceMeasurement) -> Void
  ) -> [FrameMeasurement] {
    (0..<count).map { index in
      var face = FaceMeasurement.still
      change(index, &face)
      return FrameMeasurement(
        time: Double(index) / 10, light: .even, sharpness: 100, face: face, faceCount: 1)
    }
  }

  static func actions(_ frames: [FrameMeasurement]) -> [FaceAction] {
    ActionSeries.actions(in: frames) ?? []
  }

  @Test("is nothing for a still face, and unknown without one")
  func still() {
    #expect(ActionSeries.actions(in: Self.frames { _, _ in }) == [])
    let empty = Self.frames { _, _ in }.map { frame in
      var frame = frame
      frame.face = nil
      return frame
    }
    #expect(ActionSeries.actions(in: empty) == nil)
    #expect(ActionSeries.actions(in: []) == nil)
  }

  @Test("lasts from the first frame that shows it to the first that does not")
  func times() {
    let frames = Self.frames { index, face in
      if (5..<7).contains(index) { (face.leftEyeOpen, face.rightEyeOpen) = (0.1, 0.1) }
      if index >= 12 { face.mouthOpen = 0.4 }
    }
    #expect(
      Self.actions(frames) == [
        FaceAction(kind: .eyesClosed, start: 0.5, end: 0.7),
        FaceAction(kind: .mouthOpen, start: 1.2, end: 1.9),
      ])
  }

  @Test("is no wink, and no slight gap of the lips")
  func small() {
    let frames = Self.frames { index, face in
      if index == 5 { face.leftEyeOpen = 0.2 }
      if index == 9 { face.mouthOpen = 0.24 }
    }
    #expect(Self.actions(frames) == [])
  }

  @Test("is one mouth opening while it trembles about the level where it began")
  func tremble() {
    let frames = Self.frames { index, face in
      if (4..<10).contains(index) { face.mouthOpen = index.isMultiple(of: 2) ? 0.27 : 0.2 }
    }
    #expect(Self.actions(frames) == [FaceAction(kind: .mouthOpen, start: 0.4, end: 1)])
  }

  @Test("is a turn or a nod away from where the head usually is")
  func head() {
    let frames = Self.frames { index, face in
      (face.yaw, face.pitch) = (20, 12)
      if (3..<5).contains(index) { face.yaw = 38 }
      if (14..<16).contains(index) { face.pitch = -2 }
    }
    #expect(
      Self.actions(frames) == [
        FaceAction(kind: .headTurn, start: 0.3, end: 0.5),
        FaceAction(kind: .headNod, start: 1.4, end: 1.6),
      ])
  }

  @Test("ends where the face is lost")
  func lost() {
    var frames = Self.frames { index, face in
      if index >= 4 { face.mouthOpen = 0.5 }
    }
    frames[8].face = nil
    #expect(
      Self.actions(frames) == [
        FaceAction(kind: .mouthOpen, start: 0.4, end: 0.8),
        FaceAction(kind: .mouthOpen, start: 0.9, end: 1.9),
      ])
  }

  @Test("is found in a clip", .enabled(if: photoFacesAreMeasured))
  func clip() async throws {
    let report = try await FaceClips.shared.report("good-action", mode: .action)
    let actions = try #require(report.measurements?.motion.actions)
    #expect(actions.filter { $0.kind == .eyesClosed }.count == report.measurements?.face?.blinks)
    #expect(actions.contains { $0.kind == .mouthOpen && $0.end - $0.start > 1 })
    #expect(actions.map(\.start) == actions.map(\.start).sorted())
  }
}

extension FaceMeasurement {
  fileprivate static let still = FaceMeasurement(
    widthShare: 0.4, widthPixels: 200, interEyePixels: 90, centerX: 0.5, centerY: 0.5,
    completeness: 1, yaw: 0, pitch: 0, roll: 0, leftEyeOpen: 1, rightEyeOpen: 1, mouthOpen: 0.05,
    light: .even, sharpness: 200)
}

extension LightMeasurement {
  fileprivate static let even = LightMeasurement(
    mean: 120, p05: 60, p50: 120, p95: 190, darkShare: 0, brightShare: 0, clippedShare: 0,
    unevenness: 0)
}
