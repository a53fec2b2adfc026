internal import FoundationEssentials

/// Answers that are kept apart from the reports they belong to.
public struct AnswerList: Sendable {
  /// How an answer names its clip.
  public enum Key: String, Sendable, CaseIterable {
    /// By the digest of the file that was sent, or of the clip that it was made from.
    case md5
    /// By the name of the output.
    case output
    /// By the path of the clip.
    case path
  }

  /// How answers name their clips.
  public let key: Key
  private var answers: [String: [LoggedAnswer.Answer]] = [:]
  /// How many answers have no code, no time or no name.
  public private(set) var unreadable = 0

  /// An empty list.
  public init(by key: Key) { self.key = key }

  /// How many answers no report has taken.
  public var remaining: Int { answers.values.reduce(0) { $0 + $1.count } }

  /// Takes in one answer by the names of a table's columns: that of the key, `code` and `time`.
  public mutating func add(_ row: [String: String]) {
    guard let name = row[key.rawValue], !name.isEmpty, let code = row["code"], !code.isEmpty,
      let text = row["time"], let time = try? LoggedAnswer.Answer.seconds(text)
    else {
      unreadable += 1
      return
    }
    answers[name, default: []].append(LoggedAnswer.Answer(code: code, time: time))
  }

  /// The answers to what a report is about; no other report gets them.
  mutating func take(_ report: LoggedAnswer) -> [LoggedAnswer.Answer] {
    for name in report.names(key) {
      if let found = answers.removeValue(forKey: name) { return found }
    }
    return []
  }
}
