internal import MediaIO
internal import Services

/// Which of a clip's frames are decoded and measured in one call, and when they are enough.
///
/// It is the state of a measuring: the pass that is being made, its position in the clip, what it left out,
/// and the outcome of the first pass. It answers three questions. Which packet is decoded next
/// (`decodesNext`)? Is the verdict settled (`outcome`)? Is it enough (`goesOn`)? A clip is decoded at
/// most twice: the second pass is made so that it leaves no doubt, and no third one follows.
struct Sampling {
  /// What a caller wants to see.
  enum Coverage: Sendable {
    /// No more frames than settle the verdict.
    case settling
    /// What settles the verdict, and every part of the clip, for a plan or for previews.
    case whole
    /// What settles the verdict, and the whole clip at an even sampling rate, to be shown frame by frame.
    case even
  }

  /// One reading of the clip.
  struct Pass: Equatable, Sendable {
    /// Measured frames per second; `nil` measures every frame.
    var rate: Double?
    /// Whether frames may be left out, where the container's index shows how.
    var mayLeaveOut = false
    /// Whether the frames are measured as the plan says, even where none may be left out.
    var isPlanned = false
    /// Threads that decode frames; `nil` for as many as the caller allows.
    var threads: Int?
    /// Whether every frame is measured as well, beside those at the rate: which of both counts is known
    /// when the pass has ended (`needsEveryFrame`).
    var takesBoth = false
    /// Whether the packet scan and the audio are known from the pass before.
    var reusesAudio = false
    /// Whether its frames may be shown, where the caller wants to see them.
    var isShown = true
  }

  /// What the first pass came to.
  enum Outcome: Sendable {
    /// The verdict stands.
    case settled
    /// Frames were left out of a clip that is damaged, or that is not what its index says; or damaged
    /// frames were decoded by several threads, so that what they show depends on chance.
    case doubtful
    /// More frames may change the verdict: none may be left out.
    case unsettled
    /// A measure is so near a failure that single frames decide: every frame is measured.
    case nearFailure
  }

  let coverage: Coverage
  /// Threads that the caller allows.
  private let threads: Int
  /// What the judge says of samples; `nil` where nothing is judged.
  private let judge: SampleJudge?
  /// Measured frames per second where nothing is left out; `nil` measures every frame.
  private let usualRate: Double?
  /// The pass that is being made.
  private(set) var pass: Pass
  /// What the first pass came to; `nil` until it has ended.
  private(set) var outcome: Outcome?

  private var plan: SamplingPlan?
  private var sampler: Sampler
  private var rest = Rest.undecided
  /// Packets that were asked about.
  private(set) var position = 0
  /// Packets that were left out.
  private(set) var leftOut = 0
  /// Whether the eyes are measured in every measured frame, and not only as often as the light: until
  /// nothing that they may do would change the verdict.
  private(set) var followsEyes = true

  /// - Parameters:
  ///   - rate: measured frames per second where nothing is left out; `nil` measures every frame.
  ///   - threads: threads that may decode.
  ///   - judge: what the judge says of samples; without it all frames are decoded.
  init(rate: Double?, coverage: Coverage = .even, threads: Int, judge: SampleJudge? = nil) {
    self.coverage = coverage
    self.threads = threads
    self.judge = judge
    usualRate = rate
    pass = Pass(
      rate: rate, mayLeaveOut: judge != nil && rate != nil,
      isPlanned: judge != nil && rate != nil)
    sampler = Sampler(rate: rate)
  }

  // MARK: - Which packet is decoded next

  /// Begins the pass over a clip.
  ///
  /// - Parameters:
  ///   - index: what the container says of the video's packets; `nil` where it says nothing.
  ///   - codec: FFmpeg's name of the video codec.
  ///   - duration: seconds of the video by the header; `nil` where it does not tell.
  mutating func begin(_ index: VideoIndex?, codec: CodecName, duration: Double?) {
    (position, leftOut, rest) = (0, 0, .undecided)
    plan = nil
    if pass.isPlanned, let judge, let index, let duration {
      plan = SamplingPlan(index, codec: codec, duration: duration, for: judge.question)
    }
    followsEyes = plan == nil || judge?.asksForEyes ?? true
    sampler = Sampler(rate: plan?.rate ?? pass.rate)
  }

  /// Whether the pass writes the frames that the caller wants to see: a pass that may leave frames out
  /// does not space them evenly.
  var isShown: Bool { (plan == nil || !pass.mayLeaveOut) && pass.isShown }

  /// How often per second light, sharpness and occlusions are measured; `nil` measures them in every frame.
  var pictureRate: Double? { plan == nil ? nil : Sampler.defaultRate }

  /// Whether the frame at `time` seconds is measured; frames come in presentation order.
  mutating func measures(_ time: Double) -> Bool { sampler.takes(time) }

  /// Whether the measurements at the rate are so near a failure that those of every frame count.
  func needsEveryFrame(_ measured: ClipMeasurements) -> Bool {
    pass.takesBoth && judge?.isNearFailure(measured) == true
  }

  /// Packets from one question to the next: a blink has as many.
  private static let askedPackets = 5

  /// Whether the next packet of the video is decoded.
  ///
  /// Where movement is asked for, nothing is left out until what was seen so far speaks against every
  /// failure: a blink in the first second, and the rest of the clip needs no more than samples. A
  /// movement that is under way when a sample ends is followed until it goes no further.
  ///
  /// - Parameter measured: what was measured so far; asked for now and then.
  mutating func decodesNext(_ measured: () -> ClipMeasurements) -> Bool {
    defer { position += 1 }
    guard let plan, let judge, !plan.takes(position) else {
      rest = .undecided
      return true
    }
    switch rest {
    case .undecided, .decoded(more: 0):
      rest = follows(judge, measured) ? .decoded(more: Self.askedPackets - 1) : .leftOut
    case .decoded(let more): rest = .decoded(more: more - 1)
    // What depends on a frame that was left out cannot be decoded any more.
    case .leftOut: break
    }
    guard rest == .leftOut else { return true }
    guard pass.mayLeaveOut else {
      rest = .decoded(more: Self.askedPackets - 1)
      return true
    }
    leftOut += 1
    return false
  }

  /// Whether what the plan leaves out is decoded all the same.
  private mutating func follows(
    _ judge: SampleJudge, _ measured: () -> ClipMeasurements
  ) -> Bool {
    guard judge.question == .movement else { return false }
    let found = measured()
    let isSettled = judge.isSettled(found)
    followsEyes = judge.asksForEyes && !isSettled
    return !isSettled || judge.isUnderWay(found)
  }

  /// What happens to the frames of a GOP that the plan leaves out.
  private enum Rest: Equatable {
    case undecided
    /// Decoded, and asked again after as many more.
    case decoded(more: Int)
    case leftOut
  }

  // MARK: - Whether it is enough

  /// Whether the pass left frames out.
  var isPartial: Bool { leftOut > 0 }
  /// Whether there are more or fewer packets than the index said.
  private var isContradicted: Bool { plan.map { position != $0.count } ?? false }

  /// What a pass found of damage.
  struct Damage: Sendable {
    /// Whether packets are damaged or missing, or did not decode.
    var isFound = false
    /// Errors while frames were decoded.
    var pictureErrors = 0
  }

  /// Ends a pass: whether another one must follow, which `pass` then describes.
  ///
  /// - Parameter measured: what the pass measured.
  mutating func goesOn(after measured: ClipMeasurements, _ damage: Damage) -> Bool {
    guard outcome == nil else { return false }
    let outcome = outcome(of: measured, damage)
    self.outcome = outcome
    guard let next = following(outcome, damage) else { return false }
    pass = next
    return true
  }

  /// Whether the verdict on what the first pass measured stands.
  var isSettled: Bool { outcome == .settled }

  private func outcome(of measured: ClipMeasurements, _ damage: Damage) -> Outcome {
    if damage.pictureErrors > 0,
      isPartial || threads > 1 || (plan != nil && coverage == .even)
    {
      return .doubtful
    }
    if isPartial, damage.isFound || isContradicted { return .doubtful }
    guard let judge, usualRate != nil else { return .settled }
    if judge.isNearFailure(measured) { return .nearFailure }
    return isPartial && !judge.isSettled(measured) ? .unsettled : .settled
  }

  /// The second pass; `nil` where the first is enough.
  ///
  /// Where the first left frames out, nobody knows yet whether those are damaged; so the second pass
  /// decodes by one thread, and what it shows does not depend on chance in any case.
  private func following(_ outcome: Outcome, _ damage: Damage) -> Pass? {
    let isAlone = plan != nil || damage.pictureErrors > 0
    var second = Pass(
      rate: usualRate, threads: isAlone ? 1 : nil, reusesAudio: outcome != .doubtful,
      isShown: isAlone)
    switch outcome {
    case .settled:
      return isEnough ? nil : second
    case .unsettled:
      return second
    case .doubtful:
      // A movement that was followed to the end is measured in the same way again.
      second.isPlanned = plan != nil && !isPartial
      // What the first pass measured does not tell whether every frame has to be.
      second.takesBoth = judge != nil && usualRate != nil
      return second
    case .nearFailure:
      second.rate = nil
      return second
    }
  }

  /// Whether the first pass also has what is wanted beside the verdict.
  private var isEnough: Bool {
    switch coverage {
    case .settling: true
    case .whole: !isPartial
    case .even: plan == nil
    }
  }
}
