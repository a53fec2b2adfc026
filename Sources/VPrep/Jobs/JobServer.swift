internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The worker: reads jobs, a line each, and answers each with one line, in their order.
///
/// Jobs that ask for it get lines about their progress before.
package final class JobServer: Sendable {
  private struct State {
    /// Answers that wait for those before them.
    var ready: [Int: [UInt8]] = [:]
    /// The answer that is to be written next.
    var next = 0
    var failure: VPrepError?
  }

  private let input: Int32
  private let write: @Sendable ([UInt8]) throws(VPrepError) -> Void
  private let place: CallExecution
  private let jobs: Int
  private let cancellation = Cancellation()
  private let state = Mutex(State())
  /// Jobs that may be started.
  private let slots = DispatchSemaphore(value: 0)
  /// Lines that may be read: answers that wait for an earlier one take memory.
  private let room = DispatchSemaphore(value: 0)
  /// A pipe that is written to when no more lines are wanted.
  private let wake: (read: Int32, write: Int32)

  /// - Parameters:
  ///   - input: where the jobs come from; it is not closed.
  ///   - jobs: how many are worked on at once.
  ///   - place: where the calls are made.
  ///   - write: writes all bytes of a line at once; it is called by one thread at a time.
  package init(
    input: Int32, jobs: Int, place: CallExecution,
    write: @escaping @Sendable ([UInt8]) throws(VPrepError) -> Void
  ) throws(VPrepError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      throw VPrepError(
        kind: .resourcesExhausted, stage: "open", file: "",
        message: "no pipe can be made: \(unsafe String(cString: strerror(errno)).lowercased())")
    }
    // A process that is started meanwhile closes what it has no use for by itself.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wake = (ends[0], ends[1])
    self.input = input
    self.place = place
    self.jobs = max(1, jobs)
    self.write = write
    // A semaphore must not end below the value that it began with, so it begins with 0.
    for _ in 0..<self.jobs { slots.signal() }
    for _ in 0..<Self.room(self.jobs) { room.signal() }
  }

  deinit {
    close(wake.read)
    close(wake.write)
  }

  private static func room(_ jobs: Int) -> Int { 4 * jobs }

  /// Ends the jobs that are under way, which are answered, and reads no more.
  package func cancel() {
    cancellation.cancel()
    wakeReader(wake.write)
  }

  /// Serves on the calling thread until the input ends; every job that was read is answered then.
  ///
  /// - Throws: `VPrepError` when an answer cannot be written or the input not be read, and
  ///   `.cancelled` after a cancellation.
  package func run() throws(VPrepError) {
    let reader = LineReader(input, wake: wake.read, mostBytes: Job.mostBytes)
    var number = 0
    while true {
      room.wait()
      let line: LineReader.Line
      do throws(LineReader.ReadError) {
        line = try reader.next()
      } catch {
        stop(
          VPrepError(
            kind: .outputNotWritten, stage: "arguments", file: "standard input",
            message: "cannot be read: \(unsafe String(cString: strerror(error.code)).lowercased())")
        )
        line = .end
      }
      if line == .end { break }
      if case .text(let text) = line, text.allSatisfy(Self.isBlank) {
        room.signal()
        continue
      }
      start(line, number)
      number += 1
    }
    // One was taken for the end.
    for _ in 1..<Self.room(jobs) { room.wait() }
    for _ in 0..<Self.room(jobs) { room.signal() }
    if let failure = state.withLock({ $0.failure }) { throw failure }
    guard cancellation.isCancelled else { return }
    throw VPrepError(
      kind: .cancelled, stage: "worker", file: "", message: "\(number) jobs were answered")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  // MARK: - One job

  private func start(_ line: LineReader.Line, _ number: Int) {
    slots.wait()
    let work: @Sendable () -> Void = { [self] in
      let answer = answer(line).line
      slots.signal()
      deliver(answer, number)
    }
    // One job after another needs no further thread.
    guard jobs > 1 else { return work() }
    do throws(VPrepError) {
      try OwnThread.start(work)
    } catch {
      slots.signal()
      deliver(JobAnswer(Job.Refusal(error: error)).line, number)
    }
  }

  private func answer(_ line: LineReader.Line) -> JobAnswer {
    do throws(Job.Refusal) {
      guard case .text(let text) = line else {
        throw Job.Refusal(
          error: OptionReader.error("the line has more than \(Job.mostBytes) bytes"))
      }
      let job = try Job(text)
      var gate = job.gate
      if job.wantsProgress {
        gate.runtime.onProgress = { [self] in tell(JobProgress(job, $0).line) }
      }
      return JobAnswer(
        job,
        Result { [gate] () throws(VPrepError) in
          try place.call(gate, job.call, on: job.clip, cancellation: cancellation)
        })
    } catch {
      return JobAnswer(error)
    }
  }

  /// Writes a line that is no answer and waits for none.
  private func tell(_ line: [UInt8]) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do throws(VPrepError) {
        try write(line)
      } catch {
        state.failure = error
        cancel()
      }
    }
  }

  /// Writes an answer, and those that have waited for it.
  private func deliver(_ answer: [UInt8], _ number: Int) {
    state.withLock { state in
      state.ready[number] = answer
      while let line = state.ready.removeValue(forKey: state.next) {
        state.next += 1
        room.signal()
        guard state.failure == nil else { continue }
        do throws(VPrepError) {
          try write(line)
        } catch {
          state.failure = error
          cancel()
        }
      }
    }
  }

  private func stop(_ failure: VPrepError) {
    state.withLock { $0.failure = $0.failure ?? failure }
    cancellation.cancel()
  }
}

/// Writes a byte into a pipe, so that who waits at its other end does not.
private func wakeReader(_ pipe: Int32) {
  var byte: UInt8 = 0
  _ = unsafe write(pipe, &byte, 1)
}
