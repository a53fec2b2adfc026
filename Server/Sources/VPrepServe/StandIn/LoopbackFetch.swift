import Dispatch
import Foundation
import Glibc

/// Fetches a file from this machine, as the service fetches clips from its buckets.
enum LoopbackFetch {
  /// Why a file cannot be fetched, with the service's code for it.
  enum Failure: Error, CustomStringConvertible {
    /// The address is not one of this machine over HTTP.
    case elsewhere
    case failed(String)
    /// It took more than the 4 s that the document allows.
    case timedOut

    var code: String {
      switch self {
      case .elsewhere, .failed: "FailedOperation.DownLoadError"
      case .timedOut: "FailedOperation.DownLoadTimeoutError"
      }
    }

    var description: String {
      switch self {
      case .elsewhere: "the stand-in fetches http://127.0.0.1 and http://localhost alone"
      case .failed(let reason): "the file cannot be fetched: \(reason)"
      case .timedOut: "the file was not fetched within \(Int(LoopbackFetch.seconds)) s"
      }
    }
  }

  /// Seconds that a download may take (VideoLivenessCompare, VideoUrl).
  static let seconds = 4.0
  /// Far above what the service takes, so that too large a file gets the service's code.
  private static let mostBytes = 64 << 20

  /// The body of the answer.
  static func bytes(of url: String) async throws(Failure) -> [UInt8] {
    guard let parts = URLComponents(string: url), parts.scheme == "http",
      ["127.0.0.1", "localhost"].contains(parts.host), let port = UInt16(exactly: parts.port ?? 80)
    else { throw .elsewhere }
    var path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    if let query = parts.percentEncodedQuery { path += "?\(query)" }
    let request = "GET \(path) HTTP/1.0\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
    let outcome: Result<[UInt8], Failure> = await withCheckedContinuation { done in
      DispatchQueue.global().async {
        done.resume(
          returning: Result { () throws(Failure) in try exchange(request, port: port) })
      }
    }
    return try outcome.get()
  }

  private static func exchange(_ request: String, port: UInt16) throws(Failure) -> [UInt8] {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw .failed("no socket") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw .failed("nobody listens on port \(port)") }
    // The service ignores SIGPIPE; a request that was not sent gets no answer.
    _ = request.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
    return try body(of: try answer(descriptor))
  }

  private static func answer(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    let deadline = ContinuousClock.now + .seconds(seconds)
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let left = (deadline - .now) / .milliseconds(1)
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&waiting, 1, Int32(left.rounded(.up))) > 0 else { throw .timedOut }
      let count = recv(descriptor, &part, part.count, 0)
      guard count >= 0 else { throw .failed("the connection broke off") }
      if count == 0 { return bytes }
      bytes += part.prefix(count)
      guard bytes.count <= mostBytes else { throw .failed("it has more than \(mostBytes) bytes") }
    }
  }

  private static func body(of answer: [UInt8]) throws(Failure) -> [UInt8] {
    let mark = [UInt8]("\r\n\r\n".utf8)
    guard
      let end = answer.indices.first(where: {
        $0 + mark.count <= answer.count && answer[$0..<$0 + mark.count].elementsEqual(mark)
      })
    else { throw .failed("the answer is not HTTP") }
    let line = String(decoding: answer[..<end].prefix { $0 != 13 }, as: UTF8.self)
    guard line.split(separator: " ").dropFirst().first == "200" else {
      throw .failed("the answer is \(line.prefix(60))")
    }
    return Array(answer[(end + mark.count)...])
  }
}
