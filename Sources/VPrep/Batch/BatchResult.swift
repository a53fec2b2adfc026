public import FoundationEssentials
public import Services

/// The result for one clip of a batch.
public struct BatchResult: Sendable {
  /// The clip's path: as it was given, or below the folder that was given.
  public let path: String
  /// The clip's place among the inputs, from 0.
  public let index: Int
  /// How many clips the batch has.
  public let count: Int
  /// The report, or why there is none.
  public let answer: Result<ReportDocument, VPrepError>
  /// The clip's line of `report.ndjson`, without the line end.
  public let line: Data
  /// Whether the line was kept from an earlier run.
  public let isResumed: Bool
  /// The exit status that the clip alone would have.
  public let status: ExitStatus
  /// Seconds that were spent on the clip, by this run or by the one that wrote its line; `nil` where that
  /// was not noted.
  public let seconds: Double?
  /// The batch's folder.
  package let folder: String
  /// Names of the preview pictures below it.
  let previewNames: [String]

  /// The verdict that counts: the output's where there is one, else the clip's.
  public var verdict: Verdict? {
    guard case .success(let report) = answer else { return nil }
    return report.outputVerdict ?? report.verdict
  }

  /// Path of the best preview's file; `nil` without one.
  package var previewPath: String? { previewNames.first.map { "\(folder)/\($0)" } }

  /// Path of the output; `nil` without one.
  public var outputPath: String? {
    guard case .success(let report) = answer else { return nil }
    return report.fit?.output?.path
  }
}

/// What a batch notes about a clip beside its report: the line's `batch` object.
package struct BatchRecord: Sendable, Codable, Equatable {
  /// The clip's absolute path, by which a later run knows it.
  package var path: String
  /// The clip's size in bytes; `null` when there was no such file.
  @ExplicitNull package var bytes: Int?
  /// When the clip was last changed, in seconds since 1970; `null` when there was no such file.
  @ExplicitNull package var modified: Double?
  /// The output's name below the folder.
  ///
  /// It is kept after an error or a `--check-only` run; `null` if no output was ever requested.
  @ExplicitNull package var output: String?
  /// Names of the preview pictures in the folder, the best first; missing in lines of earlier versions.
  package var previews: [String]?
  /// The run that wrote the line: 16 hexadecimal digits; missing in lines of earlier versions.
  package var run: String?
  /// When that run began with the clip, in seconds since 1970; missing in lines of earlier versions.
  package var started: Double?
  /// Seconds that it spent on the clip; missing in lines of earlier versions.
  package var seconds: Double?
  /// When this run or an earlier one wrote the file, in seconds since 1970; missing if no run did.
  package var outputModified: Double?
  /// A digest of what was asked for; lines with another one are not taken over.
  package var settings: String
}

/// One line of a batch's report: a report, or an error, with the batch's record.
struct BatchLine: Codable {
  enum Content {
    case report(ReportDocument)
    case error(ErrorReport)
  }

  var record: BatchRecord
  var content: Content

  private enum CodingKeys: String, CodingKey { case batch, error }

  init(record: BatchRecord, answer: Result<ReportDocument, VPrepError>) {
    self.record = record
    content =
      switch answer {
      case .success(let report): .report(report)
      case .failure(let error): .error(ErrorReport(error))
      }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    record = try container.decode(BatchRecord.self, forKey: .batch)
    content =
      try container.contains(.error)
      ? .error(ErrorReport(from: decoder)) : .report(ReportDocument(from: decoder))
  }

  func encode(to encoder: any Encoder) throws {
    switch content {
    case .report(let report): try report.encode(to: encoder)
    case .error(let error): try error.encode(to: encoder)
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(record, forKey: .batch)
  }

  /// The line without its end.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
