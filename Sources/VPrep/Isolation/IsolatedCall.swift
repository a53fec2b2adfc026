internal import CSandbox
internal import MediaIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One call that an isolated process makes for this one.
struct IsolatedCall {
  let gate: Gate
  let call: Gate.Call
  let input: MediaInput
  let photo: MediaInput?
  let outputs: GrantedOutputs
  let isNamedByContent: Bool
  let cancellation: Cancellation

  /// Why the process gave no answer.
  private enum Silence: Error {
    case failure(VPrepError)
    case socket(IsolationSocket.Failure)
  }

  /// Makes the call with a process, which has ended where it gives no answer.
  func run(with member: inout IsolationPool.Member) throws(VPrepError) -> ReportDocument {
    try member.waitUntilReady()
    let process = member.process
    member.calls += 1
    process.allowProcessorTime(IsolationBounds.processorSeconds(gate))
    let deadline =
      gate.runtime.timeLimit.isFinite
      ? ContinuousClock.now
        + .seconds(min(gate.runtime.timeLimit, Watchdog.longest) + IsolationBounds.grace)
      : nil
    let outcome = cancellation.guarding(onCancel: process.socket.end) {
      Result { () throws(Silence) in try answer(of: process, until: deadline) }
    }
    switch outcome {
    case .success(let answer): return try answer.get()
    case .failure(.failure(let error)):
      process.end()
      throw error
    case .failure(.socket(let failure)): throw silence(failure, of: process)
    }
  }

  // MARK: - The conversation

  private func answer(
    of process: IsolatedProcess, until deadline: ContinuousClock.Instant?
  ) throws(Silence) -> Result<ReportDocument, VPrepError> {
    let socket = process.socket
    try say(.call(request), to: socket, files: descriptors)
    while true {
      let message: ChildMessage
      do throws(IsolationSocket.Failure) {
        let came = try socket.receive(ChildMessage.self, until: deadline)
        // A process has nothing to hand over.
        came.files.forEach { close($0) }
        message = came.message
      } catch {
        throw .socket(error)
      }
      switch message {
      case .ready: throw .socket(.malformed)
      case .progress(let stage, let share, let secondsLeft):
        guard let stage = Gate.Progress.Stage(rawValue: stage) else { continue }
        gate.runtime.onProgress?(
          Gate.Progress(stage: stage, share: share, secondsLeft: secondsLeft))
      case .makeFile(let name, let folder): try makeFile(name, in: folder, for: socket)
      case .place(let number, let name):
        let isPlaced = try granted { () throws(MediaError) in
          try outputs.place(number, as: name)
        }
        try say(isPlaced ? .done : .refused(EPERM), to: socket)
      case .giveUp(let number): outputs.giveUp(number)
      case .report(var report, let illustration):
        report.illustration = illustration
        return .success(report)
      case .failure(let failure): return .failure(attributed(failure.error))
      }
    }
  }

  private var request: IsolatedRequest {
    IsolatedRequest(
      settings: GateSettings(gate), call: call, clip: input.name, photo: photo?.name,
      isNamedByContent: isNamedByContent)
  }

  /// The open files that go along.
  private var descriptors: [Int32] {
    [input, photo].compactMap { $0?.withDescriptor { $0 } }
  }

  private func makeFile(
    _ name: String, in folder: String, for socket: IsolationSocket
  ) throws(Silence) {
    var sent: Result<Void, Silence> = .success(())
    let isMade = try granted { () throws(MediaError) in
      try outputs.make(name: name, folder: folder) { number, descriptor in
        sent = Result { () throws(Silence) in
          try say(.file(number), to: socket, files: [descriptor])
        }
      }
    }
    try sent.get()
    if !isMade { try say(.refused(EPERM), to: socket) }
  }

  /// What an output needs here; that it fails ends the call, whatever the process makes of it.
  private func granted(_ body: () throws(MediaError) -> Bool) throws(Silence) -> Bool {
    do throws(MediaError) { return try body() } catch { throw .failure(VPrepError(error)) }
  }

  private func say(
    _ message: ParentMessage, to socket: IsolationSocket, files: [Int32] = []
  ) throws(Silence) {
    do throws(IsolationSocket.Failure) {
      try socket.send(message, files: files)
    } catch {
      throw .socket(error)
    }
  }

  /// The error of a process, in which memory is missing because its own is bounded: trying again
  /// later will not help.
  ///
  /// Where this process has less to give than that bound, no lack of memory tells of the clip.
  private func attributed(_ error: VPrepError) -> VPrepError {
    let isLack = error.kind == .resourcesExhausted || (error.cause == .limit && !hasMemory)
    return isLack && error.message.contains("memory") ? outOfMemory : error
  }

  /// Whether an isolated process may have all the memory that is meant for it.
  private var hasMemory: Bool { cs_memory_left() >= UInt64(IsolationBounds.memory) }

  // MARK: - Without an answer

  /// Why a process is silent, which has ended afterwards.
  private func silence(
    _ failure: IsolationSocket.Failure, of process: IsolatedProcess
  ) -> VPrepError {
    if cancellation.isCancelled {
      process.end()
      return VPrepError(
        kind: .cancelled, stage: "open", file: input.name, message: "cancelled")
    }
    switch failure {
    case .timedOut:
      process.end()
      return error(
        .limit, "not finished after \(Int(gate.runtime.timeLimit)) s",
        "The file may be damaged; record the clip again.")
    case .malformed:
      process.end()
      return error(
        .crashed, "the isolated process gave an invalid answer",
        "The clip may be hostile, or vprep has a bug; please report it.")
    case .closed: return reason(process.end(patience: IsolationBounds.grace))
    }
  }

  private func reason(_ end: IsolatedProcess.End) -> VPrepError {
    switch end {
    case .signal(SIGXCPU):
      error(
        .limit,
        "it took more than \(Int(IsolationBounds.processorSeconds(gate))) s of processor time",
        "The file may be damaged; record the clip again.")
    case .signal(SIGXFSZ): tooLargeFile
    case .status(IsolationBounds.memoryStatus): outOfMemory
    case .signal, .status:
      error(
        .crashed, "the isolated process \(end)",
        "The clip may be hostile, or vprep has a bug; please report it.")
    }
  }

  /// The shell may allow smaller files than this program does.
  private var tooLargeFile: VPrepError {
    var limit = rlimit()
    #if canImport(Darwin)
      let bound = RLIMIT_FSIZE
    #else
      let bound = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #endif
    guard unsafe getrlimit(bound, &limit) == 0,
      limit.rlim_cur < rlim_t(IsolationBounds.fileSize)
    else { return error(.limit, "an output has more than \(IsolationBounds.fileSize) bytes", nil) }
    return VPrepError(
      kind: .outputNotWritten, stage: "isolation", file: input.name,
      message: "an output cannot be written: file too large",
      advice: "Files may have \(limit.rlim_cur) bytes here; allow more (ulimit -f).")
  }

  private var outOfMemory: VPrepError {
    guard hasMemory else {
      return VPrepError(
        kind: .resourcesExhausted, stage: "isolation", file: input.name,
        message: "this process may use only \(cs_memory_left() >> 20) MB more memory",
        advice: "Allow more (ulimit -v).")
    }
    return error(
      .limit, "it takes more than \(IsolationBounds.memory >> 20) MB of memory",
      "The file may be damaged; record the clip again.")
  }

  private func error(
    _ cause: VPrepError.Cause, _ message: String, _ advice: String?
  ) -> VPrepError {
    VPrepError(
      kind: .unusableInput(.unreadable), cause: cause, stage: "isolation", file: input.name,
      message: message, advice: advice)
  }
}
