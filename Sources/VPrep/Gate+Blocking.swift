internal import FaceModel
internal import MediaIO

extension Gate {
  /// One of the gate's calls, as a value.
  package enum Call: Sendable, Equatable, Codable {
    case probe
    case check
    case planFit
    case fit(path: String)
    case preview(count: Int, path: String?)
    case planPreparation
    case prepare(path: String)
  }

  /// Makes one call on the calling thread and returns when it is done.
  ///
  /// For callers without Swift's concurrency, such as the C interface. From a Swift task use the
  /// asynchronous calls: this one would hold a thread of the cooperative pool.
  ///
  /// - Parameter engines: the face networks of earlier calls.
  package func callBlocking(
    _ call: Call, on clip: Clip, cancellation: Cancellation = Cancellation(),
    engines: CallEngines = CallEngines()
  ) throws(VPrepError) -> ReportDocument {
    try callBlocking(call, on: clip, cancellation: cancellation, engines: engines.pool)
  }

  /// The same with any networks.
  ///
  /// - Parameter isNamedByContent: whether `prepare` gives a copy of a clip that is no MP4 the usual
  ///   ending of its own container.
  func callBlocking(
    _ call: Call, on clip: Clip, cancellation: Cancellation, engines: FaceEnginePool,
    isNamedByContent: Bool = false
  ) throws(VPrepError) -> ReportDocument {
    try blocking(clip, judged: call.isJudged, cancellation, engines) {
      (pipeline) throws(VPrepError) in
      switch call {
      case .probe: try pipeline.probe().report
      case .check: try pipeline.check().report
      case .planFit: try pipeline.planFit().report
      case .fit(let path): try pipeline.fit(to: path).report
      case .preview(let count, let path):
        try pipeline.preview(count: count, writingTo: path).report
      case .planPreparation: try pipeline.planPreparation().report
      case .prepare(let path):
        try pipeline.prepare(
          writingTo: pipeline.openTarget(path), isNamedByContent: isNamedByContent
        ) { (_, _) in }.report
      }
    }
  }

  /// Runs `body` on the calling thread with a pipeline that `cancellation` ends.
  ///
  /// - Parameter judged: whether the provider is asked, so that an error names its code.
  func blocking<Answer>(
    _ clip: Clip, judged: Bool, _ cancellation: Cancellation, _ engines: FaceEnginePool,
    _ body: (Pipeline) throws(VPrepError) -> Answer
  ) throws(VPrepError) -> Answer {
    let watchdog = try makeWatchdog()
    do throws(VPrepError) {
      return try cancellation.guarding(watchdog) { () throws(VPrepError) in
        try Pipeline(self, clip: clip, watchdog: watchdog, engines: engines).run(body)
      }
    } catch {
      throw judged ? error.named(by: self) : error
    }
  }
}

extension Gate.Call {
  /// Whether the provider is asked, so that an error names its code.
  var isJudged: Bool {
    switch self {
    case .check, .planFit, .fit, .planPreparation, .prepare: true
    case .probe, .preview: false
    }
  }
}
