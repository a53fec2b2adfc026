public import FoundationEssentials
public import Services

/// Whether a service still answers as it did: the report of `vprep drift`.
public struct Drift: Sendable, Equatable, Codable {
  /// Name and version of the contract.
  public let schema: String
  /// Who answered.
  public let provider: Provider
  /// The mode; `nil` if the provider has none.
  public let mode: ProviderMode?
  /// How many answers were looked at.
  public let used: Int
  /// Whether something has changed: the service, or the clips that are sent to it.
  public let hasChanged: Bool
  /// The time of the first answer that was different, in seconds since 1970; `nil` without a change.
  public let changed: Double?
  /// The time of the answer after which that was proven; `nil` without a change.
  public let seen: Double?
  /// How many answers that took; `nil` without a change.
  public let delay: Int?
  /// The largest probability of a false alarm, over the whole log.
  public let falseAlarms: Double

  /// Looks through a log in the order of time.
  public init(_ log: AnswerLog) {
    let clips = log.clips.sorted { $0.time < $1.time }
    let surprises = clips.compactMap { clip in
      log.table.surprise(clip).map { (time: clip.time, value: $0, lot: clip.lot) }
    }
    let test = DriftTest()
    let alarm = test.alarm(in: surprises.map { ($0.value, $0.lot) })
    schema = "vprep.drift/1"
    provider = log.service.provider
    mode = log.service.mode
    used = surprises.count
    hasChanged = alarm != nil
    changed = alarm.map { surprises[$0.changed].time }
    seen = alarm.map { surprises[$0.seen].time }
    delay = alarm.map { $0.seen - $0.changed + 1 }
    falseAlarms = test.falseAlarms
  }

  /// The report as JSON, keys in alphabetical order.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension LimitTable {
  /// How little an answer was to be expected: how far a clip that was refused is within all limits, or
  /// how far one that was accepted is beyond one; negative for an answer that was.
  ///
  /// A multiple of the limit; `nil` for a clip that no limit is asked about.
  func surprise(_ clip: AnsweredClip) -> Double? {
    distance(clip).map { clip.answer == .accepted ? $0 : -$0 }
  }
}
