internal import FoundationEssentials
internal import Services

/// What matters of one line of a log: a report of vprep, and what the service answered.
struct LoggedAnswer: Decodable {
  let answer: Answer?
  let batch: Batch?
  let input: File?
  let fit: Fit?
  let verdict: Judged?
  /// Of the file that was sent, where one was made.
  let outputVerdict: Judged?
  let exploration: Exploration?

  /// What the service said, and when.
  struct Answer: Decodable {
    let code: String
    let time: Double

    private enum CodingKeys: String, CodingKey { case code, time }

    init(code: String, time: Double) { (self.code, self.time) = (code, time) }

    /// The time is in seconds since 1970, or written by ISO 8601.
    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: CodingKeys.self)
      code = try keys.decode(String.self, forKey: .code)
      if let seconds = try? keys.decode(Double.self, forKey: .time) {
        time = seconds
      } else {
        time = try Self.seconds(try keys.decode(String.self, forKey: .time))
      }
    }

    /// Seconds since 1970 of a time by ISO 8601, or of a number as text.
    static func seconds(_ text: String) throws -> Double {
      if let seconds = Double(text) { return seconds }
      return try Date(text, strategy: .iso8601).timeIntervalSince1970
    }
  }

  struct File: Decodable {
    let md5: String?
    let path: String?
  }

  struct Batch: Decodable {
    let path: String?
    let output: String?
  }

  struct Fit: Decodable { let output: File? }

  struct Judged: Decodable {
    let provider: String
    let mode: String?
    let outcome: String
    let readings: [RuleValue]?
  }

  struct Exploration: Decodable { let probability: Double }

  /// The verdict on the file that was sent.
  var judged: Judged? { outputVerdict ?? verdict }

  /// Which file was sent; `nil` if the line does not say.
  var md5: String? { fit?.output?.md5 ?? input?.md5 }

  /// What an answer may call the clip.
  func names(_ key: AnswerList.Key) -> [String] {
    let names =
      switch key {
      case .md5: [fit?.output?.md5, input?.md5]
      case .output: [batch?.output, fit?.output?.path]
      case .path: [batch?.path, input?.path]
      }
    return names.compactMap { $0 }
  }
}
