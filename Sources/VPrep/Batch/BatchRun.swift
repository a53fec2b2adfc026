internal import Synchronization

/// One run over a batch: a queue of clips, a few of them under way, results for those who ask.
///
/// A clip is started when the reader has taken what was done before, so that no more than twice
/// `jobs` reports are held at any time.
final class BatchRun: Sendable {
  private struct State {
    var plan: BatchWorker?
    /// Whether somebody finds the clips and opens the report.
    var isOpening = false
    /// The next clip to start.
    var next = 0
    var running = 0
    /// Results that nobody has taken yet, in the order in which they came.
    var ready: [BatchResult] = []
    /// Results that were taken over or made.
    var done = 0
    var failure: VPrepError?
    var summary = BatchSummary()
    var isCancelled = false
    var isOver = false
    /// Those who wait for a result or for the report to be open.
    var waiters: [CheckedContinuation<Void, Never>] = []

    /// Whether there is nothing to wait for.
    var isSettled: Bool { !isOpening && (!ready.isEmpty || running == 0) }

    /// The waiting continuations, to be resumed.
    mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
      defer { waiters = [] }
      return waiters
    }
  }

  private enum Step {
    case give(BatchResult)
    case wait
    case end(BatchWorker?, BatchSummary)
    case fail(VPrepError)
  }

  private let batch: Batch
  private let jobs: Int
  private let cancellation = Cancellation()
  private let state = Mutex(State())

  init(_ batch: Batch) {
    self.batch = batch
    jobs = max(1, batch.jobs)
  }

  /// Ends what is under way and starts nothing more.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    cancellation.cancel()
  }

  /// The next result; each goes to one of those who ask.
  func next() async throws(VPrepError) -> BatchResult? {
    let result = await withTaskCancellationHandler {
      await step()
    } onCancel: {
      cancel()
    }
    return try result.get()
  }

  private func step() async -> Result<BatchResult?, VPrepError> {
    if let failure = await open() { return .failure(failure) }
    while true {
      startMore()
      switch state.withLock({ take(&$0) }) {
      case .give(let result): return .success(result)
      case .fail(let error): return .failure(error)
      case .end(let worker, let summary): return await close(worker, summary)
      case .wait: await waitForChange()
      }
    }
  }

  private func take(_ state: inout State) -> Step {
    if !state.ready.isEmpty { return .give(state.ready.removeFirst()) }
    if state.running > 0 { return .wait }
    if state.isOver { return .end(nil, state.summary) }
    state.isOver = true
    let worker = state.plan
    let total = worker?.items.count ?? 0
    if let failure = state.failure {
      worker?.giveUp()
      return .fail(failure)
    }
    if state.done < total {
      worker?.giveUp()
      return .fail(
        VPrepError(
          kind: .cancelled, stage: "batch", file: batch.folder,
          message: "cancelled after \(state.done) of \(total) clips",
          advice: "The next run continues from there."))
    }
    return .end(worker, state.summary)
  }

  private func waitForChange() async {
    await withCheckedContinuation { continuation in
      let isSettled = state.withLock { state in
        if !state.isSettled { state.waiters.append(continuation) }
        return state.isSettled
      }
      if isSettled { continuation.resume() }
    }
  }

  // MARK: - Work

  /// Finds the clips and opens the report, once; others wait until that is done.
  private func open() async -> VPrepError? {
    while state.withLock({ $0.isOpening }) { await waitForChange() }
    let isMine = state.withLock { state in
      let isMine = state.plan == nil && !state.isOver && !state.isOpening
      if isMine { state.isOpening = true }
      return isMine
    }
    guard isMine else { return nil }
    let batch = batch
    let cancellation = cancellation
    let opened = await Self.blocking {
      Result { () throws(VPrepError) in try BatchWorker(batch, cancellation) }
    }
    let (failure, waiters) = state.withLock { state -> (VPrepError?, _) in
      state.isOpening = false
      switch opened {
      case .success(let worker):
        state.plan = worker
        return (nil, state.takeWaiters())
      case .failure(let error):
        state.isOver = true
        return (error, state.takeWaiters())
      }
    }
    for waiter in waiters { waiter.resume() }
    return failure
  }

  private func startMore() {
    while let (worker, item) = state.withLock({ claim(&$0) }) {
      do throws(VPrepError) {
        try OwnThread.start { [self] in
          finish(Result { () throws(VPrepError) in try worker.run(item) })
        }
      } catch {
        finish(.failure(error))
      }
    }
  }

  private func claim(_ state: inout State) -> (BatchWorker, BatchItem)? {
    guard let worker = state.plan, !state.isCancelled, state.failure == nil,
      state.next < worker.items.count, state.running < jobs, state.ready.count < jobs
    else { return nil }
    let item = worker.items[state.next]
    state.next += 1
    state.running += 1
    return (worker, item)
  }

  private func finish(_ result: Result<BatchResult?, VPrepError>) {
    let waiters = state.withLock { state in
      state.running -= 1
      switch result {
      case .success(let result?):
        state.ready.append(result)
        state.summary.add(result)
        state.done += 1
      // The clip was cancelled.
      case .success(nil): break
      case .failure(let error): state.failure = state.failure ?? error
      }
      return state.takeWaiters()
    }
    // Without a report to write to, the other clips' work would be lost as well.
    if case .failure = result { cancellation.cancel() }
    startMore()
    for waiter in waiters { waiter.resume() }
  }

  private func close(
    _ worker: BatchWorker?, _ summary: BatchSummary
  ) async -> Result<BatchResult?, VPrepError> {
    guard let worker else { return .success(nil) }
    return await Self.blocking {
      Result { () throws(VPrepError) in
        try worker.finish(summary)
        return nil
      }
    }
  }

  /// Runs `body` on a thread that may block.
  private static func blocking<R: Sendable>(
    _ body: @escaping @Sendable () -> Result<R, VPrepError>
  ) async -> Result<R, VPrepError> {
    await withCheckedContinuation { continuation in
      do throws(VPrepError) {
        try OwnThread.start { continuation.resume(returning: body()) }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
  }
}
