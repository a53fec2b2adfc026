internal import Foundation
internal import Synchronization

/// Owner of a batch's `report.ndjson`, which no other batch can write to meanwhile.
///
/// A line is appended by one write, so that a crash can damage the last one alone; that is cut off
/// when the file is opened again. Where a clip has several lines, the last one counts.
final class BatchJournal: Sendable {
  /// What is known of a line.
  struct Entry: Sendable {
    let record: BatchRecord
    /// The clip's MD5; `nil` in a line with an error.
    let md5: String?
    /// Size of the output in bytes; `nil` without one.
    let outputBytes: Int?
    /// Where the line stands in the file, without its end.
    let range: Range<Int>
  }

  private struct State {
    var entries: [Entry] = []
    /// The last entry of each clip, by its absolute path.
    var latest: [String: Int] = [:]
    /// Where the next line starts.
    var end = 0
  }

  private let path: String
  private let folder: String
  private let file: FileHandle
  /// Holds the lock of the folder.
  private let lock: FileHandle
  private let state: Mutex<State>

  /// Opens the report of `folder`, which is made when it is missing.
  init(folder: String) throws(VPrepError) {
    self.folder = folder
    path = folder + "/" + Batch.reportName
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Self.failure(folder, "the folder cannot be made")
    }
    lock = try Self.open(folder, O_RDONLY | O_DIRECTORY)
    guard flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: folder,
        message: "another batch is writing to this folder",
        advice: "Wait for its end, or give another folder.")
    }
    file = try Self.open(path, O_RDWR | O_CREAT | O_APPEND)
    var state = try Self.read(path)
    let size = (try? file.seekToEnd()).map(Int.init) ?? 0
    if size > state.end {
      guard ftruncate(file.fileDescriptor, off_t(state.end)) == 0 else {
        throw Self.failure(path, "the half-written last line cannot be removed")
      }
    }
    for (index, entry) in state.entries.enumerated() { state.latest[entry.record.path] = index }
    self.state = Mutex(state)
  }

  /// The names of outputs, without their endings, by the absolute paths of their clips.
  var stems: [String: String] {
    state.withLock { state in
      state.latest.compactMapValues { state.entries[$0].record.output.map(BatchNames.stem) }
    }
  }

  /// What is known of the clip at an absolute path.
  func entry(_ path: String) -> Entry? {
    state.withLock { state in state.latest[path].map { state.entries[$0] } }
  }

  /// The line of an entry, without its end; `nil` when it cannot be read.
  func line(_ entry: Entry) -> Data? { line(entry.range) }

  /// Appends a clip's line, given without its end.
  func append(_ line: Data, _ record: BatchRecord) throws(VPrepError) {
    let isWritten = state.withLock { state in
      do {
        try file.write(contentsOf: line + Data("\n".utf8))
      } catch {
        // Half a line would spoil the one that follows.
        ftruncate(file.fileDescriptor, off_t(state.end))
        return false
      }
      state.latest[record.path] = state.entries.count
      state.entries.append(
        Entry(
          record: record, md5: nil, outputBytes: nil, range: state.end..<state.end + line.count))
      state.end += line.count + 1
      return true
    }
    if !isWritten { throw Self.failure(path, "the line of \(record.path) cannot be written") }
  }

  /// Lets another batch have the folder; nothing may be appended after this.
  func close() { flock(lock.fileDescriptor, LOCK_UN) }

  /// Puts the lines in order, one a clip: first those of clips that are not among `paths`, as they
  /// stand, then those of `paths`.
  func finish(order paths: [String]) throws(VPrepError) {
    let ranges = state.withLock { state in
      let inBatch = Set(paths)
      let others = state.entries.indices.filter { index in
        let path = state.entries[index].record.path
        return !inBatch.contains(path) && state.latest[path] == index
      }
      return (others + paths.compactMap { state.latest[$0] }).map { state.entries[$0].range }
    }
    let sizes = ranges.reduce(0) { $0 + $1.count + 1 }
    let isInOrder = zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    if isInOrder, sizes == state.withLock({ $0.end }) { return }
    let temporary = "\(folder)/.\(Batch.reportName).\(getpid()).part"
    do {
      defer { try? FileManager.default.removeItem(atPath: temporary) }
      let output = try Self.open(temporary, O_WRONLY | O_CREAT | O_TRUNC)
      for range in ranges {
        guard let line = line(range) else { throw CocoaError(.fileReadUnknown) }
        try output.write(contentsOf: line + Data("\n".utf8))
      }
      try output.synchronize()
      guard unsafe rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      throw Self.failure(path, "the lines cannot be put in order")
    }
  }

  private func line(_ range: Range<Int>) -> Data? {
    var line = Data(count: range.count)
    let got = unsafe line.withUnsafeMutableBytes { bytes in
      unsafe pread(file.fileDescriptor, bytes.baseAddress, bytes.count, off_t(range.lowerBound))
    }
    return got == range.count ? line : nil
  }

  // MARK: - Reading

  /// What matters of a line for going on.
  private struct Stored: Decodable {
    struct Input: Decodable { let md5: String }
    struct Fit: Decodable { let output: Output }
    struct Output: Decodable { let bytes: Int }

    let batch: BatchRecord
    let input: Input?
    let fit: Fit?
  }

  /// Reads the whole lines of a report; a line that is none of a batch's is left out.
  private static func read(_ path: String) throws(VPrepError) -> State {
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      throw failure(path, "the report of an earlier run cannot be read")
    }
    let decoder = JSONDecoder()
    var state = State()
    while let end = data[state.end...].firstIndex(of: UInt8(ascii: "\n")) {
      let range = state.end..<end
      state.end = end + 1
      guard let stored = try? decoder.decode(Stored.self, from: data[range]) else { continue }
      state.entries.append(
        Entry(
          record: stored.batch, md5: stored.input?.md5, outputBytes: stored.fit?.output.bytes,
          range: range))
    }
    return state
  }

  private static func open(_ path: String, _ flags: Int32) throws(VPrepError) -> FileHandle {
    let descriptor = unsafe Foundation.open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func failure(_ file: String, _ what: String) -> VPrepError {
    let reason = unsafe String(cString: strerror(errno)).lowercased()
    return VPrepError(
      kind: .outputNotWritten, stage: "write", file: file, message: "\(what): \(reason)",
      advice: "Give a folder that can be written to.")
  }
}
