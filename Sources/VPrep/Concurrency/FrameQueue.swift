internal import Dispatch
internal import MediaIO
internal import Synchronization

/// A bounded queue from the thread that decodes to the one that measures.
///
/// Frames change their owner in it and are not copied. No more than `capacity` of them wait, so that
/// memory does not grow with the clip.
final class FrameQueue: Sendable {
  /// A frame, and how it is to be measured.
  struct Entry: ~Copyable, Sendable {
    let frame: VideoFrame
    /// Whether it is one of the samples that are measured in any case.
    let isSample: Bool
    /// Whether its eyes are measured in any case.
    let followsEyes: Bool
  }

  private struct State: Sendable {
    var waiting: [Handover<Entry>] = []
    var isAbandoned = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  init(capacity: Int) {
    // A semaphore must not end below the value that it began with, so it begins with 0.
    for _ in 0..<capacity { room.signal() }
  }

  /// Hands a frame over, waiting for room; `false` when nobody takes frames any more.
  func push(_ entry: consuming Entry) -> Bool {
    let handover = Handover(entry)
    if isAbandoned { return false }
    room.wait()
    let isTaken = state.withLock { state in
      if state.isAbandoned { return false }
      state.waiting.append(handover)
      return true
    }
    if isTaken { filled.signal() }
    return isTaken
  }

  /// The next frame, waiting for it; `nil` when none follows.
  func take() -> Entry? {
    filled.wait()
    let handover = state.withLock { state in
      state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
    guard let handover else { return nil }
    room.signal()
    return handover.take()
  }

  /// Says that no frame follows.
  func close() { filled.signal() }

  /// Says that nobody takes frames any more, and lets go of those that wait.
  func abandon() {
    state.withLock { state in
      state.isAbandoned = true
      state.waiting = []
    }
    // One thread decodes; it is woken if it waits for room.
    room.signal()
    filled.signal()
  }

  private var isAbandoned: Bool { state.withLock { $0.isAbandoned } }
}
