import VPrep

extension FaceAction.Kind {
  /// What was seen, as people say it.
  var text: String {
    switch self {
    case .eyesClosed: "eyes closed"
    case .mouthOpen: "mouth open"
    case .headTurn: "head turned"
    case .headNod: "head nodded"
    }
  }
}

extension TimeWindow {
  /// Start and end, such as `from 0.00 to 2.40 s`.
  var text: String {
    "from \(start.formatted(decimals: 2)) to \(end.formatted(decimals: 2))\u{A0}s"
  }
}

extension MeasureUnit {
  /// A value as a person reads it, which is not broken between lines.
  func unbrokenText(_ value: Double) -> String { text(value).replacing(" ", with: "\u{A0}") }
}

extension Provenance {
  /// Where a limit of this kind comes from.
  var text: String {
    switch self {
    case .documented: "the service states the limit for this API"
    case .calibrated: "the limit was found by trying clips with known answers"
    case .carried: "the limit is taken from another published product, SDK or standard"
    case .heuristic: "the limit was chosen with reasons, without a published figure"
    }
  }
}

extension Remedy {
  /// Who does what.
  var text: String {
    switch self {
    case .retake: "the person records again, or chooses another photo"
    case .repair: "vprep fit and vprep prep mend it; the person does nothing"
    case .request: "you change the request, or how clips are recorded and sent"
    }
  }
}

extension UnmeasuredReason {
  /// Why there is no measurement.
  var text: String {
    switch self {
    case .facesNotMeasured: "there is no face model"
    case .noFrames: "no frame was measured"
    case .noFace: "no frame shows a face"
    case .audioNotMeasured: "the audio was not measured"
    case .noAudio: "the clip has no sound"
    case .motionNotMeasured: "movement was not measured"
    case .notDecided: "it could not be decided"
    case .photoNotGiven: "no photo was given"
    case .bandwidthNotGiven: "no bandwidth was given"
    case .actionsNotGiven: "the actions are not known"
    case .mediaUnusable: "the file could not be read"
    }
  }
}

extension Prediction {
  /// What was measured and what would have been accepted, such as `98 %, limit 50 %`; empty where
  /// nothing was measured.
  var comparison: String {
    switch (value, limit) {
    case (.number(let value), .number(let limit)):
      // Two numbers that differ must not look alike.
      let unit = Measure.named(measure)?.unit
      let texts = unit.map { ($0.unbrokenText(value), $0.unbrokenText(limit)) }
      if let texts, texts.0 != texts.1 || value == limit { return "\(texts.0), limit \(texts.1)" }
      return "\(value.formatted(decimals: 4)), limit \(limit.formatted(decimals: 4))"
    case (.text(let value), .text(let limit)): return "\(value), accepted: \(limit)"
    case (.text(let value), _): return value
    case (.number(let value), _):
      return Measure.named(measure)?.unit.unbrokenText(value) ?? "\(value)"
    case (nil, _): return ""
    }
  }
}

extension NoPreviews {
  /// Why there are none.
  var text: String {
    switch self {
    case .facesNotMeasured: "there is no face model (see vprep doctor)"
    case .noFace: "no frame shows a face"
    case .noUsableFace: "no frame shows a face that could be recognised"
    }
  }
}
