import Synchronization

/// A call that goes on without its request, and what is told about it.
final class AsyncJob: Sendable {
  /// How far it has come.
  enum Phase: String, Sendable, Encodable { case queued, running, done, failed }

  /// One thing that has happened, as a line of its event stream.
  struct Event: Sendable, Equatable {
    let number: Int
    let name: String
    let data: [UInt8]
  }

  private struct State {
    var phase = Phase.queued
    var progress: CallProgress?
    var outcome: Result<CallOutcome, ServiceError>?
    var events: [Event] = []
    var lastNumber = 0
    var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    var task: Task<Void, Never>?
  }

  let id: String
  /// Whose token has asked for it; `nil` where no token is needed.
  let owner: TokenOwner?
  let call: Job.Call
  private let state = Mutex(State())

  /// Most events that are kept for who listens late; the oldest reports of progress make room.
  private static let mostEvents = 64

  init(call: Job.Call, owner: TokenOwner?) {
    id = Self.identifier()
    self.call = call
    self.owner = owner
  }

  /// 128 random bits of the system's generator as hexadecimal digits.
  private static func identifier() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  // MARK: - What happens

  /// The work, which is ended by `cancel`.
  func set(_ task: Task<Void, Never>) { state.withLock { $0.task = task } }

  func take(_ news: CallNews) {
    change { state in
      guard state.outcome == nil else { return }
      switch news {
      case .waiting: append(&state, "state", document(state))
      case .begun:
        state.phase = .running
        append(&state, "state", document(state))
      case .progress(let progress):
        let isSameStage = state.progress?.stage == progress.stage
        state.progress = progress
        // Of one stage the latest counts.
        if isSameStage, state.events.last?.name == "progress" { state.events.removeLast() }
        append(&state, "progress", JSON.line(progress))
      }
    }
  }

  /// Ends it; what comes later is ignored.
  func finish(_ outcome: Result<CallOutcome, ServiceError>) {
    change { state in
      guard state.outcome == nil else { return }
      state.outcome = outcome
      switch outcome {
      case .success(let outcome):
        state.phase = .done
        append(&state, "result", outcome.report)
      case .failure(let error):
        state.phase = .failed
        append(&state, "error", error.json)
      }
    }
  }

  /// Ends it and its work.
  func cancel(_ reason: ServiceError) {
    finish(.failure(reason))
    state.withLock { $0.task }?.cancel()
  }

  /// Waits until its work has ended.
  func end() async { await state.withLock { $0.task }?.value }

  private func append(_ state: inout State, _ name: String, _ data: [UInt8]) {
    state.lastNumber += 1
    if state.events.count >= Self.mostEvents {
      state.events.remove(at: state.events.firstIndex { $0.name == "progress" } ?? 0)
    }
    state.events.append(Event(number: state.lastNumber, name: name, data: data))
  }

  private func change(_ body: (inout State) -> Void) {
    let listeners = state.withLock { state in
      body(&state)
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.yield() }
  }

  // MARK: - What is told

  /// The answer; `nil` while there is none.
  var outcome: Result<CallOutcome, ServiceError>? { state.withLock { $0.outcome } }

  /// Whether anybody follows its events.
  var isHeard: Bool { state.withLock { !$0.listeners.isEmpty } }

  /// The object `vprep.job/1`.
  var document: [UInt8] { state.withLock { document($0) } }

  private func document(_ state: State) -> [UInt8] {
    JSON.line(
      JobDocument(
        id: id, call: call, state: state.phase, progress: state.progress,
        result: state.outcome == nil ? nil : "/v1/jobs/\(id)/result"))
  }

  /// The events behind a number, and whether no more follow.
  func events(after number: Int) -> (events: [Event], isOver: Bool) {
    state.withLock { state in
      (state.events.filter { $0.number > number }, state.outcome != nil)
    }
  }

  /// Wakes whenever something has happened, and once at the beginning, until the listener is gone.
  func listen() -> (wakes: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) {
    let (wakes, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      let number = (state.listeners.keys.max() ?? 0) + 1
      state.listeners[number] = continuation
      return number
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.listeners[number] = nil }
    }
    continuation.yield()
    return (wakes, continuation)
  }
}

/// What a job is: `vprep.job/1`.
private struct JobDocument: Encodable {
  let schema = "vprep.job/1"
  let id: String
  let call: Job.Call
  let state: AsyncJob.Phase
  let progress: CallProgress?
  let result: String?

  private enum CodingKeys: String, CodingKey { case schema, id, call, state, progress, result }

  // Every key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(id, forKey: .id)
    try container.encode(call, forKey: .call)
    try container.encode(state, forKey: .state)
    try container.encode(progress, forKey: .progress)
    try container.encode(result, forKey: .result)
  }
}
