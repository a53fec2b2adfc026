internal import FoundationEssentials
internal import MediaIO

extension BatchJournal {
  /// What matters of a line for going on.
  private struct Stored: Decodable {
    struct Input: Decodable { let md5: String }
    struct Fit: Decodable { let output: Output? }
    struct Picture: Decodable { let bytes: Int }
    struct Output: Decodable {
      let bytes: Int
      let md5: String
    }

    let batch: BatchRecord
    let input: Input?
    let fit: Fit?
    let previews: [Picture]?
  }

  /// How every line begins, since its keys are sorted.
  private static let lineStart = Array(#"{"batch":"#.utf8)
  private static let chunkSize = 1 << 20

  /// Reads the complete lines of a report; throws if a line was not written by a batch.
  ///
  /// After a crash, the last line may be truncated or consist of zeros; it is ignored.
  static func read(_ file: borrowing FileDescriptor, _ path: String) throws(VPrepError) -> State {
    var state = State()
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    // What follows the last line end that was seen.
    var rest: [UInt8] = []
    var position = 0
    while true {
      let got: Int
      do throws(SystemError) { got = try read(file, into: &chunk, at: position) } catch {
        throw failure(path, "the report of an earlier run cannot be read", error)
      }
      if got == 0 { break }
      position += got
      var unread = chunk[..<got]
      while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        rest += unread[..<end]
        try take(Data(rest), path, into: &state)
        rest.removeAll(keepingCapacity: true)
        unread = unread[(end + 1)...]
      }
      rest += unread
    }
    let start = rest.prefix(lineStart.count)
    guard rest.first == 0 || lineStart.starts(with: start) else {
      throw foreign(path, "it ends with a line that no batch has written")
    }
    return state
  }

  private static func take(
    _ line: Data, _ path: String, into state: inout State
  ) throws(VPrepError) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: line) else {
      throw foreign(path, "its line \(state.entries.count + 1) was not written by a batch")
    }
    state.add(
      Entry(
        record: stored.batch, md5: stored.input?.md5, outputBytes: stored.fit?.output?.bytes,
        outputMD5: stored.fit?.output?.md5, previewBytes: stored.previews?.map(\.bytes) ?? [],
        range: state.end..<state.end + line.count))
    state.end += line.count + 1
  }

  private static func read(
    _ file: borrowing FileDescriptor, into chunk: inout [UInt8], at position: Int
  ) throws(SystemError) -> Int {
    let result = unsafe chunk.withUnsafeMutableBytes { bytes in
      Result { () throws(SystemError) in try unsafe file.read(into: bytes, at: position) }
    }
    return try result.get()
  }
}
