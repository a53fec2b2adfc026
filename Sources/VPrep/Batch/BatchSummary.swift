public import Services

/// Counts of the results of a batch.
public struct BatchSummary: Sendable, Equatable {
  /// A clip and the seconds that were spent on it.
  public struct Slow: Sendable, Equatable, Codable {
    /// The clip's path.
    public let path: String
    /// Seconds.
    public let seconds: Double
  }

  /// Clips by the outcome of their verdict; a request that would be refused counts as `fail`.
  public private(set) var outcomes: [Outcome: Int] = [:]
  /// Clips that gave an error instead of a report.
  public private(set) var errors = 0
  /// Clips whose line was kept from an earlier run; the other counts include them.
  public private(set) var resumed = 0
  /// Clips by each code that they are predicted to be refused with, warnings left out; a clip counts once
  /// for each of its codes.
  public private(set) var codes: [String: Int] = [:]
  /// Clips by the exit status that each alone would have.
  public private(set) var statuses: [ExitStatus: Int] = [:]
  /// The clips that took longest in this run, slowest first; at most ten.
  public private(set) var slowest: [Slow] = []
  /// The worst status of the clips; see `ExitStatus.severity`.
  public private(set) var status = ExitStatus.accepted

  /// A summary of nothing.
  public init() {}

  /// Clips that were counted.
  public var clips: Int { outcomes.values.reduce(errors, +) }

  /// Counts a clip.
  public mutating func add(_ result: BatchResult) {
    switch result.answer {
    case .failure(let error):
      errors += 1
      if let code = error.code { codes[code, default: 0] += 1 }
    case .success(let report):
      let isLinted = report.lint?.isEmpty == false
      outcomes[isLinted ? .fail : result.verdict?.outcome ?? .incomplete, default: 0] += 1
      let predicted = (result.verdict?.predictions ?? []).filter { $0.severity == .fail }
      for code in Set((report.lint ?? []).map(\.code) + predicted.map(\.code)) {
        codes[code, default: 0] += 1
      }
    }
    if result.isResumed {
      resumed += 1
    } else if let seconds = result.seconds {
      note(Slow(path: result.path, seconds: seconds))
    }
    statuses[result.status, default: 0] += 1
    if result.status.severity > status.severity { status = result.status }
  }

  private mutating func note(_ clip: Slow) {
    let place = slowest.firstIndex { $0.seconds < clip.seconds } ?? slowest.count
    guard place < 10 else { return }
    slowest.insert(clip, at: place)
    if slowest.count > 10 { slowest.removeLast() }
  }
}

extension ExitStatus {
  /// The rank of a status; a batch ends with the worst status of its clips.
  ///
  /// From best to worst: accepted, incomplete, refused, limits cannot be met, input unusable, bad
  /// usage, output not written. Faults of the caller's machine are worst, because they concern the
  /// clips that follow.
  public var severity: Int {
    switch self {
    case .accepted: 0
    case .incomplete: 1
    case .refused: 2
    case .limitsCannotBeMet: 3
    case .unusableInput: 4
    case .usage: 5
    case .outputNotWritten: 6
    }
  }
}
