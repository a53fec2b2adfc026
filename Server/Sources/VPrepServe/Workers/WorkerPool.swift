import Dispatch

/// Worker processes that take calls one after another, and the queue before them.
actor WorkerPool {
  private let program: String
  private let size: Int
  private let queue: Int
  private let metrics: Metrics
  private let threads = DispatchQueue(label: "vprep-serve.workers", attributes: .concurrent)

  /// Processes that wait for a call.
  private var idle: [WorkerProcess] = []
  /// Processes that work on one.
  private var busy: [ObjectIdentifier: WorkerProcess] = [:]
  private var free: Int
  private var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
  private var lastNumber = 0
  private var isStopped = false
  /// Mean seconds of a call, the latest of most weight.
  private var meanSeconds = 1.0

  /// Seconds behind a call's own time limit at which its worker is ended: the worker ends it before.
  static let grace = 5.0

  /// - Parameters:
  ///   - program: the program `vprep`.
  ///   - size: calls at once.
  ///   - queue: calls that may wait.
  init(program: String, size: Int, queue: Int, metrics: Metrics) {
    self.program = program
    self.size = size
    self.queue = queue
    self.metrics = metrics
    free = size
  }

  /// Starts the processes, so that the first calls find them ready.
  func start() throws(WorkerProcess.Failure) {
    while idle.count < size { idle.append(try WorkerProcess(program: program)) }
  }

  /// Whether calls are taken.
  var isReady: Bool { !isStopped && (!idle.isEmpty || !busy.isEmpty) }

  /// Why a call would be refused now; `nil` if it would not.
  var refusal: ServiceError? {
    if isStopped { return .stopping }
    return free == 0 && waiting.count >= queue ? busyError : nil
  }

  /// Ends the calls that wait and those under way.
  func stop() {
    isStopped = true
    for entry in waiting { entry.continuation.resume(throwing: ServiceError.stopping) }
    waiting = []
    for process in busy.values { process.end() }
    idle = []
  }

  /// Makes a call, waiting for a process.
  ///
  /// Ends early where the task is cancelled: the process that works on it is then ended.
  ///
  /// - Parameters:
  ///   - seconds: how long the call may take once it has begun.
  ///   - tell: told when the call waits, when it has begun, and how far it has come.
  func run(
    _ job: Job, seconds: Double, tell: @escaping @Sendable (CallNews) -> Void = { _ in }
  ) async throws -> WorkerAnswer {
    try await takeSlot { tell(.waiting) }
    defer { giveBackSlot() }
    try Task.checkCancellation()
    tell(.begun)
    let start = ContinuousClock.now
    defer { meanSeconds += ((ContinuousClock.now - start) / .seconds(1) - meanSeconds) / 8 }
    // A process that was ended from outside says nothing about the clip, so the call is made again.
    for attempt in 1...2 {
      do throws(WorkerProcess.Failure) {
        var answer = try await ask(job, seconds: seconds, tell: tell)
        answer.seconds = (ContinuousClock.now - start) / .seconds(1)
        return answer
      } catch {
        if isStopped { throw ServiceError.stopping }
        try Task.checkCancellation()
        switch error {
        case .timedOut:
          throw ServiceError(
            status: .gatewayTimeout, kind: "limit", stage: "worker",
            message: "not finished after \(Int(seconds)) s")
        case .ended where attempt == 1: continue
        case .ended, .notStarted:
          throw ServiceError(
            status: .serviceUnavailable, kind: "resources", stage: "worker",
            message: "no worker could be kept running", advice: "Send the request again.",
            retryAfter: 5)
        }
      }
    }
    throw ServiceError.stopping
  }

  private func ask(
    _ job: Job, seconds: Double, tell: @escaping @Sendable (CallNews) -> Void
  ) async throws(WorkerProcess.Failure) -> WorkerAnswer {
    let process = try takeProcess()
    busy[ObjectIdentifier(process)] = process
    metrics.set(busy: busy.count)
    defer {
      busy[ObjectIdentifier(process)] = nil
      metrics.set(busy: busy.count)
    }
    let outcome: Result<[UInt8], WorkerProcess.Failure> = await withTaskCancellationHandler {
      await withCheckedContinuation { done in
        threads.async {
          done.resume(
            returning: Result { () throws(WorkerProcess.Failure) in
              try process.ask(job.line, seconds: seconds) { tell(.progress($0)) }
            })
        }
      }
    } onCancel: {
      process.end()
    }
    if case .success(let line) = outcome, let answer = WorkerAnswer(line) {
      if !isStopped { idle.append(process) }
      return answer
    }
    process.end()
    metrics.countRestart()
    if !isStopped, let next = try? WorkerProcess(program: program) { idle.append(next) }
    throw outcome.failure ?? .ended
  }

  /// A process that waits, or a new one; those that were ended from outside meanwhile are dropped.
  private func takeProcess() throws(WorkerProcess.Failure) -> WorkerProcess {
    while let process = idle.popLast() {
      if !process.hasEnded { return process }
      metrics.countRestart()
    }
    return try WorkerProcess(program: program)
  }

  // MARK: - The queue

  private func takeSlot(onWaiting: () -> Void) async throws {
    if let refusal { throw refusal }
    if free > 0 {
      free -= 1
      return
    }
    onWaiting()
    lastNumber += 1
    let number = lastNumber
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        waiting.append((number, continuation))
        metrics.set(waiting: waiting.count)
      }
    } onCancel: {
      Task { await self.giveUp(number) }
    }
  }

  private func giveUp(_ number: Int) {
    guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
    waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    metrics.set(waiting: waiting.count)
  }

  private func giveBackSlot() {
    guard !waiting.isEmpty else {
      free += 1
      return
    }
    waiting.removeFirst().continuation.resume()
    metrics.set(waiting: waiting.count)
  }

  private var busyError: ServiceError {
    let seconds = meanSeconds * Double(waiting.count + 1) / Double(size)
    return ServiceError(
      status: .tooManyRequests, kind: "busy", stage: "queue",
      message: "\(waiting.count) requests are waiting already",
      advice: "Send the request again after the seconds in Retry-After.",
      retryAfter: max(1, Int(seconds.rounded(.up))))
  }
}

/// What is told about a call before its answer.
enum CallNews: Sendable, Equatable {
  /// It waits for a worker.
  case waiting
  /// A worker has begun it.
  case begun
  /// How far the worker has come.
  case progress(CallProgress)
}

extension Result {
  fileprivate var failure: Failure? {
    guard case .failure(let failure) = self else { return nil }
    return failure
  }
}
