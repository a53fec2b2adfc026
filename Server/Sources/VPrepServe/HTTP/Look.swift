/// The parts of a report that tell of its only frame.
struct LookedReport: Decodable {
  struct Measurements: Decodable { let timeline: [Frame]? }

  struct Frame: Decodable {
    let faceCount: Int?
    let face: Face?
    let frameMean: Double?
  }

  struct Face: Decodable {
    struct Light: Decodable {
      let mean: Double?
      let darkShare: Double?
      let brightShare: Double?
      let unevenness: Double?
    }

    let centerX: Double?
    let centerY: Double?
    let widthShare: Double?
    let completeness: Double?
    let yaw: Double?
    let pitch: Double?
    let roll: Double?
    let sharpness: Double?
    let light: Light
  }

  struct Verdict: Decodable { let predictions: [Prediction] }

  struct Prediction: Decodable {
    let id: String
    let advice: String
    let measure: String
    let severity: String
    let remedy: String
  }

  let measurements: Measurements?
  let verdict: Verdict?
}

/// The answer of `/v1/look`, `vprep.look/1`.
struct Look {
  let json: JSON

  /// Measures that one frame decides; the file, the audio and the movement are the clip's.
  private static let decided = ["face.", "brightness.", "sharpness.", "noise"]
  /// Measures that need more than one frame.
  private static let undecided = [
    "face.blinks", "face.eyesOpen", "face.mouth", "brightness.flicker",
  ]

  init(_ report: LookedReport) {
    let frame = report.measurements?.timeline?.first
    let said = (report.verdict?.predictions ?? []).first { prediction in
      prediction.remedy == "retake"
        && Self.decided.contains { prediction.measure.hasPrefix($0) }
        && !Self.undecided.contains { prediction.measure.hasPrefix($0) }
    }
    json = .object([
      "schema": .string("vprep.look/1"),
      "faces": .number(Double(frame?.faceCount ?? 0)),
      "light": Self.number(frame?.frameMean),
      "face": frame?.face.map(Self.face) ?? .null,
      "advice": said.map {
        .object([
          "id": .string($0.id), "severity": .string($0.severity), "text": .string($0.advice),
        ])
      } ?? .null,
    ])
  }

  private static func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }

  private static func face(_ face: LookedReport.Face) -> JSON {
    .object([
      "centerX": number(face.centerX), "centerY": number(face.centerY),
      "width": number(face.widthShare), "light": number(face.light.mean),
      "dark": number(face.light.darkShare), "bright": number(face.light.brightShare),
      "yaw": number(face.yaw), "pitch": number(face.pitch), "roll": number(face.roll),
      "sharpness": number(face.sharpness),
    ])
  }
}
