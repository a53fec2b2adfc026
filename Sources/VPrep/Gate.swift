internal import FaceModel
internal import MediaIO
public import Services

/// Predicts whether a service will accept a clip, and repairs what can be repaired.
///
/// ```swift
/// let gate = Gate(.tencent(.silent))
/// let result = try await gate.prepare(.file("selfie.mov"), writingTo: "selfie.mp4")
/// if let output = result.output, result.verdict.isAccepted(strict: false) { upload(output.path) }
/// ```
///
/// Calls keep no state and can run in parallel; each one reads the clip again. The work runs on a
/// thread of its own, never on Swift's cooperative pool. Cancelling the task cancels the call.
public struct Gate: Sendable {
  /// The service whose answer is predicted.
  public var service: Service
  /// Who is asked.
  public var provider: Provider { service.provider }
  /// The mode; `nil` where the service has none.
  public var mode: ProviderMode? { service.mode }
  /// How a clip is judged.
  public var judging: Judging
  /// How a clip is brought under the service's limits.
  public var fitting: Fitting
  /// What a result holds beside the verdict and the output.
  public var reporting: Reporting
  /// How a call runs.
  public var runtime: Runtime

  /// A gate for calls that ask nobody: `probe` and `preview` come out alike for every service.
  package static let unasked = Gate(Service(ServiceProfile.all[0]))

  /// Makes a gate for a service.
  public init(
    _ service: Service, judging: Judging = Judging(), fitting: Fitting = Fitting(),
    reporting: Reporting = Reporting(), runtime: Runtime = Runtime()
  ) {
    self.service = service
    self.judging = judging
    self.fitting = fitting
    self.reporting = reporting
    self.runtime = runtime
  }

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

  /// Writes a copy of the clip that meets the service's limits, changed as little as possible.
  ///
  /// - Parameters:
  ///   - clip: the clip to copy.
  ///   - path: where to write it; `/dev/stdout` writes the finished bytes to standard output. An
  ///     existing file is replaced in one step, unless the call reads it. The folder is held open, so
  ///     changing the path during the call does not redirect the output.
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

  /// Picks at most `count` of the best frames and returns them as JPEG.
  ///
  /// - Parameters:
  ///   - clip: the clip to take frames from.
  ///   - count: the most frames to return, 0…10.
  ///   - path: where to write the first one; the second gets `-2` before its extension. Existing files
  ///     are replaced, each one completely or not at all.
  public func preview(
    _ clip: Clip, count: Int = 1, writingTo path: String? = nil
  ) async throws(VPrepError) -> Previews {
    try await run(clip) { (pipeline) throws(VPrepError) in
      try pipeline.preview(count: count, writingTo: path)
    }
  }

  /// Checks and fits the clip, checks the output, and adds previews.
  ///
  /// A clip that only a new recording can help is not encoded: then there is no output.
  public func prepare(_ clip: Clip, writingTo path: String) async throws(VPrepError) -> Preparation
  {
    try await run(clip, judged: true) { (pipeline) throws(VPrepError) in
      try pipeline.prepare(writingTo: path)
    }
  }

  /// Compares `request` with the clip and the photo, without decoding the clip.
  ///
  /// - Returns: the faults that the provider would refuse; empty if nothing is wrong or there is no
  ///   request. Values of parameters are never repeated.
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
        try Pipeline(
          self, clip: clip, watchdog: watchdog, engines: FaceEnginePool(.installed)
        ).run(body)
      }
    } catch {
      throw judged ? error.named(by: self) : error
    }
  }
}
