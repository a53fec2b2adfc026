import Testing

@testable import Services

@Suite("Whether a face is there")
struct FacePresenceTests {
  /// 58 frames in 2.4 s, as of a clip of 24 frames a second, with faces in some of them.
  private static func clip(_ faces: [Int: FaceMeasurement]) -> ClipMeasurements {
    var clip = ClipMeasurements.good(seconds: 2.4).withoutFace
    clip.file.durationSeconds = 2.4
    clip.frames = (0..<58).map { index in
      var frame = FrameMeasurement.good(at: Double(index) / 24)
      frame.face = faces[index]
      frame.faceCount = faces[index] == nil ? 0 : 1
      return frame
    }
    clip.motion = MotionMeasurement(clip.frames)
    return clip
  }

  private static func face(
    x: Double = 0.5, width: Double = 0.4, roll: Double = 0
  ) -> FaceMeasurement {
    var face = FaceMeasurement.good
    (face.centerX, face.widthShare, face.roll) = (x, width, roll)
    return face
  }

  private static let tilted = face(roll: 112)

  private static func faces(_ clip: ClipMeasurements) -> [Int] {
    let frames = FacePresence.confirmed(clip.frames)
    return frames.indices.filter { frames[$0].face != nil }
  }

  @Test("is said first and alone where a face is hit in one frame", arguments: everyMode.indices)
  func stray(place: Int) {
    let (provider, mode) = everyMode[place]
    var clip = Self.clip([20: Self.tilted])
    let verdict = Judge.judge(clip, provider: provider, mode: mode)
    for index in clip.frames.indices { clip.frames[index].face = nil }
    #expect(verdict.predictions == Judge.judge(clip, provider: provider, mode: mode).predictions)
    let first = verdict.predictions.first?.measure
    #expect(
      ["face.framesWithFaceShare", "face.framesWithCompleteFaceShare"].contains(first), "\(mode)")
    let ofFaces = verdict.predictions.filter { Measure.named($0.measure)?.need == .faces }
    #expect(ofFaces.allSatisfy { $0.value == .number(0) && $0.severity == .fail })
  }

  @Test("takes a twentieth of the frames, which a third of a second of a real face is")
  func share() {
    #expect(Self.faces(Self.clip([20: .good, 21: .good])) == [])
    #expect(Self.faces(Self.clip([20: .good, 21: .good, 22: .good])) == [20, 21, 22])
  }

  @Test("takes frames that agree in place, size and pose")
  func agreement() {
    let strays = [
      10: Self.face(x: 0.1), 11: Self.face(x: 0.9), 30: Self.face(width: 0.1), 31: Self.face(),
      50: Self.face(), 51: Self.tilted,
    ]
    #expect(Self.faces(Self.clip(strays)) == [])
    let moved = [10: Self.face(), 11: Self.face(x: 0.6, width: 0.5, roll: 20), 12: Self.face()]
    #expect(Self.faces(Self.clip(moved)) == [10, 11, 12])
  }

  @Test("is no question of every frame: a face that is lost now and then confirms itself")
  func flicker() {
    let seen = Array(stride(from: 0, to: 58, by: 2))
    let clip = Self.clip(Dictionary(uniqueKeysWithValues: seen.map { ($0, .good) }))
    #expect(Self.faces(clip) == seen)
  }

  @Test("is told by few frames far apart as well")
  func samples() {
    var clip = Self.clip([:])
    clip.frames = (0..<8).map { .good(at: 1.5 * Double($0)) }
    #expect(Self.faces(clip) == Array(0..<8))
    for index in 1..<8 { clip.frames[index].face = nil }
    #expect(Self.faces(clip) == [])
  }

  @Test("does not change where frames are gone over again")
  func again() {
    let clip = Self.clip([3: .good, 4: .good, 5: .good, 6: .good, 40: Self.tilted])
    let once = FacePresence.confirmed(clip.frames)
    #expect(FacePresence.confirmed(once) == once)
    #expect(once[40].faceCount == 0)
  }

  @Test("is asked of the judged window alone")
  func window() {
    let seen = Dictionary(uniqueKeysWithValues: (0..<6).map { ($0, FaceMeasurement.good) })
    let options = JudgeOptions(window: TimeWindow(start: 5 / 24.0, end: 2.4))
    let verdict = Judge.judge(Self.clip(seen), provider: .megvii, options: options)
    #expect(verdict.codes(.fail).contains("VIDEO_FACE_NOT_FOUND"))
  }

  @Test("leaves a stray face no say beside a real one")
  func besideReal() {
    var shut = FaceMeasurement.good
    (shut.leftEyeOpen, shut.rightEyeOpen) = (0, 0)
    var faces = Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, shut) })
    // Its eyes are open.
    faces[57] = Self.tilted
    let clip = Self.clip(faces)
    let codes = Judge.judge(clip, provider: .tencent, mode: .silent).codes(.fail)
    #expect(codes.contains("FailedOperation.SilentEyeLiveFail"))
  }

  @Test("is not settled by hits in single frames of a sample")
  func settled() {
    var clip = Self.clip([:])
    clip.frames = (0..<10).map { .good(at: Double($0)) }
    for index in clip.frames.indices where index != 2 && index != 3 {
      clip.frames[index].face = nil
      clip.frames[index].faceCount = 0
    }
    for (provider, mode) in everyMode {
      #expect(
        !Judge.isSettled(clip, provider: provider, mode: mode, certainty: .everyLimit), "\(mode)")
    }
  }

  @Test("is known of a clip of one frame, which fails no face that it shows")
  func oneFrame() {
    var clip = Self.clip([0: Self.tilted])
    clip.frames = [clip.frames[0]]
    let verdict = Judge.judge(clip, provider: .tencent, mode: .silent)
    let roll = verdict.predictions.first { $0.measure == "face.roll" }
    #expect(roll?.severity == .warn)
    let empty = Judge.judge(clip.withoutFace, provider: .tencent, mode: .silent)
    #expect(empty.codes(.fail).contains("FailedOperation.SilentFaceDetectFail"))
  }

  @Test("takes what is decided in too few frames for undecided")
  func undecided() {
    var clip = Self.clip(Dictionary(uniqueKeysWithValues: (0..<58).map { ($0, .good) }))
    for index in clip.frames.indices { clip.frames[index].face?.lowerFaceOcclusion = nil }
    clip.frames[9].face?.lowerFaceOcclusion = 1
    let verdict = Judge.judge(clip, provider: .tencent, mode: .silent)
    #expect(!verdict.codes(.fail).contains("FailedOperation.SilentMouthLiveFail"))
    #expect(
      verdict.unmeasured.contains {
        $0.code.hasSuffix("SilentMouthLiveFail") && $0.reason == .notDecided
      })
  }
}
