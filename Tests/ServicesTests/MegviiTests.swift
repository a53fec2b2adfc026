import Services
import Testing

@Suite("Megvii validate_still")
struct MegviiTests {
  func judge(
    _ clip: ClipMeasurements, _ options: JudgeOptions = JudgeOptions()
  ) -> Verdict {
    Judge.judge(clip, provider: .megvii, options: options)
  }

  @Test("recommends 1 to 3 seconds and warns outside", arguments: [0.9, 3.1])
  func duration(_ seconds: Double) {
    let verdict = judge(.good(seconds: seconds))
    #expect(verdict.codes(.warn) == ["VIDEO_INVALID_DURATION"])
    #expect(verdict.predictions.first?.provenance == .documented)
  }

  @Test("is expected to refuse half a second and more than ten", arguments: [0.49, 10.1])
  func extremeDuration(_ seconds: Double) {
    let verdict = judge(.good(seconds: seconds))
    #expect(verdict.codes(.fail) == ["VIDEO_INVALID_DURATION"])
    #expect(verdict.predictions.first?.provenance == .heuristic)
  }

  @Test("takes any container and codec that FFmpeg reads", arguments: ["matroska", "mov", "3gp"])
  func container(_ name: String) {
    var clip = ClipMeasurements.good(seconds: 2.5, container: name)
    clip.file.videoCodec = "vp9"
    clip.file.audioCodec = nil
    #expect(judge(clip).outcome == .pass)
  }

  @Test("takes 20,000,000 bytes and not one more")
  func size() {
    var clip = ClipMeasurements.good(seconds: 2.5)
    clip.file.bytes = 20_000_000
    #expect(judge(clip).outcome == .pass)
    clip.file.bytes += 1
    #expect(judge(clip).codes(.fail) == ["BAD_ARGUMENTS:video"])
  }

  @Test("finds no face in a clip without one, and then asks for no quality")
  func noFace() {
    let verdict = judge(ClipMeasurements.good(seconds: 2.5).withoutFace)
    #expect(verdict.codes(.fail) == ["VIDEO_FACE_NOT_FOUND"])
    let open = verdict.unmeasured.filter { $0.reason == .noFace }.map(\.code)
    #expect(Set(open) == ["VIDEO_LOW_FACE_QUALITY"])
  }

  @Test("tags several faces and does not refuse them")
  func severalFaces() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFrame { $0.secondFaceAreaShare = 0.05 }
    let verdict = judge(clip)
    #expect(verdict.outcome == .pass)
    #expect(verdict.tags == ["multifaces"])
    #expect(judge(.good(seconds: 2.5)).tags.isEmpty)
    let far = ClipMeasurements.good(seconds: 2.5).eachFrame { $0.secondFaceSizeRatio = 0.6 }
    #expect(judge(far).tags == ["multifaces"])
  }

  @Test("looks for a covered face only when asked to")
  func occlusionSwitch() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace { $0.eyeOcclusion = 0.9 }
    #expect(judge(clip).outcome == .pass)
    #expect(
      judge(clip, JudgeOptions(faceOcclusionDetection: true)).codes(.fail)
        == ["VIDEO_FACE_OCCLUDE"])
  }

  @Test("leaves open whether a face is covered where that was asked and could not be decided")
  func undecidedOcclusion() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace {
      ($0.lowerFaceOcclusion, $0.eyeOcclusion) = (nil, nil)
    }
    let asked = judge(clip, JudgeOptions(faceOcclusionDetection: true))
    #expect(asked.outcome == .incomplete)
    #expect(
      asked.unmeasured == [
        UnmeasuredRule(
          code: "VIDEO_FACE_OCCLUDE", measure: "face.occlusion", reason: .notDecided)
      ])
    #expect(judge(clip).outcome == .pass)
  }

  @Test("minds shut eyes unless told not to")
  func eyeSwitch() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace {
      $0.leftEyeOpen = 0.05
      $0.rightEyeOpen = 0.05
    }
    #expect(judge(clip).codes(.warn) == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(judge(clip, JudgeOptions(eyeCloseDetection: false)).outcome == .pass)
  }

  @Test("has no mode, whatever the caller names")
  func noMode() {
    let verdict = Judge.judge(.good(seconds: 2.5), provider: .megvii, mode: .lip)
    #expect(verdict.mode == nil)
    #expect(verdict.outcome == .pass)
    #expect(
      verdict.unpredictable == [
        "AUTHENTICATION_ERROR", "AUTHORIZATION_ERROR:<reason>", "CONCURRENCY_LIMIT_EXCEEDED",
        "API_NOT_FOUND", "INTERNAL_ERROR",
      ])
  }
}
