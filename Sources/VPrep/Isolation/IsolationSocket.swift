internal import CSandbox
internal import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One end of the socket between a parent and an isolated process: messages as JSON, each with its
/// length in front, and open files that come along.
///
/// A parent does not trust what comes: a length beyond the bound and a text that is no message end the
/// connection.
final class IsolationSocket: Sendable {
  /// Why there is no message.
  enum Failure: Error, Equatable {
    /// The other side is gone.
    case closed
    /// Nothing came in time.
    case timedOut
    /// What came is no message.
    case malformed
  }

  /// Most bytes of a message: a report with previews and the values of every frame has a few million.
  private static let mostBytes = 1 << 26

  private let descriptor: Int32

  /// Takes over an open socket.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Ends the connection, so that whoever waits on it does not.
  func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Waits until the other side is gone.
  func waitForEnd() {
    var waiting = pollfd(fd: descriptor, events: 0, revents: 0)
    while unsafe poll(&waiting, 1, -1) < 0, errno == EINTR {}
  }

  /// Whether a message comes in so many seconds.
  func hasMessage(within seconds: Double) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&waiting, 1, Int32(seconds * 1000)) > 0
  }

  /// Sends a message and open files, which stay open here.
  func send(_ message: some Encodable, files: [Int32] = []) throws(Failure) {
    guard let text = try? Self.encoder().encode(message) else { throw .malformed }
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    let code = unsafe cs_send(descriptor, bytes, bytes.count, files, files.count)
    guard code == 0 else { throw .closed }
  }

  /// Waits for a message and takes over the open files that come with it.
  ///
  /// - Parameter deadline: `nil` waits without end.
  func receive<Message: Decodable>(
    _: Message.Type, until deadline: ContinuousClock.Instant? = nil
  ) throws(Failure) -> (message: Message, files: [Int32]) {
    var files: [Int32] = []
    do throws(Failure) {
      let header = try read(4, until: deadline, &files)
      let count = header.reversed().reduce(0) { $0 << 8 | Int($1) }
      guard count <= Self.mostBytes else { throw Failure.malformed }
      let text = try read(count, until: deadline, &files)
      guard let message = try? Self.decoder().decode(Message.self, from: Data(text)) else {
        throw Failure.malformed
      }
      return (message, files)
    } catch {
      files.forEach { close($0) }
      throw error
    }
  }

  private func read(
    _ count: Int, until deadline: ContinuousClock.Instant?, _ files: inout [Int32]
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: min(count, 1 << 16))
    while bytes.count < count {
      var came = [Int32](repeating: -1, count: Int(CS_MOST_DESCRIPTORS))
      var cameCount = 0
      let got = unsafe cs_receive(
        descriptor, &part, min(count - bytes.count, part.count), &came, &cameCount,
        Self.milliseconds(until: deadline))
      files += came.prefix(cameCount)
      if got == -Int(ETIMEDOUT) { throw .timedOut }
      guard got > 0 else { throw .closed }
      bytes += part.prefix(got)
    }
    return bytes
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - .now) / .milliseconds(1)
    // Rounded up: the last fraction must not become a loop.
    return Int32(min(max(left.rounded(.up), 0), 1e9))
  }

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  private static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
