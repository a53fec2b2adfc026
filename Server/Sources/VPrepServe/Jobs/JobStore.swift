/// The jobs that are known: those that wait or work, and those whose results nobody has fetched yet.
actor JobStore {
  private let most: Int
  private let keepSeconds: Double
  private let metrics: Metrics
  private var jobs: [String: AsyncJob] = [:]
  private var timers: [String: Task<Void, Never>] = [:]
  private var isStopped = false

  /// - Parameters:
  ///   - most: how many jobs are known at once.
  ///   - keepSeconds: how long a result is kept.
  init(most: Int, keepSeconds: Double, metrics: Metrics) {
    self.most = most
    self.keepSeconds = keepSeconds
    self.metrics = metrics
  }

  /// Why a job would be refused now; `nil` if it would not.
  var refusal: ServiceError? {
    if isStopped { return .stopping }
    guard jobs.count >= most else { return nil }
    return ServiceError(
      status: .tooManyRequests, kind: "busy", stage: "queue",
      message: "\(most) jobs are known already",
      advice: "Fetch results, which makes room, and send the request again.", retryAfter: 5)
  }

  /// Starts a job once its work has a place in the queue.
  ///
  /// - Parameter work: makes the call, and tells when it waits and begins.
  func submit(
    _ call: Job.Call, owner: TokenOwner?,
    work: @escaping @Sendable (@escaping @Sendable (CallNews) -> Void) async throws -> CallOutcome
  ) async throws -> AsyncJob {
    if let refusal { throw refusal }
    let job = AsyncJob(call: call, owner: owner)
    jobs[job.id] = job
    metrics.set(jobs: jobs.count)
    let (places, place) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    job.set(
      Task {
        do {
          let outcome = try await work { news in
            job.take(news)
            place.yield()
          }
          job.finish(.success(outcome))
        } catch let error as ServiceError {
          job.finish(.failure(error))
        } catch {
          job.finish(.failure(.stopping))
        }
        place.finish()
        keep(job)
      })
    for await _ in places { return job }
    // It has ended before it had a place.
    remove(job)
    guard case .failure(let error)? = job.outcome else { return job }
    throw error
  }

  /// The job of a name, for those whose it is.
  func find(_ id: String, owner: TokenOwner?) -> AsyncJob? {
    jobs[id].flatMap { $0.owner == owner ? $0 : nil }
  }

  /// Forgets a job, and ends its work.
  func remove(_ job: AsyncJob, _ reason: ServiceError = .cancelled) {
    job.cancel(reason)
    guard jobs.removeValue(forKey: job.id) != nil else { return }
    timers.removeValue(forKey: job.id)?.cancel()
    metrics.set(jobs: jobs.count)
  }

  /// Takes no more jobs, and ends those that nobody listens to: their results could not be fetched any more.
  func drain() {
    isStopped = true
    for job in jobs.values where !job.isHeard { remove(job, .stopping) }
  }

  /// Ends all jobs and waits for the end of their work.
  func stop() async {
    isStopped = true
    let left = Array(jobs.values)
    for job in left { remove(job, .stopping) }
    for job in left { await job.end() }
  }

  /// Keeps a result for its time.
  private func keep(_ job: AsyncJob) {
    guard jobs[job.id] != nil, !isStopped || job.isHeard else { return remove(job) }
    timers[job.id] = Task {
      try? await Task.sleep(for: .seconds(keepSeconds))
      if !Task.isCancelled { remove(job) }
    }
  }
}
