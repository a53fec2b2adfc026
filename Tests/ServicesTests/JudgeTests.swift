import Services
import Testing

@Suite("The outcome")
struct OutcomeTests {
  @Test("is a pass for a good clip, and nothing but what was not given stays open")
  func goodClip() {
    for (provider, mode) in everyMode {
      let verdict = Judge.judge(
        .good(for: provider, mode), provider: provider, mode: mode, photo: .good)
      #expect(verdict.outcome == .pass, "\(verdict.predictions) \(verdict.unmeasured)")
      #expect(verdict.predictions.isEmpty)
      #expect(
        verdict.unmeasured.allSatisfy {
          [.bandwidthNotGiven, .actionsNotGiven].contains($0.reason)
        })
      #expect(verdict.mode == mode)
    }
  }

  @Test("is never a pass without a face model")
  func withoutFaceModel() {
    for (provider, mode) in everyMode {
      let clip = ClipMeasurements.good(for: provider, mode).withoutFaceModel
      let verdict = Judge.judge(clip, provider: provider, mode: mode, photo: .good)
      #expect(verdict.outcome == .incomplete)
      #expect(verdict.unmeasured.contains { $0.reason == .facesNotMeasured })
    }
  }

  @Test("is a failure when something fails, whatever else is missing")
  func failureBeatsIncomplete() {
    var clip = ClipMeasurements.good(seconds: 2.5).withoutFaceModel
    clip.file.bytes = 20_000_001
    #expect(Judge.judge(clip, provider: .megvii).outcome == .fail)
  }

  @Test("is incomplete rather than a warning while a deciding measure is missing")
  func incompleteBeatsWarning() {
    let clip = ClipMeasurements.good(seconds: 3.5).withoutFaceModel
    let verdict = Judge.judge(clip, provider: .megvii)
    #expect(verdict.codes(.warn) == ["VIDEO_INVALID_DURATION"])
    #expect(verdict.outcome == .incomplete)
  }

  @Test("is incomplete without a measured frame, sound in LIP mode, or motion in ACTION mode")
  func missingParts() {
    var noFrames = ClipMeasurements.good(seconds: 2.5)
    noFrames.frames = []
    #expect(Judge.judge(noFrames, provider: .megvii).outcome == .incomplete)

    var noSound = ClipMeasurements.good(seconds: 6)
    noSound.audio = nil
    #expect(Judge.judge(noSound, provider: .tencent, mode: .lip).outcome == .incomplete)
    #expect(Judge.judge(noSound, provider: .tencent, mode: .silent).outcome == .pass)

    var noMotion = ClipMeasurements.good(seconds: 5)
    noMotion.motion = nil
    #expect(Judge.judge(noMotion, provider: .tencent, mode: .action).outcome == .incomplete)
    #expect(Judge.judge(noMotion, provider: .tencent, mode: .silent).outcome == .pass)
    noMotion.motion = MotionMeasurement(globalShake: 0.1)
    #expect(Judge.judge(noMotion, provider: .tencent, mode: .action).outcome == .incomplete)
  }

  @Test("is incomplete when the photo was not looked through for faces")
  func photoWithoutFaces() {
    var photo = PhotoMeasurements.good
    photo.faceCount = nil
    photo.face = nil
    let verdict = Judge.judge(.good(seconds: 5), provider: .tencent, photo: photo)
    #expect(verdict.outcome == .incomplete)
  }

  @Test("accepts a warning unless the caller is strict, and never an incomplete verdict")
  func strictness() {
    let warned = Judge.judge(.good(seconds: 3.5), provider: .megvii)
    #expect(warned.outcome == .warn)
    #expect(warned.isAccepted(strict: false))
    #expect(!warned.isAccepted(strict: true))
    let open = Judge.judge(
      ClipMeasurements.good(seconds: 2.5).withoutFaceModel, provider: .megvii)
    #expect(!open.isAccepted(strict: false))
  }

  @Test("does not depend on values that are no numbers: they count as not measured")
  func notANumber() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFace {
      $0.light.mean = .nan
      $0.sharpness = .infinity
    }
    let verdict = Judge.judge(clip, provider: .megvii)
    #expect(verdict.predictions.isEmpty)
    let open = Set(verdict.unmeasured.map(\.measure))
    #expect(open.isSuperset(of: ["brightness.faceMean", "brightness.flicker", "sharpness.face"]))
  }
}

@Suite("A file that cannot be used")
struct UnusableTests {
  @Test("fails with the provider's format code")
  func codes() {
    for media in UnusableMedia.allCases {
      let megvii = Judge.verdict(forUnusable: media, provider: .megvii)
      #expect(megvii.outcome == .fail)
      #expect(megvii.predictions.map(\.code) == ["VIDEO_UNSUPPORTED_FORMAT"])
      let tencent = Judge.verdict(forUnusable: media, provider: .tencent, mode: .lip)
      let expected = media == .empty ? "LipSizeError" : "LipVideoInvalid"
      #expect(tencent.predictions.map(\.code) == ["FailedOperation." + expected])
      #expect(tencent.mode == .lip)
    }
  }

  @Test("leaves every other code of the mode open")
  func unmeasured() {
    let verdict = Judge.verdict(forUnusable: .unreadable, provider: .tencent)
    let codes = Set(verdict.unmeasured.map(\.code))
    #expect(codes.contains("FailedOperation.SilentTooShort"))
    #expect(!codes.contains("FailedOperation.LipVoiceLow"))
    #expect(verdict.unmeasured.allSatisfy { $0.reason == .mediaUnusable })
  }
}

@Suite("A prediction")
struct PredictionTests {
  @Test("comes before one of less severity, then of weaker source, then of less excess")
  func order() {
    var clip = ClipMeasurements.good(seconds: 5).eachFace {
      $0.widthPixels = 40
      $0.widthShare = 0.01
      $0.centerX = 0.21
    }
    clip.file.container = "matroska"
    clip.file.displayWidth = 400
    let predictions = Judge.judge(clip, provider: .tencent, mode: .action).predictions
    let seen = predictions.map { "\($0.severity) \($0.provenance) \($0.measure)" }
    #expect(
      seen == [
        "fail documented input.container", "fail carried face.widthPixels",
        "fail heuristic face.widthShare", "warn carried input.video.shortSide",
        "warn heuristic face.centerX",
      ])
  }

  @Test("with the larger excess comes first among equals")
  func excess() {
    for (dark, expected) in [(0.01, "pixels"), (0.9, "share")] {
      let clip = ClipMeasurements.good(seconds: 5).eachFace {
        $0.widthPixels = 60
        $0.light.darkShare = dark
        $0.light.p95 = 60
        $0.light.mean = 100
        $0.eyeWhites = dark > 0.5 ? 30 : 100
      }
      let first = Judge.judge(clip, provider: .tencent, mode: .action).predictions.first
      #expect(
        first?.measure == (expected == "pixels" ? "face.widthPixels" : "brightness.faceDarkShare"))
    }
  }

  @Test("says where in the clip it holds: the longest stretch that crosses its limit")
  func window() {
    var clip = ClipMeasurements.good(seconds: 5)
    for index in clip.frames.indices where index == 3 || index >= 20 {
      clip.frames[index].face?.centerX = 0.25
    }
    let found = Judge.judge(clip, provider: .tencent).predictions.first
    #expect(found?.code == "FailedOperation.ActionFaceLeft")
    #expect(found?.window == TimeWindow(start: 2, end: 5))
  }

  @Test("about the whole clip holds over the whole clip, one about the photo nowhere in it")
  func wholeWindow() {
    var photo = PhotoMeasurements.good
    photo.faceCount = 2
    let verdict = Judge.judge(
      .good(seconds: 1.5), provider: .tencent, mode: .silent, photo: photo)
    let short = verdict.predictions.first { $0.measure == "input.durationSeconds" }
    #expect(short?.window == TimeWindow(start: 0, end: 1.5))
    let several = verdict.predictions.first { $0.measure == "photo.faceCount" }
    #expect(several != nil)
    #expect(several?.window == nil)
  }

  @Test("that fails holds where it fails, not where it would only warn")
  func failingWindow() {
    var clip = ClipMeasurements.good(seconds: 5)
    for index in clip.frames.indices {
      clip.frames[index].face?.centerX = index < 40 && index >= 10 ? 0.1 : 0.25
    }
    let found = Judge.judge(clip, provider: .tencent, mode: .action).predictions.first
    #expect(found?.severity == .fail)
    #expect(found?.window == TimeWindow(start: 1, end: 4))
  }

  @Test("advises the person without numbers, and the integrator with the value")
  func advice() {
    let clip = ClipMeasurements.good(seconds: 5).eachFace { $0.widthShare = 0.09 }
    let found = Judge.judge(clip, provider: .tencent).predictions.first
    #expect(found?.adviceID == .moveCloser && found?.advice == Advice.moveCloser.english)
    #expect(found?.integratorAdvice.contains("9 %") == true)
  }

  @Test("is repeatable: judging twice gives the same report")
  func repeatable() {
    let clip = ClipMeasurements.good(seconds: 5).eachFace {
      $0.widthPixels = 10
      $0.interEyePixels = 5
      $0.yaw = 40
      $0.roll = 40
    }
    let first = Judge.judge(clip, provider: .tencent)
    #expect(first == Judge.judge(clip, provider: .tencent))
    #expect(first.predictions.count > 3)
  }
}
