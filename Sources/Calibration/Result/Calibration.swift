public import FoundationEssentials
public import Services

/// All that a log says about a service's limits: the report of `vprep calibrate`.
public struct Calibration: Sendable, Equatable, Codable {
  /// Name and version of the contract.
  public let schema: String
  /// Who answered.
  public let provider: Provider
  /// The mode; `nil` if the provider has none.
  public let mode: ProviderMode?
  /// What the limits keep.
  public let promise: Promise
  /// How many lines were read.
  public let lines: Int
  /// How many answers were used.
  public let used: Int
  /// How many of these answers accepted a clip.
  public let accepted: Int
  /// How many lines were not used, by reason.
  public let unused: [String: Int]
  /// Codes that the service does not document, each with how often it was met.
  public let unknownCodes: [String: Int]
  /// The times of the first and the last answer used, in seconds since 1970; `nil` without one.
  public let first, last: Double?
  /// What was found about each limit, in the order of the service's rules.
  public let limits: [CalibratedLimit]
  /// The rules that are in use, as they were read.
  private var inUse = JSONValue.object([:])
  /// How likely a refusal is by the distance from the new limits; `nil` for fewer than 300 answers.
  public private(set) var refusal: RefusalFit?
  /// What was foretold and what was answered.
  public let overview: AnswerOverview
  /// Whether something has changed within the log.
  public let drift: Drift

  /// Learns from a log.
  public init(_ log: AnswerLog, keeping promise: Promise = Promise()) {
    schema = "vprep.calibration/1"
    provider = log.service.provider
    mode = log.service.mode
    self.promise = promise
    inUse = log.rules
    lines = log.lines
    used = log.clips.count
    accepted = log.clips.count { $0.answer == .accepted }
    unused = Dictionary(uniqueKeysWithValues: log.unused.map { ($0.key.rawValue, $0.value) })
    unknownCodes = log.unknownCodes
    first = log.clips.map(\.time).min()
    last = log.clips.map(\.time).max()
    overview = AnswerOverview(log)
    drift = Drift(log)
    limits = Calibrator(promise).limits(from: log)
    refusal = refusalFit(log)
  }

  /// The fit for the limits that will be in use.
  private func refusalFit(_ log: AnswerLog) -> RefusalFit? {
    guard let rules = try? RuleOverrides(.object(CalibratedRules(self, over: log.rules).document))
    else { return nil }
    let table = LimitTable(log.service, overrides: rules)
    let answers = log.evenlyIncluded.sorted { $0.time < $1.time }.compactMap { clip in
      table.distance(clip).map { (distance: $0, isRefused: clip.answer != .accepted) }
    }
    return RefusalFit(answers, version: last.day)
  }

  /// The report as JSON, keys in alphabetical order.
  public func json() throws -> Data { try Self.encoder.encode(self) }

  /// A `--rules` file of the limits that keep the promise, each with what proves it.
  ///
  /// Limits about which the log says too little stay as they are in the rules that are in use.
  public func rules() throws -> Data {
    try Self.encoder.encode(CalibratedRules(self, over: inUse).document)
  }

  private enum CodingKeys: String, CodingKey {
    case schema, provider, mode, promise, lines, used, accepted, unused, unknownCodes, first, last
    case limits, refusal, overview, drift
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
