internal import Services

/// Prepares many clips, several at a time, and writes one line of JSON per clip to `report.ndjson`
/// in the output folder.
///
/// ```swift
/// let batch = Batch(gate, inputs: ["recordings"], folder: "ready")
/// for try await result in batch {
///   print(result.path, result.status)
/// }
/// ```
///
/// Results arrive in the order in which clips finish. A clip that cannot be used gives a result
/// with an error, and the batch continues. If an earlier run used the same folder, the lines of
/// clips that have not changed are kept; `isForced` describes what counts as a change. At the end,
/// the lines are in the order of the inputs, one per clip.
///
/// Cancelling the task that iterates, or leaving the loop, ends the running clips and removes their
/// temporary files. Finished clips stay; the next run continues from there.
///
/// Iterating throws if the folder cannot be used or the report cannot be written, and throws
/// `.cancelled` after a cancellation.
public struct Batch: Sendable {
  /// What the batch does with each clip.
  public enum Work: String, Sendable {
    /// `Gate.check`; the folder receives the report alone.
    case check
    /// `Gate.prepare`; the folder receives the outputs as well.
    case prepare
  }

  /// Where the outputs go that the service is predicted to refuse: those with a status other than
  /// `accepted`.
  public enum Refused: String, Sendable, CaseIterable {
    /// Below the folder `refused`, so that all else in the batch's folder may be uploaded.
    case apart
    /// Beside the others.
    case keep
    /// Nowhere: they are not written, and their lines have no output.
    case drop
  }

  /// One of several parts of the clips, so that several machines can share them.
  public struct Shard: Sendable, Equatable {
    /// Which part, from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Part `number` of `count`; `nil` where there is no such part.
    public init?(_ number: Int, of count: Int) {
      guard count >= 1, (1...count).contains(number) else { return nil }
      (self.number, self.count) = (number, count)
    }

    /// Whether the part holds the clip at an absolute path.
    func holds(_ path: String) -> Bool {
      StableHash(path).value % UInt64(count) == UInt64(number - 1)
    }
  }

  /// How the clips are judged and fitted.
  ///
  /// Its `codecThreads` is ignored: each clip is decoded with one thread, so that its line does not
  /// depend on the number of parallel clips. Annotated frames go to a separate folder for each clip.
  public var gate: Gate
  /// Paths of clips, and of folders that are searched for clips recursively.
  ///
  /// Hidden files and folders, links to folders and the batch's own folder are skipped. A path that
  /// occurs twice counts once.
  public var inputs: [String]
  /// Clips with wishes of their own, worked on after those of `inputs`.
  public var entries: [BatchEntry] = []
  /// How many clips are worked on at most, in the order of the inputs; `nil` for all.
  public var first: Int?
  /// How many clips are drawn from all of them; `nil` for all.
  ///
  /// Which ones follows from their paths alone, so the same draw is made again.
  public var sample: Int?
  /// The part of the clips that this batch works on; `nil` for all.
  ///
  /// A clip's part follows from its absolute path alone: other clips that come or go do not move it.
  public var shard: Shard?
  /// Removes what the folder holds of clips that are no longer among the inputs: their lines, outputs and
  /// previews.
  public var prunes = false
  /// The folder for the outputs and `report.ndjson`; it is created if it does not exist.
  ///
  /// An output is named after its clip: `visit.mov` becomes `visit.mp4`, and what was found in a folder
  /// below an input keeps that folder: `clinic/visit.mp4`. If clips share a name, or a file of that name
  /// is there already, eight digits computed from the clip's path are added. Previews are files below
  /// `previews`. A clip keeps the name in the report from run to run. Files that no batch has written are
  /// neither replaced nor removed; a `report.ndjson` with other lines is refused.
  public var folder: String
  /// What the batch does with each clip.
  public var work = Work.prepare
  /// Where the outputs go that the service is predicted to refuse.
  public var refused = Refused.apart
  /// The number of clips that are processed in parallel.
  ///
  /// The default is the number of processors of this process; values below 1 count as 1.
  public var jobs: Int
  /// Processes every clip, even if the folder has its line and output.
  ///
  /// Otherwise a clip is skipped if its line has no error and was made with the same settings and
  /// version of vprep, its size and its modification time or MD5 are the same, and its output exists
  /// with the size that the line states.
  public var isForced = false

  /// The processes that read the clips, so that one which ends its process costs its own line alone;
  /// `nil` reads them in this process.
  package var isolation: IsolationPool?

  /// Makes a batch; nothing happens before it is iterated.
  public init(_ gate: Gate, inputs: [String], folder: String) {
    self.gate = gate
    self.inputs = inputs
    self.folder = folder
    jobs = ProcessorCount.available
  }

  /// The name of the report in a batch's folder.
  public static let reportName = "report.ndjson"
  /// The name of the summary in a batch's folder.
  public static let summaryName = "summary.json"

  /// Extensions of clips that are searched for in folders, in lower case.
  public static let mediaExtensions: Set<String> = [
    "3g2", "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts",
    "ts", "webm", "wmv",
  ]

  /// The paths in a list with one path per line; empty lines are ignored.
  ///
  /// A list that contains NUL, such as one from `find -print0`, is split at NUL instead; line ends
  /// then belong to the paths.
  public static func paths(inList text: String) -> [String] {
    if text.utf8.contains(0) { return text.unicodeScalars.split(separator: "\0").map(String.init) }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }
}

extension Batch: AsyncSequence {
  /// Iterates over the results of one run.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let owner: RunOwner

    init(_ batch: Batch) { owner = RunOwner(BatchRun(batch)) }

    /// The next finished clip; `nil` when all are finished.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(VPrepError) -> BatchResult? {
      try await owner.run.next()
    }
  }

  /// Starts a run.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

/// Ends a run when nobody waits for its results any more.
private final class RunOwner: Sendable {
  let run: BatchRun

  init(_ run: BatchRun) { self.run = run }

  deinit { run.cancel() }
}
