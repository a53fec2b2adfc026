internal import FoundationEssentials

/// How far a job of the worker has come: the contract `vprep.progress/1`.
struct JobProgress: Encodable {
  private let schema = "vprep.progress/1"
  private let id: Job.Identifier
  private let stage: String
  private let share: Double
  private let secondsLeft: Double?

  private enum CodingKeys: String, CodingKey { case schema, id, stage, share, secondsLeft }

  init(_ job: Job, _ progress: Gate.Progress) {
    id = job.id
    stage = progress.stage.rawValue
    share = Self.rounded(progress.share)
    secondsLeft = progress.secondsLeft.map(Self.rounded)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  // Every key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(id, forKey: .id)
    try container.encode(stage, forKey: .stage)
    try container.encode(share, forKey: .share)
    try container.encode(secondsLeft, forKey: .secondsLeft)
  }

  /// One line of JSON with its end; nothing where a number is one that JSON has no word for.
  var line: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let text = try? encoder.encode(self) else { return [] }
    return [UInt8](text) + [UInt8(ascii: "\n")]
  }
}
