internal import FoundationEssentials
internal import MediaIO
internal import Services

/// What the clips of a run share, and the work on one clip.
///
/// Its calls block; they come from several threads at once.
final class BatchWorker: Sendable {
  /// Every clip that the batch works on.
  let items: [BatchItem]
  /// Every clip that was found, whether it is worked on or not.
  private let all: Set<FilePath>
  /// What was found beside the clips.
  let skipped: [BatchSkip]
  let batch: Batch
  private let cancellation: Cancellation
  let tree: BatchTree
  let journal: BatchJournal
  private let summaryFile: BatchSummaryFile
  private let started = SystemClock.now
  private let settings: String
  /// Every clip of the batch and what else is read, so that no output replaces it.
  let protected: ProtectedFiles
  private let engines = CallEngines()
  /// What the lines call this run.
  private let run = StableHash("\(SystemClock.now) \(UInt64.random(in: .min ... .max))").digits(16)

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
    var inputs = BatchInputs(folder: batch.folder)
    inputs.add(batch.inputs)
    inputs.add(batch.entries)
    all = Set(inputs.items.map { FilePath($0.absolutePath) })
    skipped = inputs.skipped
    inputs.choose(shard: batch.shard, sample: batch.sample, first: batch.first)
    let found = inputs.items
    let folder: OutputFolder
    do throws(SystemError) { folder = try OutputFolder(making: batch.folder) } catch {
      throw BatchJournal.failure(batch.folder, "the folder cannot be made", error)
    }
    let tree = BatchTree(folder)
    self.tree = tree
    let journal = try BatchJournal(folder)
    summaryFile = try BatchSummaryFile(folder)
    self.journal = journal
    folder.sweep()
    var protected = ProtectedFiles(batch.gate)
    for item in found { protected.add(path: item.path, as: "a clip of the batch") }
    self.protected = protected
    guard batch.work == .prepare else {
      items = found
      return
    }
    items = try BatchNames(folder: place, known: journal.stems) { folder in
      tree.names(in: folder).filter { Self.isOutputName($0) && !journal.owns($0) }
    }.assign(found)
  }

  /// Whether an output could be called so.
  private static func isOutputName(_ name: String) -> Bool {
    ContainerFormat.clips.contains { name.lowercased().hasSuffix("." + $0.fileExtension) }
  }

  /// Takes over the clip's line, or works on it and appends one; `nil` when it was cancelled.
  func run(_ item: BatchItem) throws(VPrepError) -> BatchResult? {
    let stamp = FileStamp(item.path)
    if !batch.isForced, let resumed = resume(item, stamp) { return resumed }
    let entry = journal.entry(item.absolutePath)
    let earlier = Output(entry, in: tree)
    var notes = BatchNotes(
      BatchRecord(
        path: item.absolutePath, bytes: stamp?.bytes, modified: stamp?.modified,
        previews: entry?.record.previews ?? [], run: run, started: SystemClock.now,
        settings: settings(item)))
    notes.name(earlier.map { ($0.name, $0.modified) }, or: item)
    var answer: Result<ReportDocument, VPrepError>
    do throws(VPrepError) {
      answer = .success(try work(on: item, &notes))
    } catch {
      answer = .failure(error)
    }
    if let failure = notes.failure { throw failure }
    if case .failure(let error) = answer {
      if error.kind == .cancelled { return nil }
      notes = BatchNotes(notes.record)
      notes.record.previews = entry?.record.previews ?? []
      notes.name(earlier.map { ($0.name, $0.modified) }, or: item)
    }
    if case .success(let report) = answer, report.fit?.skipped != nil {
      // There is no output, and an earlier one is not that of this line.
      (notes.record.output, notes.record.outputModified) = (nil, nil)
    }
    if case .success(let report) = answer, notes.line == nil {
      try note(report, item, appends: false, &notes)
    }
    if let report = notes.report { answer = .success(report) }
    let line: Data
    if let written = notes.line {
      line = written
    } else {
      line = try self.line(item, answer, &notes.record)
      try journal.append(line, notes.record, isDurable: false)
    }
    try place(notes.previews)
    remove(earlier.map { [$0.name] } ?? [], unless: [notes.record.output])
    remove(entry?.record.previews ?? [], unless: notes.record.previews ?? [])
    return result(item, answer, line, notes.record, isResumed: false)
  }

  /// Puts the report in order when all is done, writes the summary, and lets the folder go.
  func finish(_ summary: BatchSummary) throws(VPrepError) {
    defer { journal.close() }
    let gone = batch.prunes ? journal.entries(besides: all) : []
    for entry in gone {
      // Files go before their lines: a run that ends between the two knows them still.
      remove([entry.ownOutput].compactMap { $0 } + (entry.record.previews ?? []), unless: [])
    }
    tree.tidy()
    try journal.finish(
      order: items.map(\.absolutePath), without: Set(gone.map { FilePath($0.record.path) }))
    try summaryFile.write(
      BatchSummaryDocument(
        summary, run: run, started: started, jobs: batch.jobs, skipped: skipped, pruned: gone.count)
    )
  }

  /// Lets the folder go with the report as it is.
  func giveUp() { journal.close() }

  // MARK: - One clip

  /// An output that the batch has written for a clip.
  private struct Output {
    let name: String
    let modified: Double?

    init?(_ entry: BatchJournal.Entry?, in tree: BatchTree) {
      guard let entry, let name = entry.ownOutput else { return nil }
      self.name = name
      modified = entry.record.outputModified ?? tree.stamp(name)?.modified
    }
  }

  /// The batch's gate with what is asked for one clip.
  private func gate(_ item: BatchItem) throws(VPrepError) -> Gate {
    var gate = batch.gate
    guard let entry = item.entry else { return gate }
    if let mode = entry.mode {
      guard let service = Service(gate.provider, mode: mode) else {
        throw VPrepError(
          kind: .badRequest, stage: "arguments", file: item.path,
          message: "\(gate.provider.rawValue) has no mode \(mode.rawValue)")
      }
      gate.service = service
    }
    if let photo = entry.photo {
      gate.judging.photo = .file(photo)
      gate.runtime.protectedFiles.append(photo)
    }
    if let request = entry.request {
      let limits = gate.runtime.inputLimits
      gate.runtime.protectedFiles.append(request)
      gate.judging.request = try RequestJSON.parameters(
        JSONText.read(request, limits: limits), named: request, limits: limits)
    }
    return gate
  }

  /// The digest of what is asked for one clip.
  private func settings(_ item: BatchItem) -> String {
    guard item.entry != nil, let gate = try? gate(item) else { return settings }
    var batch = batch
    batch.gate = gate
    return BatchSettings(batch).digest
  }

  private func work(
    on item: BatchItem, _ notes: inout BatchNotes
  ) throws(VPrepError) -> ReportDocument {
    if let problem = item.problem { throw problem }
    var gate = try gate(item)
    gate.runtime.codecThreads = 1
    gate.reporting.annotationFolder = gate.reporting.annotationFolder.map {
      "\($0)/\(item.stem ?? BatchNames.stem(item.path))-\(StableHash(item.absolutePath).digits(8))"
    }
    let clip = Clip.file(item.path)
    guard let stem = item.stem else {
      let place = batch.isolation.map { CallExecution.isolated($0) } ?? .here(engines)
      return try place.call(gate, .check, on: clip, cancellation: cancellation)
    }
    let target = try tree.target(stem + ".mp4", protecting: protected)
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

  func line(
    _ item: BatchItem, _ answer: Result<ReportDocument, VPrepError>, _ record: inout BatchRecord
  ) throws(VPrepError) -> Data {
    record.seconds = record.started.map { (SystemClock.now - $0).rounded(decimals: 3) }
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
      entry.record.settings == settings(item), entry.record.bytes == stamp.bytes,
      entry.record.modified == stamp.modified || self.md5(item) == md5
    else { return nil }
    if batch.work == .prepare {
      guard hasFiles(entry) else { return nil }
    }
    guard let line = journal.line(entry),
      let report = try? JSONDecoder().decode(ReportDocument.self, from: line)
    else { return nil }
    return result(item, .success(report), line, entry.record, isResumed: true)
  }

  /// Whether the files that a line tells of are there, whole.
  private func hasFiles(_ entry: BatchJournal.Entry) -> Bool {
    let previews = entry.record.previews ?? []
    guard previews.count == entry.previewBytes.count,
      zip(previews, entry.previewBytes).allSatisfy({ tree.stamp($0)?.bytes == $1 })
    else { return false }
    // A clip that was refused may have no output.
    guard let bytes = entry.outputBytes else { return true }
    guard let name = entry.record.output, let stamp = tree.stamp(name), stamp.bytes == bytes
    else { return false }
    // Copied files have another time; their bytes tell.
    return stamp.modified == entry.record.outputModified || tree.md5(name) == entry.outputMD5
  }

  private func md5(_ item: BatchItem) -> String? {
    try? MediaInput(.file(item.path), limits: batch.gate.runtime.inputLimits).md5()
  }

  private func result(
    _ item: BatchItem, _ answer: Result<ReportDocument, VPrepError>, _ line: Data,
    _ record: BatchRecord, isResumed: Bool
  ) -> BatchResult {
    let status =
      switch answer {
      case .success(let report): ExitStatus(report, strict: batch.gate.judging.options.strict)
      case .failure(let error): ExitStatus(error)
      }
    return BatchResult(
      path: item.path, index: item.index, count: items.count, answer: answer, line: line,
      isResumed: isResumed, status: status, seconds: record.seconds,
      folder: batch.folder, previewNames: record.previews ?? [])
  }
}
