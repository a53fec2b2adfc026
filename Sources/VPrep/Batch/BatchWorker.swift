internal import Foundation
internal import MediaIO

/// What the clips of a run share, and the work on one clip.
///
/// Its calls block; they come from several threads at once.
final class BatchWorker: Sendable {
  /// Every clip of the batch.
  let items: [BatchItem]
  private let batch: Batch
  private let cancellation: Cancellation
  private let journal: BatchJournal
  private let settings: String
  private let engines = FaceEnginePool()

  /// Finds the clips, opens the report and gives the outputs their names.
  init(_ batch: Batch, _ cancellation: Cancellation) throws(VPrepError) {
    self.batch = batch
    self.cancellation = cancellation
    settings = BatchSettings.digest(batch)
    let folder = BatchInputs.absolute(batch.folder)
    if let input = batch.inputs.first(where: {
      batch.work == .prepare && BatchInputs.isFolder($0) && BatchInputs.absolute($0) == folder
    }) {
      throw VPrepError(
        kind: .badRequest, stage: "open", file: input,
        message: "the folder is searched for clips and takes the outputs as well",
        advice: "Give another folder for the outputs.")
    }
    let found = BatchInputs(folder: batch.folder).expand(batch.inputs)
    journal = try BatchJournal(folder: batch.folder)
    items =
      batch.work == .check
      ? found : BatchNames(folder: folder, known: journal.stems).assign(found)
    if batch.work == .prepare { removeLeftovers() }
  }

  /// Takes over the clip's line, or works on it and appends one; `nil` when it was cancelled.
  func run(_ item: BatchItem) throws(VPrepError) -> BatchResult? {
    let stamp = FileStamp(item.path)
    if !batch.isForced, let resumed = resume(item, stamp) { return resumed }
    let answer = answer(item)
    if case .failure(let error) = answer, error.kind == .cancelled { return nil }
    var record = BatchRecord(
      path: item.absolutePath, bytes: stamp?.bytes, modified: stamp?.modified,
      output: item.stem.map { $0 + ".mp4" }, settings: settings)
    if case .success(let report) = answer, let path = report.fit?.output?.path {
      record.output = (path as NSString).lastPathComponent
    }
    guard let line = try? BatchLine(record: record, answer: answer).json() else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: item.path,
        message: "the report cannot be put as JSON")
    }
    try journal.append(line, record)
    return result(item, answer, line, isResumed: false)
  }

  /// Puts the report in order when all is done, and lets the folder go.
  func finish() throws(VPrepError) {
    defer { journal.close() }
    try journal.finish(order: items.map(\.absolutePath))
  }

  /// Lets the folder go with the report as it is.
  func giveUp() { journal.close() }

  // MARK: - One clip

  private func answer(_ item: BatchItem) -> Result<Report, VPrepError> {
    if let problem = item.problem { return .failure(problem) }
    var gate = batch.gate
    gate.codecThreads = 1
    gate.annotationFolder = gate.annotationFolder.map {
      "\($0)/\(item.stem ?? BatchNames.stem(item.path))-\(StableHash(item.absolutePath).digits(8))"
    }
    return Result { () throws(VPrepError) in
      guard let stem = item.stem else {
        return try gate.callBlocking(
          .check, on: .file(item.path), cancellation: cancellation, engines: engines)
      }
      let path = "\(batch.folder)/\(stem).mp4"
      let report = try gate.callBlocking(
        .prepare(path: path), on: .file(item.path), cancellation: cancellation, engines: engines)
      return try withTrueEnding(report, path)
    }
  }

  /// Renames the copy of a clip that is no MP4: its name must not say that it is one.
  private func withTrueEnding(_ report: Report, _ path: String) throws(VPrepError) -> Report {
    guard let container = report.fit?.output?.container, let ending = Self.endings[container] else {
      return report
    }
    let target = path.dropLast(3) + ending
    guard unsafe rename(path, String(target)) == 0 else {
      let reason = unsafe String(cString: strerror(errno)).lowercased()
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: String(target),
        message: "cannot be put in place: \(reason)")
    }
    var report = report
    report.fit?.output?.path = String(target)
    return report
  }

  /// The usual endings of containers other than MP4.
  private static let endings = [
    "mov": "mov", "3gp": "3gp", "matroska": "mkv", "webm": "webm", "avi": "avi", "flv": "flv",
    "mpegts": "ts", "mpeg": "mpg", "asf": "asf",
  ]

  /// The result of an earlier run, where it still holds.
  private func resume(_ item: BatchItem, _ stamp: FileStamp?) -> BatchResult? {
    guard let stamp, let entry = journal.entry(item.absolutePath), let md5 = entry.md5,
      entry.record.settings == settings, entry.record.bytes == stamp.bytes,
      entry.record.modified == stamp.modified || self.md5(item) == md5
    else { return nil }
    if batch.work == .prepare {
      guard let name = entry.record.output,
        FileStamp("\(batch.folder)/\(name)")?.bytes == entry.outputBytes
      else { return nil }
    }
    guard let line = journal.line(entry),
      let report = try? JSONDecoder().decode(Report.self, from: line)
    else { return nil }
    return result(item, .success(report), line, isResumed: true)
  }

  private func md5(_ item: BatchItem) -> String? {
    try? MediaInput(.file(item.path), limits: batch.gate.inputLimits).md5()
  }

  private func result(
    _ item: BatchItem, _ answer: Result<Report, VPrepError>, _ line: Data, isResumed: Bool
  ) -> BatchResult {
    let status =
      switch answer {
      case .success(let report): ExitStatus(report, strict: batch.gate.options.strict)
      case .failure(let error): ExitStatus(error)
      }
    return BatchResult(
      path: item.path, index: item.index, count: items.count, answer: answer, line: line,
      isResumed: isResumed, status: status)
  }

  /// Removes temporary files of this batch's outputs that a killed run has left behind.
  private func removeLeftovers() {
    let stems = Set(items.compactMap(\.stem).map { OutputFile.temporaryPrefix($0 + ".mp4") })
    let names = (try? FileManager.default.contentsOfDirectory(atPath: batch.folder)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(".part") {
      let start = name.dropLast(5)
      guard let dot = start.lastIndex(of: "."), stems.contains(String(start[...dot])) else {
        continue
      }
      try? FileManager.default.removeItem(atPath: batch.folder + "/" + name)
    }
  }
}
