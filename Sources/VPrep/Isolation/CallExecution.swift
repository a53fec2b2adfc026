internal import FaceModel
internal import MediaIO

/// Where calls are made: in this process, or each in an isolated one.
package enum CallExecution: Sendable {
  /// In this process, with face networks that are kept from call to call.
  case here(CallEngines)
  /// In the processes of a pool.
  case isolated(IsolationPool)

  /// Makes one call on the calling thread and returns when it is done.
  package func call(
    _ gate: Gate, _ call: Gate.Call, on clip: Clip, cancellation: Cancellation
  ) throws(VPrepError) -> ReportDocument {
    switch self {
    case .here(let engines):
      return try gate.callBlocking(call, on: clip, cancellation: cancellation, engines: engines)
    case .isolated(let pool):
      return try pool.call(gate, call, on: clip, cancellation: cancellation)
    }
  }
}

/// Face networks that one call after another uses.
package final class CallEngines: Sendable {
  let pool: FaceEnginePool

  /// Networks for a process whose number of calls at a time is known.
  package init() { pool = FaceEnginePool(.installed) }

  /// Networks for a host that may make any number of calls at a time.
  ///
  /// As many are kept as there are processors: who once makes a hundred calls at a time does not hold
  /// 20 MB for each of them ever after.
  package static func forAnyHost() -> CallEngines {
    CallEngines(mostIdle: ProcessorCount.available)
  }

  private init(mostIdle: Int) { pool = FaceEnginePool(.installed, mostIdle: mostIdle) }
}

extension IsolationPool {
  /// Makes one call in an isolated process.
  func call(
    _ gate: Gate, _ call: Gate.Call, on clip: Clip, cancellation: Cancellation
  ) throws(VPrepError) -> ReportDocument {
    try run(gate, call, on: clip, cancellation: cancellation) {
      (protected) throws(MediaError) in
      try GrantedOutputs(gate, call, protecting: protected)
    } announce: { (_, _) in
    }
  }

  /// Prepares a clip in an isolated process.
  ///
  /// - Parameters:
  ///   - isNamedByContent: whether a passthrough of a clip that is not an MP4 gets the usual
  ///     extension of its container.
  ///   - announce: called when everything is done except naming the output.
  func prepare(
    _ gate: Gate, _ clip: Clip, writingTo target: OutputTarget, isNamedByContent: Bool,
    cancellation: Cancellation,
    announce: (ReportDocument, inout OutputFile) throws(VPrepError) -> Void
  ) throws(VPrepError) -> ReportDocument {
    try run(
      gate, .prepare(path: target.path), on: clip, isNamedByContent: isNamedByContent,
      cancellation: cancellation
    ) { (protected) throws(MediaError) in
      try GrantedOutputs(
        gate, target: target, isNamedByContent: isNamedByContent, protecting: protected)
    } announce: { (report, output) throws(VPrepError) in
      try announce(report, &output)
    }
  }

  private func run(
    _ gate: Gate, _ call: Gate.Call, on clip: Clip, isNamedByContent: Bool = false,
    cancellation: Cancellation,
    outputs: (ProtectedFiles) throws(MediaError) -> GrantedOutputs,
    announce: (ReportDocument, inout OutputFile) throws(VPrepError) -> Void
  ) throws(VPrepError) -> ReportDocument {
    let watchdog = try gate.makeWatchdog()
    do throws(VPrepError) {
      return try cancellation.guarding(watchdog) { () throws(VPrepError) in
        let (input, photo, protected) = try open(gate, clip, watchdog)
        let granted = try VPrepError.wrapping { () throws(MediaError) in try outputs(protected) }
        let report = try lending { (member) throws(VPrepError) in
          try IsolatedCall(
            gate: gate, call: call, input: input, photo: photo, outputs: granted,
            isNamedByContent: isNamedByContent, cancellation: cancellation
          ).run(with: &member)
        }
        try granted.commit(report) { (output) throws(VPrepError) in try announce(report, &output) }
        return report
      }
    } catch {
      throw call.isJudged ? error.named(by: gate) : error
    }
  }

  /// Opens what the call reads.
  private func open(
    _ gate: Gate, _ clip: Clip, _ watchdog: Watchdog
  ) throws(VPrepError) -> (MediaInput, photo: MediaInput?, ProtectedFiles) {
    let limits = gate.callLimits
    let input = try VPrepError.wrapping { () throws(MediaError) in
      try MediaInput(clip.source, limits: limits, watchdog: watchdog)
    }
    var photo: MediaInput?
    if let source = gate.judging.photo?.source {
      do throws(MediaError) {
        photo = try MediaInput(source, limits: limits, watchdog: watchdog)
      } catch {
        throw PhotoReader.error(error, for: gate.service)
      }
    }
    guard
      [input, photo].allSatisfy({ $0.map { $0.withDescriptor { _ in true } ?? false } ?? true })
    else {
      throw VPrepError(
        kind: .badRequest, stage: "open", file: input.name,
        message: "a clip in memory cannot be read in isolation",
        advice: "Give a file, or an open one.")
    }
    var protected = ProtectedFiles(gate)
    protected.add(input)
    return (input, photo, protected)
  }
}
