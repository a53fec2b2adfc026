/// Reads `multipart/form-data` (RFC 7578) as it arrives and holds no more than a block of it.
struct MultipartReader {
  /// What comes next.
  enum Event: Equatable {
    /// A part begins.
    case part(MultipartHead)
    /// Bytes of the part.
    case data(ArraySlice<UInt8>)
    /// The part has ended.
    case end
  }

  private enum State { case preamble, boundary, head, body, epilogue }

  private let delimiter: [UInt8]
  private var state = State.preamble
  // The first boundary may be the first line.
  private var buffer: [UInt8] = [13, 10]

  /// Most bytes of a part's head.
  private static let longestHead = 16 << 10
  /// Most characters of a boundary (RFC 2046, section 5.1.1).
  private static let longestBoundary = 70

  /// `nil` if the header `Content-Type` names no boundary that may be.
  init?(contentType: String) {
    guard let boundary = HeaderParameters(contentType)["boundary"], !boundary.isEmpty,
      boundary.utf8.count <= Self.longestBoundary
    else { return nil }
    delimiter = [13, 10] + [UInt8]("--\(boundary)".utf8)
  }

  /// Whether the last boundary was read.
  var isComplete: Bool { state == .epilogue }

  /// Reads the next bytes and gives what they hold to `take`.
  mutating func read(
    _ bytes: some Sequence<UInt8>, _ take: (Event) throws -> Void
  ) throws {
    buffer += bytes
    while try step(take) {}
  }

  /// Makes one step; `false` if more bytes are needed.
  private mutating func step(_ take: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .preamble, .body:
      let isBody = state == .body
      if let at = firstDelimiter() {
        if isBody {
          if at > 0 { try take(.data(buffer[..<at])) }
          try take(.end)
        }
        buffer.removeFirst(at + delimiter.count)
        state = .boundary
        return true
      }
      let count = buffer.count - (delimiter.count - 1)
      if count > 0 {
        if isBody { try take(.data(buffer[..<count])) }
        buffer.removeFirst(count)
      }
      return false
    case .boundary: return try passBoundary()
    case .head:
      guard let end = headEnd() else {
        guard buffer.count <= Self.longestHead else {
          throw ServiceError.usage("the head of a part has more than \(Self.longestHead) bytes")
        }
        return false
      }
      try take(.part(MultipartHead(String(decoding: buffer[..<end.head], as: UTF8.self))))
      buffer.removeFirst(end.body)
      state = .body
      return true
    case .epilogue:
      buffer = []
      return false
    }
  }

  private mutating func passBoundary() throws -> Bool {
    // Blanks may stand behind a boundary.
    while let first = buffer.first, first == 32 || first == 9 { buffer.removeFirst() }
    guard buffer.count >= 2 else { return false }
    switch (buffer[0], buffer[1]) {
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): state = .epilogue
    // The line end stays: a part without a head begins with its blank line.
    case (13, 10): state = .head
    default: throw ServiceError.usage("the multipart body is malformed after a boundary")
    }
    return true
  }

  /// Where a head ends and the body begins; the buffer begins with the boundary's line end.
  private func headEnd() -> (head: Int, body: Int)? {
    guard buffer.count >= 4 else { return nil }
    for at in 0...(buffer.count - 4)
    where buffer[at] == 13 && buffer[at + 1] == 10 && buffer[at + 2] == 13 && buffer[at + 3] == 10 {
      return (at, at + 4)
    }
    return nil
  }

  private func firstDelimiter() -> Int? {
    var at = buffer.startIndex
    while let next = buffer[at...].firstIndex(of: 13) {
      guard next + delimiter.count <= buffer.count else { return nil }
      if buffer[next..<next + delimiter.count].elementsEqual(delimiter) { return next }
      at = next + 1
    }
    return nil
  }
}
