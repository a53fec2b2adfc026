internal import FoundationEssentials
internal import MediaIO
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Owner of a batch's `report.ndjson`, which no other batch can write to meanwhile.
///
/// A line is appended by one write, so that a crash can damage the last one alone; that is cut off
/// when the file is opened again. Where a clip has several lines, the last one counts. A file that
/// holds anything else than lines of a batch is another program's and is refused, and so is one that
/// another program changes while the batch runs.
final class BatchJournal: Sendable {
  /// What is known of a line.
  struct Entry: Sendable {
    let record: BatchRecord
    /// The clip's MD5; `nil` in a line with an error.
    let md5: String?
    /// Size of the output in bytes; `nil` without one.
    let outputBytes: Int?
    let outputMD5: String?
    /// Sizes of the preview pictures in bytes.
    let previewBytes: [Int]
    /// Where the line stands in the file, without its end.
    let range: Range<Int>

    /// The output that the batch has written, now or for an earlier line of the clip.
    var ownOutput: String? {
      record.outputModified != nil || outputBytes != nil ? record.output : nil
    }
  }

  /// What the file holds.
  struct State {
    var entries: [Entry] = []
    /// The last entry of each clip, by its absolute path.
    var latest: [FilePath: Int] = [:]
    /// Names of outputs that a line says the batch has written.
    var ownOutputs: Set<FilePath> = []
    /// Where the next line starts.
    var end = 0

    mutating func add(_ entry: Entry) {
      latest[FilePath(entry.record.path)] = entries.count
      if let output = entry.ownOutput { ownOutputs.insert(FilePath(output)) }
      for preview in entry.record.previews ?? [] { ownOutputs.insert(FilePath(preview)) }
      entries.append(entry)
    }
  }

  private let path: String
  private let folder: OutputFolder
  private let file: FileDescriptor
  private let state: Mutex<State>

  /// Opens the report of `folder`, which it locks against other batches.
  init(_ folder: OutputFolder) throws(VPrepError) {
    self.folder = folder
    path = folder.path + "/" + Batch.reportName
    let isLocked = try Self.attempt(folder.path, "cannot be locked") {
      () throws(SystemError) in try folder.descriptor.tryLock()
    }
    guard isLocked else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: folder.path,
        message: "another batch is writing to this folder",
        advice: "Wait for its end, or give another folder.")
    }
    file = try Self.open(folder, path)
    let state = try Self.read(file, path)
    try Self.cut(file, to: state.end, path)
    self.state = Mutex(state)
  }

  private static func open(
    _ folder: OutputFolder, _ path: String
  ) throws(VPrepError) -> FileDescriptor {
    let file: FileDescriptor
    do throws(SystemError) {
      file = try folder.descriptor.open(
        Batch.reportName, O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK)
    } catch {
      switch error.code {
      case ELOOP: throw foreign(path, "it is a link")
      case EISDIR: throw foreign(path, "it is a folder")
      default: throw failure(path, "cannot be opened", error)
      }
    }
    guard let status = FileStatus(file), status.isRegular else {
      throw foreign(path, "it is not a file")
    }
    guard status.linkCount <= 1 else { throw foreign(path, "it has another name elsewhere") }
    return file
  }

  /// Removes what a crash has left of the last line.
  private static func cut(
    _ file: borrowing FileDescriptor, to end: Int, _ path: String
  ) throws(VPrepError) {
    guard let status = FileStatus(file), status.byteCount > end else { return }
    do throws(SystemError) { try file.resize(to: end) } catch {
      throw failure(path, "the half-written last line cannot be removed", error)
    }
  }

  /// The names of outputs, without their endings, by the absolute paths of their clips.
  var stems: [FilePath: String] {
    state.withLock { state in
      state.latest.compactMapValues { state.entries[$0].record.output.map(BatchLayout.stem) }
    }
  }

  /// Whether a line says that the batch has written the output of that name.
  func owns(_ output: String) -> Bool {
    state.withLock { $0.ownOutputs.contains(FilePath(output)) }
  }

  /// What is known of the clip at an absolute path.
  func entry(_ path: String) -> Entry? {
    state.withLock { state in state.latest[FilePath(path)].map { state.entries[$0] } }
  }

  /// The line of an entry, without its end; `nil` when it cannot be read.
  func line(_ entry: Entry) -> Data? { line(entry.range) }

  /// Appends a clip's line, given without its end.
  ///
  /// - Parameter isDurable: whether it has to be on the disk before this returns.
  func append(_ line: Data, _ record: BatchRecord, isDurable: Bool) throws(VPrepError) {
    try state.withLock { (state) throws(VPrepError) in
      try checkPlace(end: state.end)
      do throws(SystemError) {
        try file.append([UInt8](line + Data("\n".utf8)).span)
        if isDurable { try file.sync() }
      } catch {
        // Half a line would spoil the one that follows.
        try? file.resize(to: state.end)
        throw Self.failure(path, "the line of \(record.path) cannot be written", error)
      }
      state.add(
        Entry(
          record: record, md5: nil, outputBytes: nil, outputMD5: nil, previewBytes: [],
          range: state.end..<state.end + line.count))
      state.end += line.count + 1
    }
  }

  /// Lets another batch have the folder; nothing may be appended after this.
  func close() { folder.descriptor.unlock() }

  /// The last entries of clips that are not among `paths`.
  func entries(besides paths: Set<FilePath>) -> [Entry] {
    state.withLock { state in
      state.latest.filter { !paths.contains($0.key) }.map { state.entries[$0.value] }
    }
  }

  /// Puts the lines in order, one a clip: first those of clips that are not among `paths`, as they
  /// stand, then those of `paths`.
  ///
  /// - Parameter gone: clips whose lines are left out.
  func finish(order paths: [String], without gone: Set<FilePath>) throws(VPrepError) {
    let (ranges, end) = state.withLock { state in
      let inBatch = Set(paths.map(FilePath.init)).union(gone)
      let others = state.entries.indices.filter { index in
        let path = FilePath(state.entries[index].record.path)
        return !inBatch.contains(path) && state.latest[path] == index
      }
      let ordered = others + paths.compactMap { state.latest[FilePath($0)] }
      return (ordered.map { state.entries[$0].range }, state.end)
    }
    try checkPlace(end: end)
    let sizes = ranges.reduce(0) { $0 + $1.count + 1 }
    let isInOrder = zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    if isInOrder, sizes == end {
      return try Self.attempt(path, "cannot be synced to disk") {
        () throws(SystemError) in try file.sync()
      }
    }
    try VPrepError.wrapping { () throws(MediaError) in
      let output = try OutputFile(
        OutputTarget(folder, Batch.reportName, protecting: ProtectedFiles()))
      for range in ranges {
        guard let line = line(range) else {
          throw MediaError(
            .write, file: path, cause: .output, detail: "the lines cannot be put in order")
        }
        try output.append([UInt8](line + Data("\n".utf8)).span)
      }
      try output.commit()
    }
  }

  /// Throws where the report is no longer the file that the lines went to, or has other bytes.
  private func checkPlace(end: Int) throws(VPrepError) {
    let status = FileStatus(file)
    guard folder.isInPlace, let status, status.byteCount == end,
      FileIdentity(Batch.reportName, in: folder.descriptor) == status.identity
    else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: path,
        message: "was removed, replaced or changed while the batch ran; lines may be lost",
        advice: "Run the batch again; clips without a line are prepared again.")
    }
  }

  private func line(_ range: Range<Int>) -> Data? {
    var line = [UInt8](repeating: 0, count: range.count)
    let got = unsafe line.withUnsafeMutableBytes {
      try? unsafe file.read(into: $0, at: range.lowerBound)
    }
    return got == range.count ? Data(line) : nil
  }

  // MARK: - Errors

  private static func attempt<R>(
    _ file: String, _ what: String, _ body: () throws(SystemError) -> R
  ) throws(VPrepError) -> R {
    do throws(SystemError) { return try body() } catch { throw failure(file, what, error) }
  }

  static func failure(_ file: String, _ what: String, _ error: SystemError) -> VPrepError {
    VPrepError(
      kind: .outputNotWritten, stage: "write", file: file, message: "\(what): \(error.text)",
      advice: "Give a folder that can be written to.")
  }

  static func foreign(_ path: String, _ why: String) -> VPrepError {
    VPrepError(
      kind: .outputNotWritten, stage: "write", file: path,
      message: "is not the report of a batch: \(why)",
      advice: "Move it away, or give another folder.")
  }
}
