import ArgumentParser
import Foundation
import ReportPage
import VPrep

struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Prepare many clips: outputs and one line of JSON each in a folder.",
    discussion: """
      The lines are in report.ndjson in the folder. Clips that cannot be used get a line with an \
      error, and the batch goes on. Clips that an earlier run has done, and that have not changed, \
      are skipped; so a batch that was interrupted goes on when it is run again. Outputs are called \
      after their clips, in the folders that the clips lie in; where clips share a name, digits that \
      follow from their paths are added. What the service would refuse goes to the folder refused, \
      previews go to the folder previews, and counts to summary.json.

      Exit status: the worst of the clips, from good to bad 0, 6, 1, 4, 3, 2, 5; with --exit-zero 0, \
      whatever the clips are. 5 also when the folder cannot be written to; 130 after Ctrl-C, which \
      keeps what is done.
      """)

  @Argument(
    help: ArgumentHelp(
      "Clips, and folders to search for clips; - reads paths from standard input, one per line.",
      discussion: "A list with NUL bytes, as from find -print0, is split at them."),
    completion: .file())
  var clips: [String] = []

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "Paths on standard input end with NUL, as from find -print0.")
  var isNULSeparated = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to write to.", valueName: "dir"),
    completion: .directory)
  var output: String

  @OptionGroup var request: ProviderOptions

  @Option(
    help: ArgumentHelp(
      "Your own limit for each output, below the provider's: bytes, or a size such as 6MB.",
      valueName: "size"))
  var maxBytes: ByteCount?

  @Flag(help: "Leave location, device, names and the like in clips that can stay as they are.")
  var keepMetadata = false

  @Flag(help: ArgumentHelp(HopelessOption.help))
  var evenIfHopeless = false

  @Option(help: "Previews in each line: 0 to 10.")
  var previews = 2

  @OptionGroup var previewing: PreviewOptions

  @Flag(help: "Predict only; write the lines and no outputs.")
  var checkOnly = false

  @Flag(help: "Work on all clips, also on those that an earlier run has done.")
  var force = false

  @Option(help: "Clips to work on at once (default: as many as there are processors).")
  var jobs: Int?

  @Flag(inversion: .prefixedNo, help: ArgumentHelp(IsolateOption.help))
  var isolate = true

  @OptionGroup var selection: BatchSelection
  @OptionGroup var listings: BatchListings

  @Flag(
    help: "End with status 0 whatever becomes of the clips, as long as the batch does its work.")
  var exitZero = false

  @Flag(help: "Print the lines on standard output as the clips are done.")
  var json = false

  mutating func validate() throws {
    guard (0...10).contains(previews) else { throw ValidationError("--previews takes 0 to 10.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number of at least 1.") }
    if clips.isEmpty, selection.manifest == nil {
      throw ValidationError("Give clips, folders or --manifest.")
    }
    if output.isEmpty { throw ValidationError("--output takes a folder.") }
  }

  func run() async throws {
    let batch = try batch()
    try listings.check(batch.gate)
    let started = ContinuousClock.now
    var rows: [BatchRow] = []
    var summary = BatchSummary()
    let progress = BatchProgress()
    defer {
      progress.clear()
      report(summary, batch)
    }
    for try await result in batch {
      summary.add(result)
      if listings.isAsked { rows.append(BatchRow(result)) }
      progress.clear()
      try Console.write(json ? result.line + Data("\n".utf8) : Data((result.text + "\n").utf8))
      progress.show(done: summary.clips, of: result.count)
    }
    let seconds = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1000
    try listings.write(
      rows.sorted { $0.index < $1.index }, summary, batch, seconds: seconds)
    let isVerdict = ![.usage, .outputNotWritten].contains(summary.status)
    if summary.status != .accepted, !(exitZero && isVerdict) {
      throw ExitCode(summary.status.rawValue)
    }
  }

  private func batch() throws -> Batch {
    var gate = try request.gate()
    gate.fitting.maximumBytes = maxBytes?.value
    gate.fitting.keepsMetadata = keepMetadata
    gate.fitting.encodesHopeless = evenIfHopeless
    gate.reporting.previewCount = previews
    previewing.apply(to: &gate)
    var batch = Batch(gate, inputs: try inputs(), folder: output)
    batch.work = checkOnly ? .check : .prepare
    batch.isForced = force
    try selection.apply(to: &batch)
    if let jobs { batch.jobs = jobs }
    if isolate { batch.isolation = try IsolationPool(size: batch.jobs) }
    return batch
  }

  private func inputs() throws -> [String] {
    try clips.flatMap { clip in
      guard clip == "-" else { return [clip] }
      let list = try FileHandle.standardInput.readToEnd() ?? Data()
      let text = String(decoding: list, as: UTF8.self)
      // One path without a NUL behind it is a list as well.
      return Batch.paths(inList: isNULSeparated ? text + "\0" : text)
    }
  }

  /// The summary is a result for people; beside lines of JSON it goes to standard error.
  private func report(_ summary: BatchSummary, _ batch: Batch) {
    guard summary.clips > 0 else { return }
    let text = "\(summary.text)\nreport: \(batch.folder.printable)/\(Batch.reportName)"
    if json { Console.printError(text) } else { try? Console.write(text) }
  }
}
