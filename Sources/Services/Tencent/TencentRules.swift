/// What predicts the codes of Tencent's APIs.
struct TencentRules: Sendable {
  /// The API's document.
  let source: String
  /// Whether the document explains the codes; where it does not, the explanations are those of
  /// `VideoLivenessCompare`.
  let explainsCodes: Bool
  /// The API's modes.
  let modes: [ProviderMode]
  /// What a file must keep to in each mode.
  let limits: @Sendable (ProviderMode) -> ProviderLimits
  /// What can be asked for in ACTION mode.
  let actions: ActionSequences
  /// Why the order of the actions counts.
  let turn: Citation
  /// Who asks for an action: the subject and verb of a sentence.
  let asking: String

  /// The rules of the API's modes and actions, in the order of the documents.
  var all: [Rule] {
    let table =
      file + definition + frameRate + sound + Self.lips + silent + Self.light + Self.place
      + movements
      + photo + delivery
    return table.filter { rule in
      if case .action(let kind) = rule.applies, !actions.kinds.contains(kind) { return false }
      return modes.contains { rule.belongs(to: $0) }
    }.map { rule in
      // An API without the mode in which a code fails only warns.
      rule.failsIn.map { $0.contains(where: modes.contains) } ?? true
        ? rule : rule.counting(in: modes.first)
    }
  }

  /// A limit that the document states for a parameter.
  func documented(_ value: Double, _ reason: String) -> Limit {
    .documented(value, "\(source): \(reason)")
  }

  /// A limit that follows from what a code is said to mean.
  func answered(_ value: Double, _ reason: String, inclusive: Bool = false) -> Limit {
    explainsCodes
      ? .documented(value, "\(source): \(reason)", inclusive: inclusive)
      : .carried(value, "\(Source.tencent): \(reason)", inclusive: inclusive)
  }

  var silentLimits: ProviderLimits { limits(.silent) }
  private var lip: ProviderLimits { limits(.lip) }

  static func code(_ code: Tencent.Code) -> String { code.rawValue }

  func code(_ code: Tencent.Code) -> String { code.rawValue }

  private var file: [Rule] {
    [
      Rule(
        code(.lipSizeError), .bytes, .whole, .below,
        fail: answered(1, "the video is empty"),
        advice: .fileEmpty,
        integrator: "The file has no bytes; check what the recorder writes and the upload."),
      Rule(
        code(.lipSizeError), .base64Bytes, .whole, .above,
        fail: documented(
          Double(silentLimits.maximumBase64Bytes ?? 0), "at most 8 MB after Base64"),
        advice: .shrinkFile,
        integrator: "The file has {value} after Base64 and may have {limit}; fit makes it smaller."),
      Rule(
        code(.lipSizeError), .durationSeconds, .whole, .below,
        warn: .heuristic(
          lip.recommendedDuration?.lowerBound ?? 0,
          Source.tencent + ": about 6 s; two seconds shorter"
        ),
        fail: .heuristic(
          lip.acceptedDuration.lowerBound, Source.tencent + ": about 6 s; a third of it"),
        goal: 6, modes: [.lip],
        causes: [FileCauses.brokenOff], advice: .readMoreSlowly,
        integrator: "The clip lasts {value}; record about {goal} in LIP mode."),
      Rule(
        code(.lipSizeError), .durationSeconds, .whole, .above,
        warn: .heuristic(
          lip.recommendedDuration?.upperBound ?? 0, Source.tencent + ": about 6 s; two seconds more"
        ),
        fail: .heuristic(
          lip.acceptedDuration.upperBound, Source.tencent + ": about 6 s; twice as long"),
        goal: 6, modes: [.lip],
        advice: .recordShorter,
        integrator: "The clip lasts {value}; record about {goal} in LIP mode."),
      // No other code is about a video that lasts too long.
      Rule(
        code(.lipSizeError), .durationSeconds, .whole, .above,
        warn: .carried(20, Source.tencentAIFaces), goal: 6, modes: [.silent],
        advice: .cutShorter,
        integrator:
          "The clip lasts {value}; Tencent's DetectAIFakeFaces refuses more than {limit}."),
      Rule(
        code(.silentTooShort), .durationSeconds, .whole, .below,
        fail: answered(
          silentLimits.durationMustExceed ?? 0, "longer than 2 seconds", inclusive: true),
        goal: 3, modes: [.silent],
        causes: [FileCauses.brokenOff], advice: .recordLonger,
        integrator: "The clip lasts {value} and must last longer than {limit}."),
      Rule(
        code(.lipVideoInvalid), .container, oneOf: silentLimits.acceptedContainers ?? [], .fail,
        .documented("\(source): MP4, AVI or FLV"),
        advice: .convertContainer,
        integrator: "The container is {value}; {limit} are accepted, and fit rewrites it."),
      Rule(
        code(.lipVideoInvalid), .videoCodec, oneOf: silentLimits.safeVideoCodecs ?? [], .warn,
        .heuristic("the API names no codec; H.264 is what its containers usually hold"),
        advice: .convertVideo,
        integrator: "The video codec is {value}; {limit} is the safe one, and fit encodes it."),
      Rule(
        code(.lipVideoInvalid), .audioCodec,
        oneOf: (silentLimits.safeAudioCodecs ?? []) + [Measure.noAudioStream], .warn,
        .heuristic("the API names no codec; AAC is what its containers usually hold"),
        advice: .convertAudio,
        integrator: "The audio codec is {value}; {limit} are the safe choices, and fit encodes it."),
      Rule(
        code(.lipVideoInvalid), .framesDecoded, .whole, .below,
        fail: answered(1, "the video format must be correct"),
        advice: .fileUnplayable,
        integrator: "The video stream decodes to {value} frames; check what the recorder writes."),
      Rule(
        code(.lipVideoInvalid), .decodeErrors, .whole, .above,
        warn: .heuristic(0, "a damaged stream may count as a wrong format"),
        causes: [FileCauses.brokenOff], advice: .fileDamaged,
        integrator: "The decoder reports {value} damaged packets or frames; check the upload."),
    ]
  }

  /// Too few pixels: the Chinese text of the code (视频像素太低) says so, and advises another phone.
  ///
  /// Tencent's table of numeric codes (cloud.tencent.com/document/product/213/32309) lists it under the
  /// numeric mode alone.
  private var definition: [Rule] {
    [
      Rule(
        code(.lipVideoQuaility), .shortSide, .whole, .below,
        warn: .carried(Double(silentLimits.minimumShortSide), Source.aws),
        fail: .carried(240, "half of " + Source.aws), failsIn: [.lip],
        advice: .useAnotherCamera,
        integrator: "The short side has {value}; record at 480×640 or more."),
      Rule(
        code(.lipVideoQuaility), .longSide, .whole, .below,
        warn: .carried(Double(silentLimits.minimumLongSide), Source.aws),
        fail: .carried(320, "half of " + Source.aws), failsIn: [.lip],
        advice: .useAnotherCamera,
        integrator: "The long side has {value}; record at 480×640 or more."),
    ]
  }

  /// Frames too far apart to show what is to be seen in the mode; no code is about the frame rate.
  private var frameRate: [Rule] {
    [
      frameRate(.silentFaceQualityFail, [.silent], "the face is judged from few frames"),
      frameRate(.actionFirstAction, [.action], "movements fall between two frames"),
      frameRate(.lipMoveSmall, [.lip], "movements of the lips fall between two frames"),
    ]
  }

  private func frameRate(_ name: Tencent.Code, _ modes: [ProviderMode], _ reason: String) -> Rule {
    Rule(
      code(name), .frameRate, .whole, .below,
      warn: .carried(14.5, Source.aws + "; half a frame less for 15000/1001; " + reason), goal: 25,
      modes: modes,
      advice: .recordInBetterLight,
      integrator: "The clip has {value}; record at 15 or more.")
  }

  /// Where the service fetches the clip.
  private var delivery: [Rule] {
    guard let seconds = silentLimits.downloadSeconds else { return [] }
    return [
      Rule(
        code(.downLoadTimeoutError), .downloadSeconds, .whole, .above,
        warn: documented(seconds, "no more than 4 s to download"),
        goal: 2,
        advice: .storeNearer,
        integrator:
          "Fetching takes {value} at the bandwidth given; store the clip in a bucket of the region."
      )
    ]
  }
}
