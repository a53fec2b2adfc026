/// Many clips, a few at a time, with one line of JSON for each in the folder's `report.ndjson`.
///
/// ```swift
/// let batch = Batch(gate, inputs: ["recordings"], folder: "ready")
/// for try await result in batch {
///   print(result.path, result.status)
/// }
/// ```
///
/// The results come as the clips are done. A clip that cannot be used is a result with an error, and
/// the batch goes on. A run over a folder that an earlier run was about takes over the lines of the
/// clips that have not changed since; what counts as a change is described at `isForced`. Once all
/// clips are done the lines stand in the order of the inputs, one a clip.
///
/// Cancelling the task that iterates, or leaving the loop, ends the clips that are under way and
/// removes their temporary files. What was done stays; the next run goes on from there.
///
/// Iterating throws when the folder cannot be used or its report not be written, and `.cancelled`
/// after a cancellation.
public struct Batch: Sendable {
  /// What is done with each clip.
  public enum Work: String, Sendable {
    /// `Gate.check`; the folder receives the report alone.
    case check
    /// `Gate.prepare`; the folder receives the outputs as well.
    case prepare
  }

  /// How the clips are judged and fitted.
  ///
  /// Its `codecThreads` does not count: each clip is decoded by one thread, so that a line says the
  /// same however many clips run beside it. Annotated frames go to a folder of each clip's own.
  public var gate: Gate
  /// Paths of clips, and of folders that are searched for clips at any depth.
  ///
  /// Hidden files and folders are left out, and so are links to folders and the batch's own folder.
  /// A path that comes twice counts once.
  public var inputs: [String]
  /// Where the outputs and `report.ndjson` go; made when it is missing.
  ///
  /// An output is called after its clip: `visit.mov` becomes `visit.mp4`. Where clips share a name,
  /// or the folder holds a file of that name, eight digits that follow from the clip's path tell them
  /// apart. The name in the report stays with its clip from run to run. What no batch has written is
  /// neither replaced nor removed; a `report.ndjson` that holds other lines is refused.
  public var folder: String
  /// What is done with each clip.
  public var work = Work.prepare
  /// Clips that are worked on at once: at first as many as there are processors for this process; less
  /// than 1 counts as 1.
  public var jobs: Int
  /// Works on every clip, also where the folder holds its line and output.
  ///
  /// Otherwise a clip is skipped when it has a line without an error, made with the same settings
  /// by the same version of vprep; its size is the same and so is its time of change or its MD5;
  /// and its output is there with the size that the line states.
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

  /// Endings by which clips are found in folders, in lower case.
  public static let mediaExtensions: Set<String> = [
    "3g2", "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts",
    "ts", "webm", "wmv",
  ]

  /// The paths in a list of one path a line; empty lines are left out.
  ///
  /// A list that holds a NUL, as `find -print0` makes it, has a NUL behind each path instead, and line
  /// ends belong to the paths.
  public static func paths(inList text: String) -> [String] {
    if text.utf8.contains(0) { return text.unicodeScalars.split(separator: "\0").map(String.init) }
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }
}

extension Batch: AsyncSequence {
  /// Hands out the results of one run.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let owner: RunOwner

    init(_ batch: Batch) { owner = RunOwner(BatchRun(batch)) }

    /// The next clip that is done; `nil` when all are.
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
