internal import FoundationEssentials
internal import MediaIO
internal import Services

/// What `summary.json` says of a run that has ended: the contract `vprep.batch-summary/1`.
struct BatchSummaryDocument: Codable {
  /// A code and the clips that are predicted to be refused with it.
  struct Count: Codable {
    let code: String
    let clips: Int
  }

  /// What was found and not worked on.
  struct Skipped: Codable {
    /// Files by reason.
    let reasons: [String: Int]
    /// Files that were skipped.
    let count: Int
    /// The first of them, at most `most`.
    let files: [File]

    struct File: Codable {
      let path: String
      let reason: String
    }

    static let most = 1000

    init(_ skipped: [BatchSkip]) {
      var reasons: [String: Int] = [:]
      for reason in BatchSkip.Reason.allCases { reasons[reason.rawValue] = 0 }
      for file in skipped { reasons[file.reason.rawValue, default: 0] += 1 }
      self.reasons = reasons
      count = skipped.count
      files = skipped.prefix(Self.most).map { File(path: $0.path, reason: $0.reason.rawValue) }
    }
  }

  static let currentSchema = "vprep.batch-summary/1"

  let schema: String
  let version: String
  let run: String
  let started: Double
  let seconds: Double
  let jobs: Int
  let clips: Int
  let resumed: Int
  let errors: Int
  let outcomes: [String: Int]
  let statuses: [String: Int]
  let codes: [Count]
  let clipsPerSecond: Double
  let slowest: [BatchSummary.Slow]
  let skipped: Skipped
  let pruned: Int

  init(
    _ summary: BatchSummary, run: String, started: Double, jobs: Int, skipped: [BatchSkip],
    pruned: Int
  ) {
    schema = Self.currentSchema
    version = VPrepVersion.current
    self.run = run
    self.started = started
    seconds = max(0, SystemClock.now - started).rounded(decimals: 3)
    self.jobs = jobs
    clips = summary.clips
    resumed = summary.resumed
    errors = summary.errors
    let all: [Outcome] = [.pass, .warn, .fail, .incomplete]
    outcomes = Dictionary(
      uniqueKeysWithValues: all.map { ($0.rawValue, summary.outcomes[$0, default: 0]) })
    statuses = Dictionary(
      uniqueKeysWithValues: summary.statuses.map { ("\($0.key.rawValue)", $0.value) })
    codes = summary.codes.map { Count(code: $0.key, clips: $0.value) }
      .sorted { ($1.clips, $0.code) < ($0.clips, $1.code) }
    let worked = summary.clips - summary.resumed
    clipsPerSecond = (Double(worked) / max(seconds, 0.001)).rounded(decimals: 3)
    slowest = summary.slowest
    self.skipped = Skipped(skipped)
    self.pruned = pruned
  }
}

/// The summary in a batch's folder, which no other file of that name gives way to.
struct BatchSummaryFile: Sendable {
  private let folder: OutputFolder
  /// More bytes than a summary has.
  private static let longest = 16 << 20

  /// Throws if the folder has a file of that name that no batch has written.
  init(_ folder: OutputFolder) throws(VPrepError) {
    self.folder = folder
    let name = Batch.summaryName
    guard FileStatus(name, in: folder.descriptor) != nil else { return }
    struct Head: Decodable { let schema: String }
    let bytes = try? folder.read(name, limits: InputLimits()).prefix(Self.longest)
    let head = bytes.flatMap { try? JSONDecoder().decode(Head.self, from: Data($0)) }
    guard head?.schema == BatchSummaryDocument.currentSchema else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: folder.path + "/" + name,
        message: "is not the summary of a batch",
        advice: "Move it away, or give another folder.")
    }
  }

  func write(_ summary: BatchSummaryDocument) throws(VPrepError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    // Every value above has a form in JSON.
    let json = ((try? encoder.encode(summary)) ?? Data()) + Data("\n".utf8)
    try VPrepError.wrapping { () throws(MediaError) in
      let output = try OutputFile(
        OutputTarget(folder, Batch.summaryName, protecting: ProtectedFiles()))
      try output.write([UInt8](json).span)
      try output.commit()
    }
  }
}
