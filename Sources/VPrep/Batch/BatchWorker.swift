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
  private let folder: OutputFolder
  private let journal: BatchJournal
  private let settings: String
  /// Every clip of the batch and what else is read, so that no output replaces it.
  private let protected: ProtectedFiles
  private let engines = CallEngines()

  /// Finds the clips, opens the report and gives the outputs their names.
  init(_ batch: Batch, _ cancellation: Cancellation) throws(VPrepError) {
    self.batch = batch
    self.cancellation = cancellation
    settings = BatchSettings(batch).digest
    let place = BatchInputs.absolute(batch.folder)
    if let input = batch.inputs.first(where: {
      batch.work == .prepare && BatchInputs.isFolder($0) && BatchInputs.absolute($0) == place
    }) {
      throw VPrepError(
        kind: .badRequest, stage: "open", file: input,
        message: "the folder is both an input and the output folder",
        advice: "Give another folder for the outputs.")
    }
    let found = BatchInputs(folder: batch.folder).expand(batch.inputs)
    do throws(SystemError) { folder = try OutputFolder(making: batch.folder) } catch {
      throw BatchJournal.failure(batch.folder, "the folder cannot be made", error)
    }
    let journal = try BatchJournal(folder)
    self.journal = journal
    folder.sweep()
    var protected = ProtectedFiles(batch.gate)
    for item in found { protected.add(path: item.path, as: "a clip of the batch") }
    self.protected = protected
    guard batch.work == .prepare else {
      items = found
      return
    }
    let others = Self.outputNames(in: folder).filter { !journal.owns($0) }
    items = BatchNames(folder: place, known: journal.stems, others: others).assign(found)
  }

  /// The names in a folder that an output could have.
  private static func outputNames(in folder: OutputFolder) -> [String] {
    let names = (try? folder.descriptor.names()) ?? []
    return names.filter { name in
      ContainerFormat.clips.contains { name.lowercased().hasSuffix("." + $0.fileExtension) }
    }
  }

  /// Takes over the clip's line, or works on it and appends one; `nil` when it was cancelled.
  func run(_ item: BatchItem) throws(VPrepError) -> BatchResult? {
    let stamp = FileStamp(item.path)
    if !batch.isForced, let resumed = resume(item, stamp) { return resumed }
    let earlier = Output(journal.entry(item.absolutePath), in: folder)
    var notes = Notes(
      record: BatchRecord(
        path: item.absolutePath, bytes: stamp?.bytes, modified: stamp?.modified,
        settings: settings))
    notes.name(earlier, or: item)
    let answer: Result<ReportDocument, VPrepError>
    do throws(VPrepError) {
      answer = .success(try work(on: item, &notes))
    } catch {
      answer = .failure(error)
    }
    if let failure = notes.failure { throw failure }
    if case .failure(let error) = answer {
      if error.kind == .cancelled { return nil }
      notes.name(earlier, or: item)
      notes.line = nil
    }
    if case .success(let report) = answer, report.fit?.skipped != nil {
      // There is no output, and an earlier one is not that of this line.
      (notes.record.output, notes.record.outputModified) = (nil, nil)
    }
    let line: Data
    if let written = notes.line {
      line = written
    } else {
      line = try self.line(item, answer, notes.record)
      try journal.append(line, notes.record, isDurable: false)
    }
    if let earlier, earlier.name != notes.record.output { remove(earlier) }
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

  /// An output that the batch has written for a clip.
  private struct Output {
    let name: String
    let modified: Double?

    init?(_ entry: BatchJournal.Entry?, in folder: OutputFolder) {
      guard let entry, let name = entry.ownOutput else { return nil }
      self.name = name
      modified = entry.record.outputModified ?? FileStamp(name, in: folder)?.modified
    }
  }

  /// What is noted of a clip while it is worked on.
  private struct Notes {
    var record: BatchRecord
    /// The line, where it was appended before the output got its name.
    var line: Data?
    /// Why the line could not be appended.
    var failure: VPrepError?

    /// Names the output that is there from an earlier run, or the one that is planned.
    mutating func name(_ earlier: Output?, or item: BatchItem) {
      let planned = item.problem == nil ? item.stem.map { $0 + ".mp4" } : nil
      record.output = earlier?.name ?? planned
      record.outputModified = earlier?.modified
    }
  }

  private func work(
    on item: BatchItem, _ notes: inout Notes
  ) throws(VPrepError) -> ReportDocument {
    if let problem = item.problem { throw problem }
    var gate = batch.gate
    gate.runtime.codecThreads = 1
    gate.reporting.annotationFolder = gate.reporting.annotationFolder.map {
      "\($0)/\(item.stem ?? BatchNames.stem(item.path))-\(StableHash(item.absolutePath).digits(8))"
    }
    let clip = Clip.file(item.path)
    guard let stem = item.stem else {
      let place = batch.isolation.map { CallExecution.isolated($0) } ?? .here(engines)
      return try place.call(gate, .check, on: clip, cancellation: cancellation)
    }
    let target = try VPrepError.wrapping { () throws(MediaError) in
      try OutputTarget(folder, stem + ".mp4", protecting: protected)
    }
    if let pool = batch.isolation {
      return try pool.prepare(
        gate, clip, writingTo: target, isNamedByContent: true, cancellation: cancellation
      ) { (report, output) throws(VPrepError) in try announce(report, &output, item, &notes) }
    }
    return try gate.blocking(clip, judged: true, cancellation, engines.pool) {
      (pipeline) throws(VPrepError) in
      try pipeline.prepare(writingTo: target, isNamedByContent: true) {
        (preparation, output) throws(VPrepError) in
        try announce(preparation.report, &output, item, &notes)
      }.report
    }
  }

  /// Appends the line of a finished output, just before the output gets its name.
  ///
  /// Whatever ends the program, every output in the folder has a line in the report. If a line exists
  /// and its output does not, the next run prepares the clip again.
  private func announce(
    _ report: ReportDocument, _ output: inout OutputFile, _ item: BatchItem, _ notes: inout Notes
  ) throws(VPrepError) {
    let name = output.target.name
    output.target.mayReplace = journal.owns(name)
    if !output.target.mayReplace, FileStatus(name, in: folder.descriptor) != nil {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: output.path,
        message: "a file of this name exists that no batch has written",
        advice: "Move it away, or give another folder.")
    }
    notes.record.output = name
    notes.record.outputModified = output.modified
    do throws(VPrepError) {
      let line = try line(item, .success(report), notes.record)
      try journal.append(line, notes.record, isDurable: true)
      notes.line = line
    } catch {
      notes.failure = error
      throw error
    }
  }

  /// Removes the output that a clip had before it got one of another name.
  private func remove(_ output: Output) {
    guard let identity = FileIdentity(output.name, in: folder.descriptor),
      !protected.contains(identity)
    else { return }
    try? folder.descriptor.remove(output.name)
  }

  private func line(
    _ item: BatchItem, _ answer: Result<ReportDocument, VPrepError>, _ record: BatchRecord
  ) throws(VPrepError) -> Data {
    guard let line = try? BatchLine(record: record, answer: answer).json() else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: item.path,
        message: "the report cannot be written as JSON")
    }
    return line
  }

  /// The result of an earlier run, where it still holds.
  private func resume(_ item: BatchItem, _ stamp: FileStamp?) -> BatchResult? {
    guard let stamp, let entry = journal.entry(item.absolutePath), let md5 = entry.md5,
      entry.record.settings == settings, entry.record.bytes == stamp.bytes,
      entry.record.modified == stamp.modified || self.md5(item) == md5
    else { return nil }
    if batch.work == .prepare, !entry.isSkipped {
      guard hasOutput(entry) else { return nil }
    }
    guard let line = journal.line(entry),
      let report = try? JSONDecoder().decode(ReportDocument.self, from: line)
    else { return nil }
    return result(item, .success(report), line, isResumed: true)
  }

  /// Whether the output that a line tells of is there, whole.
  private func hasOutput(_ entry: BatchJournal.Entry) -> Bool {
    guard let name = entry.record.output, let stamp = FileStamp(name, in: folder),
      stamp.bytes == entry.outputBytes
    else { return false }
    // Copied files have another time; their bytes tell.
    return stamp.modified == entry.record.outputModified
      || (try? folder.read(name, limits: InputLimits()).md5()) == entry.outputMD5
  }

  private func md5(_ item: BatchItem) -> String? {
    try? MediaInput(.file(item.path), limits: batch.gate.runtime.inputLimits).md5()
  }

  private func result(
    _ item: BatchItem, _ answer: Result<ReportDocument, VPrepError>, _ line: Data, isResumed: Bool
  ) -> BatchResult {
    let status =
      switch answer {
      case .success(let report): ExitStatus(report, strict: batch.gate.judging.options.strict)
      case .failure(let error): ExitStatus(error)
      }
    return BatchResult(
      path: item.path, index: item.index, count: items.count, answer: answer, line: line,
      isResumed: isResumed, status: status)
  }
}
