import Foundation
import Services
import Testing

@Suite("The JSON")
struct ReportKeysTests {
  func object(_ value: some Encodable) throws -> [String: Any] {
    let data = try JSONEncoder().encode(value)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The keys of an object whose value is null.
  func nulls(_ object: [String: Any]) -> Set<String> {
    Set(object.filter { $0.value is NSNull }.keys)
  }

  @Test("of a verdict has the contract's keys, and a mode of null where there is none")
  func verdict() throws {
    var clip = ClipMeasurements.good(seconds: 3.5)
    clip.frames = []
    let json = try object(Judge.judge(clip, provider: .megvii))
    #expect(
      Set(json.keys) == [
        "provider", "mode", "outcome", "nextStep", "predictions", "unmeasured", "unpredictable",
        "tags", "readings", "refusal",
      ])
    #expect(nulls(json) == ["mode", "refusal"])
    #expect(json["outcome"] as? String == "incomplete")
    let prediction = try #require((json["predictions"] as? [[String: Any]])?.first)
    #expect(
      Set(prediction.keys) == [
        "code", "severity", "measure", "value", "limit", "provenance", "source", "window",
        "advice", "id", "parameters", "remedy", "integratorAdvice", "overridden",
      ])
    #expect(prediction["window"] as? [Double] == [0, 3.5])
    #expect(prediction["value"] as? Double == 3.5)
    #expect(prediction["severity"] as? String == "warn")
    #expect(prediction["provenance"] as? String == "documented")
    let open = try #require((json["unmeasured"] as? [[String: Any]])?.first)
    #expect(Set(open.keys) == ["code", "measure", "reason"])
  }

  @Test("of a prediction without a place in the clip says null")
  func noWindow() throws {
    let verdict = Judge.verdict(forUnusable: .empty, provider: .tencent)
    #expect(nulls(try object(verdict.predictions[0])) == ["window"])
  }

  @Test("of a verdict reads back as the same verdict")
  func roundTrip() throws {
    var clip = ClipMeasurements.good(seconds: 5, container: "matroska").withoutFace
    clip.file.videoCodec = "vp9"
    for verdict in [
      Judge.judge(clip, provider: .tencent), Judge.judge(clip, provider: .megvii),
      Judge.verdict(forUnusable: .noVideo, provider: .megvii),
    ] {
      let data = try JSONEncoder().encode(verdict)
      let read = try JSONDecoder().decode(Verdict.self, from: data)
      // Values are written with four decimals.
      var written = verdict
      for index in written.readings.indices {
        written.readings[index].value = (written.readings[index].value * 1e4).rounded() / 1e4
      }
      #expect(read == written)
    }
  }

  static let brightness: Set<String> = [
    "frameMean", "faceMean", "faceP05", "faceP50", "faceP95", "faceDarkShare", "faceBrightShare",
    "faceClippedShare", "unevenness", "eyeWhites", "eyeGlare", "backlight", "colorCast", "flicker",
  ]
  static let face: Set<String> = [
    "framesWithFaceShare", "maxCount", "secondFaceAreaShare", "secondFaceSizeRatio",
    "secondFaceMotion", "widthShare", "widthPixels", "interEyePixels", "centerX", "centerY",
    "completeness", "yaw", "pitch", "roll",
    "eyesOpen", "blinks", "mouthOpen", "mouthMovement", "mouthMovementWhileVoiced",
    "lowerFaceOcclusion", "handOcclusion", "occlusion",
  ]

  @Test("of the measurements has the contract's keys")
  func measurements() throws {
    let json = try object(
      MeasurementSummary(.good(seconds: 2.5).withSecondFace(turnedBy: 2)))
    #expect(
      Set(json.keys) == [
        "framesDecoded", "framesMeasured", "brightness", "sharpness", "noise", "face", "motion",
        "audio",
      ])
    let parts: [(String, Set<String>)] = [
      ("brightness", Self.brightness), ("sharpness", ["frame", "face", "motionBlur", "contours"]),
      ("face", Self.face), ("motion", ["globalShake", "headMotion", "actions"]),
      ("audio", ["present", "loudnessLUFS", "voicedLoudnessLUFS", "peakDBFS", "voicedShare"]),
    ]
    for (name, keys) in parts {
      let part = try #require(json[name] as? [String: Any])
      #expect(Set(part.keys) == keys)
      #expect(nulls(part).isEmpty)
    }
  }

  @Test("of the measurements says null for what was not measured")
  func nullMeasurements() throws {
    var clip = ClipMeasurements.good(seconds: 2.5).withoutFaceModel
    clip.audio = nil
    clip.motion = nil
    let json = try object(MeasurementSummary(clip))
    #expect(nulls(json) == ["face", "audio"])
    let brightness = try #require(json["brightness"] as? [String: Any])
    #expect(Set(brightness.keys) == Self.brightness)
    #expect(nulls(brightness) == Self.brightness.subtracting(["frameMean"]))
    #expect(
      nulls(try #require(json["motion"] as? [String: Any])) == [
        "globalShake", "headMotion", "actions",
      ])
  }
}
