internal import FoundationEssentials

/// The worker's answer to one line: the contract `vprep.answer/1`.
struct JobAnswer: Encodable {
  private let schema = "vprep.answer/1"
  private let id: Job.Identifier
  private let status: Int32
  private let result: Result<ReportDocument, VPrepError>

  private enum CodingKeys: String, CodingKey { case schema, id, status, report, error }

  /// The answer to a job.
  init(_ job: Job, _ result: Result<ReportDocument, VPrepError>) {
    id = job.id
    self.result = result
    status =
      switch result {
      case .success(let report): job.status(of: report).rawValue
      case .failure(let error): ExitStatus(error).rawValue
      }
  }

  /// The answer to a line that is no job.
  init(_ refusal: Job.Refusal) {
    id = refusal.id
    result = .failure(refusal.error)
    status = ExitStatus(refusal.error).rawValue
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(id, forKey: .id)
    try container.encode(status, forKey: .status)
    switch result {
    case .success(let report): try container.encode(report, forKey: .report)
    case .failure(let error): try container.encode(ErrorDocument(error), forKey: .error)
    }
  }

  /// One line of JSON with its end.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? encoder.encode(self) else {
      // A report holds no number that JSON has no word for; a mistake costs one answer.
      let error = VPrepError(
        kind: .outputNotWritten, stage: "report", file: "",
        message: "the report holds a number that JSON cannot express")
      return JobAnswer(Job.Refusal(id: id, error: error)).line
    }
    return [UInt8](text) + [UInt8(ascii: "\n")]
  }
}
