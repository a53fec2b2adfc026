internal import Dispatch
internal import Synchronization

/// Isolated processes that make calls, so that a clip which crashes or exhausts its process affects
/// no other clip.
///
/// The processes are started before they are needed, keep their networks open, and serve one call
/// after another. They have no network, open no files and start no processes; the parent opens the
/// clip and the output files and passes them on. Memory, processor time and file size are bounded.
/// They run the same program, so only the program `vprep` can have them; a Swift or C program that
/// links the library is another program.
package final class IsolationPool: Sendable {
  /// A process and what it has done.
  struct Member {
    let process: IsolatedProcess
    /// The fences around it, as `cs_enter` has them; `nil` until it waits for calls.
    var fences: Int32?
    var calls = 0
  }

  private let idle: Mutex<[Member]>
  private let free = DispatchSemaphore(value: 0)

  /// Starts the first process; the others, at most `size`, are started when the first are at work.
  package init(size: Int) throws(VPrepError) {
    idle = Mutex([Member(process: try IsolatedProcess())])
    // A semaphore must not end below the value that it began with, so it begins with 0.
    for _ in 0..<max(1, size) { free.signal() }
  }

  /// The fences that stand around a process here, as `cs_enter` has them.
  package static func fences() throws(VPrepError) -> Int32 {
    var member = Member(process: try IsolatedProcess())
    return try member.waitUntilReady()
  }

  /// Lends a process to `body`; where all are at work it waits for one.
  func lending<R>(_ body: (inout Member) throws(VPrepError) -> R) throws(VPrepError) -> R {
    free.wait()
    defer { free.signal() }
    var member: Member
    if let found = takeIdle() {
      member = found
    } else {
      member = Member(process: try IsolatedProcess())
    }
    defer { takeBack(member) }
    return try body(&member)
  }

  /// A process that waits for a call, without one `nil`.
  ///
  /// One that died meanwhile is no call's fault.
  private func takeIdle() -> Member? {
    while let member = idle.withLock({ $0.popLast() }) {
      if member.process.isAlive { return member }
      member.process.end()
    }
    return nil
  }

  /// Keeps a process for the next call, or starts another where it is gone or has served enough.
  private func takeBack(_ member: Member) {
    var member = member
    if member.process.hasEnded || member.calls >= IsolationBounds.calls {
      member.process.end()
      // Where none can be started now, the next call tries again.
      guard let fresh = try? IsolatedProcess() else { return }
      member = Member(process: fresh)
    }
    idle.withLock { $0.append(member) }
  }
}

extension IsolationPool.Member {
  /// Waits until the process is behind its fences; returns them.
  @discardableResult
  mutating func waitUntilReady() throws(VPrepError) -> Int32 {
    if let fences { return fences }
    let deadline = ContinuousClock.now + .seconds(IsolationBounds.start)
    let message = try? process.socket.receive(ChildMessage.self, until: deadline).message
    guard case .ready(let found) = message else {
      let end = process.end(patience: IsolationBounds.grace)
      throw VPrepError(
        kind: .resourcesExhausted, stage: "open", file: "",
        message: "an isolated process does not start: \(end)",
        advice: "See vprep doctor; --no-isolate works without such processes.")
    }
    fences = found
    return found
  }
}
