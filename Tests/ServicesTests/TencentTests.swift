import Services
import Testing

@Suite("Tencent VideoLivenessCompare")
struct TencentTests {
  func judge(
    _ clip: ClipMeasurements, _ mode: ProviderMode? = nil, _ options: JudgeOptions = JudgeOptions(),
    photo: PhotoMeasurements? = nil
  ) -> Verdict {
    Judge.judge(clip, provider: .tencent, mode: mode, options: options, photo: photo)
  }

  func code(_ name: String) -> String { "FailedOperation." + name }

  @Test("is SILENT where no mode is named")
  func defaultMode() {
    #expect(judge(.good(seconds: 5)).mode == .silent)
  }

  @Test("takes 6,000,000 bytes in any mode: eight million characters of Base64")
  func size() {
    var clip = ClipMeasurements.good(seconds: 6)
    for mode in ProviderMode.allCases {
      clip.file.bytes = 6_000_000
      #expect(judge(clip, mode).outcome == .pass)
      clip.file.bytes = 6_000_001
      #expect(judge(clip, mode).codes(.fail) == [code("LipSizeError")])
    }
  }

  @Test("takes MP4, AVI and FLV")
  func container() {
    for name in ["mp4", "avi", "flv"] {
      #expect(judge(.good(seconds: 5, container: name)).outcome == .pass)
    }
    for name in ["mov", "matroska", "webm", "3gp"] {
      #expect(
        judge(.good(seconds: 5, container: name)).codes(.fail) == [code("LipVideoInvalid")])
    }
  }

  @Test("warns of more than 20 seconds in SILENT mode, as a sibling refuses them")
  func longDuration() {
    #expect(judge(.good(seconds: 20), .silent).outcome == .pass)
    #expect(judge(.good(seconds: 20.1), .silent).codes(.warn) == [code("LipSizeError")])
    #expect(judge(.good(seconds: 20.1), .action).outcome == .pass)
  }

  @Test("fails a face for its place in ACTION mode alone, and for its size in pixels in SILENT too")
  func place() {
    let aside = ClipMeasurements.good(seconds: 5).eachFace { $0.centerX = 0.1 }
    #expect(judge(aside, .action).codes(.fail) == [code("ActionFaceLeft")])
    #expect(judge(aside, .silent).codes(.warn) == [code("ActionFaceLeft")])
    let far = ClipMeasurements.good(seconds: 5).eachFace {
      ($0.widthPixels, $0.widthShare, $0.interEyePixels) = (50, 0.07, 22)
    }
    #expect(judge(far, .action).codes(.fail) == [code("ActionFaceFar")])
    #expect(judge(far, .silent).codes(.fail) == [code("SilentFaceQualityFail")])
    #expect(judge(far, .silent).codes(.warn).contains(code("ActionFaceFar")))
  }

  @Test("needs more than two seconds in SILENT mode")
  func silentDuration() {
    #expect(judge(.good(seconds: 2), .silent).codes(.fail) == [code("SilentTooShort")])
    #expect(judge(.good(seconds: 2.1), .silent).outcome == .pass)
    #expect(judge(.good(seconds: 2), .action).outcome == .pass)
  }

  @Test(
    "wants about six seconds in LIP mode",
    arguments: [(3.9, "warn"), (8.1, "warn"), (1.9, "fail"), (12.1, "fail")])
  func lipDuration(_ seconds: Double, _ severity: String) {
    let verdict = judge(.good(seconds: seconds), .lip)
    #expect(verdict.codes(severity == "fail" ? .fail : .warn) == [code("LipSizeError")])
    #expect(judge(.good(seconds: 6), .lip).outcome == .pass)
  }

  @Test("needs a sound track in LIP mode only")
  func sound() {
    var clip = ClipMeasurements.good(seconds: 6)
    clip.file.audioCodec = nil
    clip.audio = AudioMeasurement(present: false)
    let verdict = judge(clip, .lip)
    #expect(verdict.codes(.fail) == [code("LipVoiceDetect")])
    #expect(verdict.unmeasured.contains { $0.reason == .noAudio })
    #expect(judge(clip, .silent).outcome == .pass)

    clip.audio = nil
    #expect(judge(clip, .lip).codes(.fail) == [code("LipVoiceDetect")])
  }

  @Test("hears a quiet voice and no voice apart")
  func quietVoice() {
    var clip = ClipMeasurements.good(seconds: 6)
    clip.audio?.voicedLoudnessLUFS = -40
    #expect(judge(clip, .lip).codes(.warn) == [code("LipVoiceLow")])
    clip.audio?.peakDBFS = -80
    #expect(judge(clip, .lip).codes(.fail) == [code("LipVoiceDetect")])
  }

  @Test("takes the whole track's loudness where speech was not told apart")
  func loudnessWithoutVoice() {
    var clip = ClipMeasurements.good(seconds: 6)
    clip.audio?.voicedLoudnessLUFS = nil
    clip.audio?.loudnessLUFS = -50
    #expect(judge(clip, .lip).codes(.fail) == [code("LipVoiceLow")])
  }

  @Test("reads the mouth's movement from the frames where the clip's was not measured")
  func mouthMovement() {
    var clip = ClipMeasurements.good(seconds: 6)
    clip.motion?.mouthMovement = nil
    #expect(judge(clip, .lip).codes(.fail) == [code("LipMoveSmall")])
    for index in clip.frames.indices where index.isMultiple(of: 2) {
      clip.frames[index].face?.mouthOpen = 0.1
    }
    #expect(judge(clip, .lip).outcome == .pass)
  }

  @Test("finds no whole face under a code of each mode")
  func noFace() {
    let clip = ClipMeasurements.good(seconds: 6).withoutFace
    let best = code("LivessBestFrameError")
    #expect(judge(clip, .silent).codes(.fail) == [best, code("SilentFaceDetectFail")])
    #expect(judge(clip, .action).codes(.fail) == [best, code("ActionNodetectFace")])
    #expect(judge(clip, .lip).codes(.fail) == [best])
  }

  @Test("knows a mask from a hand before the whole face")
  func mask() {
    let masked = ClipMeasurements.good(seconds: 5).eachFace { $0.lowerFaceOcclusion = 0.95 }
    #expect(judge(masked).codes(.fail).contains(code("SilentFaceWithMaskFail")))
    let advice = judge(masked).predictions.first { $0.code == code("SilentFaceWithMaskFail") }
    #expect(advice?.adviceID == .takeOffMask)
    let hand = masked.eachFace { $0.handOcclusion = 0.8 }
    let said = judge(hand).predictions.filter { $0.code == code("SilentFaceWithMaskFail") }
    #expect(said.map(\.adviceID) == [.lowerHand])
    let hidden = masked.eachFace { $0.eyeOcclusion = 0.95 }
    #expect(!judge(hidden).codes(.fail).contains(code("SilentFaceWithMaskFail")))
    #expect(judge(hidden).codes(.fail).contains(code("SilentEyeLiveFail")))
    let undecided = masked.eachFace { $0.eyeOcclusion = nil }
    #expect(
      judge(undecided).unmeasured.contains(
        UnmeasuredRule(
          code: code("SilentFaceWithMaskFail"), measure: "face.eyeOcclusion", reason: .notDecided)))
  }

  @Test("minds a second person who stays")
  func secondFace() {
    var clip = ClipMeasurements.good(seconds: 5)
    for index in clip.frames.indices.prefix(10) { clip.frames[index].secondFaceAreaShare = 0.05 }
    #expect(judge(clip).codes(.warn) == [code("SilentMultiFaceFail")])
    for index in clip.frames.indices.prefix(25) { clip.frames[index].secondFaceAreaShare = 0.05 }
    let person = clip.withSecondFace(turnedBy: 5)
    #expect(judge(person).codes(.fail) == [code("SilentMultiFaceFail")])
    #expect(judge(person, .action).outcome == .pass)
  }

  @Test("warns of a second face that does nothing of its own: it may be a picture")
  func picture() {
    var clip = ClipMeasurements.good(seconds: 5).eachFrame { $0.secondFaceAreaShare = 0.05 }
    #expect(judge(clip).codes(.warn) == [code("SilentMultiFaceFail")])
    clip = clip.withSecondFace(turnedBy: 0.3)
    #expect(judge(clip).codes(.warn) == [code("SilentMultiFaceFail")])
    #expect(judge(clip).outcome == .warn)
  }

  @Test("counts a second face that is as still as the first: nothing tells it from a person")
  func stills() {
    let clip = ClipMeasurements.good(seconds: 5).eachFrame { $0.secondFaceAreaShare = 0.05 }
    let still = clip.withSecondFace(turnedBy: 0.2, besideStill: true)
      .eachFace { $0.yaw = 2 }
    #expect(judge(still).codes(.fail) == [code("SilentMultiFaceFail")])
  }

  @Test("minds a second person far away who is about as large as the first")
  func comparableFace() {
    var clip = ClipMeasurements.good(seconds: 5)
    for index in clip.frames.indices.prefix(25) { clip.frames[index].secondFaceSizeRatio = 0.5 }
    clip = clip.withSecondFace(turnedBy: 5)
    #expect(judge(clip).codes(.fail) == [code("SilentMultiFaceFail")])
    let smaller = ClipMeasurements.good(seconds: 5).eachFrame { $0.secondFaceSizeRatio = 0.3 }
    #expect(judge(smaller).codes(.warn) == [code("SilentMultiFaceFail")])
    let small = smaller.eachFrame { $0.secondFaceSizeRatio = 0.2 }
    #expect(judge(small).outcome == .pass)
  }

  @Test("minds actions out of the order asked for, and blinks between them not")
  func order() {
    var clip = ClipMeasurements.good(seconds: 5)
    let mouthFirst = JudgeOptions(actions: [1, 2])
    let eyesFirst = JudgeOptions(actions: [2, 1])
    let mouth = FaceAction(kind: .mouthOpen, start: 1, end: 1.5)
    let eyes = FaceAction(kind: .eyesClosed, start: 3, end: 3.4)
    clip.motion?.actions = [mouth, eyes]
    #expect(judge(clip, .action, mouthFirst).outcome == .pass)
    let wrong: Set = [code("ActionCloseEye"), code("ActionOpenMouth")]
    #expect(judge(clip, .action, eyesFirst).codes(.warn) == wrong)
    #expect(judge(clip, .action, JudgeOptions(actions: [])).outcome == .pass)

    let blink = FaceAction(kind: .eyesClosed, start: 0.2, end: 0.3)
    clip.motion?.actions = [blink, mouth, eyes]
    #expect(judge(clip, .action, mouthFirst).outcome == .pass)
    #expect(judge(clip, .action, eyesFirst).outcome == .pass)
    clip.motion?.actions = [mouth]
    #expect(judge(clip, .action, eyesFirst).outcome == .pass)
  }

  @Test("misses a blink and an open mouth in ACTION mode, and movement when all is still")
  func actions() {
    var still = ClipMeasurements.good(seconds: 5).eachFace { $0.mouthOpen = 0.02 }
    still.motion?.blinks = 0
    let open = judge(still, .action)
    #expect(open.codes(.fail) == [code("ActionCloseEye"), code("ActionOpenMouth")])
    still.motion?.headMotion = 0
    still.motion?.mouthMovement = 0.005
    #expect(judge(still, .action).codes(.fail).contains(code("ActionFirstAction")))

    #expect(judge(still, .action, JudgeOptions(actions: [])).outcome == .pass)

    let moving = ClipMeasurements.good(seconds: 5)
    #expect(judge(moving, .action).outcome == .pass)
    var winkless = moving
    winkless.motion?.blinks = 0
    winkless.frames[10].face?.leftEyeOpen = 0.1
    winkless.frames[10].face?.rightEyeOpen = 0.1
    #expect(judge(winkless, .action).outcome == .pass)
  }

  @Test("is not asked about a face's place by another mode's codes")
  func modesAreApart() {
    for mode in ProviderMode.allCases {
      let others = ProviderMode.allCases.filter { $0 != mode }
      let clip = ClipMeasurements(
        file: ClipFacts(
          container: "ogg", bytes: 0, durationSeconds: 0.1, videoCodec: "theora", audioCodec: nil,
          displayWidth: 16, displayHeight: 16, frameRate: 1, bitRate: 1, framesDecoded: 0))
      let verdict = judge(clip, mode)
      let named = Set(
        verdict.predictions.map(\.code) + verdict.unmeasured.map(\.code) + verdict.unpredictable)
      for entry in CodeCatalog.codes where named.contains(entry.code) {
        #expect(entry.modes.isEmpty || entry.modes != others)
        #expect(entry.belongs(to: mode), "\(entry.code) in \(mode)")
      }
    }
  }

  @Test("fetches within four seconds, where the bandwidth is known")
  func download() {
    var clip = ClipMeasurements.good(seconds: 5)
    clip.file.bytes = 5_000_000
    #expect(judge(clip, .silent, JudgeOptions(bandwidth: 10_000_000)).outcome == .pass)
    let slow = judge(clip, .silent, JudgeOptions(bandwidth: 9_900_000))
    #expect(slow.codes(.warn) == [code("DownLoadTimeoutError")])
    #expect(judge(clip).unmeasured.contains { $0.reason == .bandwidthNotGiven })
  }

  @Test("looks at the photo when there is one")
  func photo() {
    let clip = ClipMeasurements.good(seconds: 5)
    var photo = PhotoMeasurements.good
    photo.bytes = 2_250_001
    #expect(judge(clip, photo: photo).codes(.fail) == [code("LifePhotoSizeError")])
    photo = .good
    photo.format = "webp"
    #expect(judge(clip, photo: photo).codes(.fail) == [code("LifePhotoSizeError")])
    photo = .good
    photo.faceCount = 2
    #expect(judge(clip, photo: photo).codes(.fail) == [code("LifePhotoDetectFaces")])
    photo.faceCount = 0
    photo.face = nil
    let none = judge(clip, photo: photo)
    #expect(none.codes(.fail) == [code("LifePhotoDetectNoFaces")])
    #expect(none.unmeasured.contains { $0.reason == .noFace })
    photo = .good
    photo.width = 63
    #expect(judge(clip, photo: photo).codes(.fail) == [code("LifePhotoPoorQuality")])

    let without = judge(clip)
    #expect(without.outcome == .pass)
    #expect(
      Set(without.unmeasured.filter { $0.reason == .photoNotGiven }.map(\.code)) == [
        code("LifePhotoSizeError"), code("LifePhotoDetectFaces"), code("LifePhotoDetectNoFaces"),
        code("LifePhotoPoorQuality"),
      ])
  }
}
