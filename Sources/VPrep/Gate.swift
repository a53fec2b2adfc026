public import MediaIO
public import Services

/// Decides whether a provider will accept a clip, and repairs what can be repaired.
///
/// ```swift
/// let gate = Gate(.tencent(.silent))
/// let result = try await gate.prepare(.file("selfie.mov"), writingTo: "selfie.mp4")
/// if result.outputVerdict.isAccepted(strict: false) { upload(result.output.path) }
/// ```
///
/// Every call reads the clip anew, keeps no state, and may run beside others. The work happens on a
/// thread of its own, never on Swift's cooperative pool; cancelling the task ends it.
public struct Gate: Sendable {
  /// What is asked, and of whom.
  public var service: Service
  /// Who is asked.
  public var provider: Provider { service.provider }
  /// The mode; `nil` where the service has none.
  public var mode: ProviderMode? { service.mode }
  /// What the request will say.
  public var options = JudgeOptions()
  /// The caller's own limits for single rules.
  public var overrides = RuleOverrides.none
  /// The photo that the clip is compared with, where the request names one; `nil` leaves its rules open.
  public var photo: Clip?
  /// The request's own parameters, to be checked with the clip; `nil` checks none.
  ///
  /// Where they have a valid `LivenessType`, that is the mode that is judged.
  public var request: [String: RequestValue]?
  /// The stretch that `fit` and `prepare` keep; `nil` lets vprep choose one where the clip must be
  /// shortened, and a stretch that holds the whole clip keeps all.
  public var window: TimeWindow?
  /// The caller's own limit for the output in bytes, where it is below the provider's.
  public var maximumBytes: Int?
  /// Whether a clip that holds data that may identify people is uploaded with them.
  ///
  /// Without it a clip with a location, the device's name, comments, timed data and the like is never
  /// passed through: a copy of its streams leaves them out. With it the clip stays byte for byte what it
  /// is wherever nothing else has to change. What is written anew holds no tags in either case.
  public var keepsMetadata = false
  /// Previews that `prepare` adds to its report, 0…2.
  public var previewCount = 2
  /// Decodes and measures every frame, instead of as many as the verdict needs.
  public var isExhaustive = false
  /// Threads that decode a clip's pictures, and threads that encode them, 1…16.
  ///
  /// One is best where many calls run at once.
  public var codecThreads = 2
  /// Adds the values of every measured frame to the report's measurements.
  public var includesTimeline = false
  /// Adds the clip's MD5 to the report of `probe`, which then reads the whole file; the reports of all
  /// other calls have it in any case.
  public var includesDigest = true
  /// Where `check`, `preview` and `prepare` write the clip's measured frames with the face's box,
  /// its landmarks and the values drawn on them; `nil` writes none.
  ///
  /// The folder is made when it is missing. The pictures are upright JPEG named by their time, such
  /// as `0003.200.jpg`, at most 300 of them; a file that is there is replaced whole.
  public var annotationFolder: String?
  /// How much of a clip, a photo or a JSON text is read before it is refused; `Docs/limits.md`.
  ///
  /// FFmpeg's bound for one allocation counts for the whole process: the call that begins last sets it.
  public var inputLimits = InputLimits()
  /// Seconds that one call may take: the limit `time`; infinity sets none, less than 0 is refused.
  public var timeLimit: Double {
    get { inputLimits[.time] }
    set { inputLimits[.time] = newValue }
  }
  /// Files that no output may replace, beside the clip and the photo: what the rules and the request
  /// were read from.
  public var protectedFiles: [String] = []
  /// Told how far a call has come, at most ten times a second and at the start of each stage.
  ///
  /// It is called on the working thread and must return at once.
  public var onProgress: (@Sendable (Progress) -> Void)?

  /// A gate for calls that ask nobody: `probe` and `preview` come out alike for every service.
  package static let unasked = Gate(Service(ServiceProfile.all[0]))

  /// Makes a gate for a service.
  public init(_ service: Service) { self.service = service }

  /// Makes a gate for a provider's service in its default mode.
  public init(provider: Provider) { self.init(Service(provider)) }

  /// Finds out what the clip is, without judging it.
  public func probe(_ clip: Clip) async throws(VPrepError) -> Probe {
    try await run(clip) { (pipeline) throws(VPrepError) in try pipeline.probe() }
  }

  /// Measures the clip and predicts the provider's answer; writes nothing.
  public func check(_ clip: Clip) async throws(VPrepError) -> Check {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in try pipeline.check() }
  }

  /// Writes a copy of the clip that meets the provider's limits, changed as little as possible.
  ///
  /// - Parameter path: where to write it; `/dev/stdout` gives the finished bytes to standard output. A
  ///   file that is there is replaced in one step, unless the call reads it. The folder is held open, so the output goes nowhere else when the path changes meanwhile.
  public func fit(_ clip: Clip, writingTo path: String) async throws(VPrepError) -> Fit {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in
      try pipeline.fit(to: path)
    }
  }

  /// Plans what `fit` would do, with its reasons, and writes nothing.
  public func planFit(_ clip: Clip) async throws(VPrepError) -> PlannedFit {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in try pipeline.planFit() }
  }

  /// Measures and judges the clip, and plans what `prepare` would do; writes nothing.
  public func planPreparation(_ clip: Clip) async throws(VPrepError) -> PlannedPreparation {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in
      try pipeline.planPreparation()
    }
  }

  /// Picks the best frames, at most `count`, and returns them as JPEG.
  ///
  /// - Parameter path: where to write the first one; the second gets `-2` before its ending.
  ///   Files that were there are replaced, each one whole or not at all.
  public func preview(
    _ clip: Clip, count: Int = 1, writingTo path: String? = nil
  ) async throws(VPrepError) -> Previews {
    try await run(clip) { (pipeline) throws(VPrepError) in
      try pipeline.preview(count: count, writingTo: path)
    }
  }

  /// The main job: check, fit, check of the output, and previews, in one report.
  public func prepare(_ clip: Clip, writingTo path: String) async throws(VPrepError) -> Preparation
  {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in
      try pipeline.prepare(writingTo: path)
    }
  }

  /// Compares `request` with the clip and the photo, without decoding the clip.
  ///
  /// - Returns: What the provider would refuse in the request; empty when nothing is wrong, and
  ///   without a request. Values of parameters are never repeated.
  public func lint(_ clip: Clip) async throws(VPrepError) -> [LintFinding] {
    try await run(clip) { (pipeline) throws(VPrepError) in try pipeline.lint() }
  }

  /// Runs one call on a thread of its own and passes cancellation on.
  ///
  /// - Parameter judged: whether the provider is asked, so that an error names its code.
  private func run<Answer: Sendable>(
    _ clip: Clip, judged: Bool = false,
    _ body: @escaping @Sendable (Pipeline) throws(VPrepError) -> Answer
  ) async throws(VPrepError) -> Answer {
    let watchdog = try makeWatchdog()
    do throws(VPrepError) {
      return try await BlockingWork.run(onCancel: watchdog.cancel) { () throws(VPrepError) in
        try Pipeline(self, clip: clip, watchdog: watchdog).run(body)
      }
    } catch {
      throw judged ? error.named(by: self) : error
    }
  }
}
