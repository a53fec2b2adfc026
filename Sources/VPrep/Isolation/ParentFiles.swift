internal import MediaIO
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The files of an isolated process's outputs, which its parent makes.
///
/// Several threads may ask; one question is answered after another.
final class ParentFiles: OutputBroker {
  private let socket: IsolationSocket
  private let turn = Mutex(())

  init(_ socket: IsolationSocket) { self.socket = socket }

  func makeFile(
    for name: String, in folder: String
  ) throws(SystemError) -> (number: Int, descriptor: Int32) {
    let (answer, files) = try ask(.makeFile(name: name, folder: folder))
    guard case .file(let number) = answer, files.count == 1 else { throw refusal(answer) }
    return (number, files[0])
  }

  func place(_ file: Int, as name: String) throws(SystemError) {
    let (answer, _) = try ask(.place(file: file, name: name))
    guard case .done = answer else { throw refusal(answer) }
  }

  func giveUp(_ file: Int) { say(.giveUp(file: file)) }

  /// Says something that needs no answer.
  func say(_ message: ChildMessage) {
    turn.withLock { _ in try? socket.send(message) }
  }

  private func ask(_ question: ChildMessage) throws(SystemError) -> (ParentMessage, [Int32]) {
    let answer = turn.withLock { _ in
      Result { () throws(IsolationSocket.Failure) in
        try socket.send(question)
        let (message, files) = try socket.receive(ParentMessage.self)
        return (message, files)
      }
    }
    // Without its parent the process is about to end.
    do { return try answer.get() } catch { throw SystemError(code: EPIPE) }
  }

  private func refusal(_ answer: ParentMessage) -> SystemError {
    guard case .refused(let code) = answer else { return SystemError(code: EPROTO) }
    return SystemError(code: code)
  }
}
