internal import FoundationEssentials
public import Services

/// Answers of one service, read from lines of reports; what cannot be used is counted.
public struct AnswerLog: Sendable {
  /// Who answered.
  public let service: Service
  /// How many lines were read, empty ones left out.
  public private(set) var lines = 0
  /// How many lines were not used, by reason.
  public private(set) var unused: [Unused: Int] = [:]
  /// Codes that the service does not document, each with how often it was met.
  public private(set) var unknownCodes: [String: Int] = [:]

  private(set) var table: LimitTable
  /// The rules that are in use, as they were read.
  let rules: JSONValue
  private(set) var clips: [AnsweredClip] = []
  private var known: Set<Int> = []
  private let latest: Double
  /// Unknown codes are counted by name up to so many: a log may hold anything.
  private static let mostUnknownCodes = 100
  /// Answers that are kept: with so many, shares are known to a twentieth of a per cent.
  private let most: Int
  /// Answers that are kept if nothing else is said.
  public static let mostAnswers = 200_000

  /// Why a line is of no use.
  public enum Unused: String, Sendable, CaseIterable, Codable {
    /// It is no JSON object of the expected form.
    case unreadable
    /// It has no `answer`.
    case unanswered
    /// It is about another service or mode.
    case otherService
    /// It has no `verdict.readings`: a version before 0.3.0 wrote it, or nothing was measured.
    case noReadings
    /// The service does not document the code.
    case unknownCode
    /// The answer is dated later than now.
    case future
    /// The same file was answered at the same time in an earlier line.
    case repeated
    /// An answer in a list of its own belongs to no report.
    case unmatched
    /// There are so many newer answers that it would prove nothing more.
    case older
  }

  /// An empty log.
  ///
  /// - Parameters:
  ///   - service: whose answers are read; lines of others are counted as unused.
  ///   - rules: the limits that the gate uses now, in the form of `RuleOverrides`.
  ///   - now: seconds since 1970; answers of more than a day later are not believed.
  public init(
    _ service: Service, rules: String, now: Double
  ) throws(RuleOverridesError) {
    self.init(service, now: now, rules: try JSONValue.parse(rules))
    table = LimitTable(service, overrides: try RuleOverrides(json: rules))
  }

  /// An empty log of a gate with the limits of its service.
  init(
    _ service: Service, now: Double, rules: JSONValue = .object([:]),
    most: Int = AnswerLog.mostAnswers
  ) {
    self.service = service
    self.most = most
    self.rules = rules
    table = LimitTable(service, overrides: .none)
    latest = now + 86_400
  }

  /// Takes in one line.
  public mutating func add(line: some Collection<UInt8>) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    lines += 1
    guard let logged = try? JSONDecoder().decode(LoggedAnswer.self, from: Data(line)) else {
      return count(.unreadable)
    }
    count(take(logged, logged.answer))
  }

  /// Takes in one line of a report, whose answers are in a list.
  public mutating func add(line: some Collection<UInt8>, answeredBy list: inout AnswerList) {
    guard line.contains(where: { $0 > 0x20 }) else { return }
    lines += 1
    guard let logged = try? JSONDecoder().decode(LoggedAnswer.self, from: Data(line)) else {
      return count(.unreadable)
    }
    let answers = list.take(logged)
    if answers.isEmpty { count(.unanswered) }
    for answer in answers { count(take(logged, answer)) }
  }

  /// Ends the reading, and counts the answers of a list that no report has taken.
  public mutating func close(_ list: AnswerList) {
    keepNewest()
    for _ in 0..<list.remaining { count(.unmatched) }
    for _ in 0..<list.unreadable { count(.unreadable) }
  }

  private mutating func count(_ reason: Unused?) {
    if let reason { unused[reason, default: 0] += 1 }
  }

  /// Takes in what was read; returns why it is of no use.
  private mutating func take(_ logged: LoggedAnswer, _ answer: LoggedAnswer.Answer?) -> Unused? {
    guard let answered = answer else { return .unanswered }
    guard let judged = logged.judged else { return .noReadings }
    guard judged.provider == service.provider.rawValue, judged.mode == service.mode?.rawValue else {
      return .otherService
    }
    guard let readings = judged.readings, !readings.isEmpty else { return .noReadings }
    guard answered.time >= 0 else { return .unreadable }
    guard answered.time <= latest else { return .future }
    guard let answer = table.answer(answered.code) else {
      if unknownCodes[answered.code] != nil || unknownCodes.count < Self.mostUnknownCodes {
        unknownCodes[answered.code, default: 0] += 1
      }
      return .unknownCode
    }
    var name = StableHash()
    if let md5 = logged.md5 {
      name.add(md5)
      name.add("\(answered.time) \(answered.code)")
      guard known.insert(Int(bitPattern: UInt(name.value))).inserted else { return .repeated }
    } else {
      name.add("\(lines)")
    }
    let probability = logged.exploration?.probability ?? 1
    add(
      clip(
        readings, answer, .init(rawValue: judged.outcome) ?? .incomplete, time: answered.time,
        inclusion: probability > 0 && probability <= 1 ? probability : 1, lot: name.lot))
    return nil
  }

  /// Takes in a clip that was read elsewhere.
  mutating func add(_ clip: AnsweredClip) {
    clips.append(clip)
    // Half of them go at a time, so that a log in any order is sorted rarely.
    if clips.count >= 2 * most { keepNewest() }
  }

  /// Lets the oldest clips go where there are more than are kept.
  private mutating func keepNewest() {
    guard clips.count > most else { return }
    clips.sort { $0.time < $1.time }
    unused[.older, default: 0] += clips.count - most
    clips.removeFirst(clips.count - most)
  }

  /// Ends the reading: from here on the log is looked at.
  public mutating func close() { keepNewest() }

  private func clip(
    _ readings: [RuleValue], _ answer: AnsweredClip.Answer, _ forecast: AnsweredClip.Forecast,
    time: Double, inclusion: Double, lot: Double
  ) -> AnsweredClip {
    var values = [Float](repeating: .nan, count: table.rules.count)
    var (fails, warns) = (UInt64(0), UInt64(0))
    for reading in readings {
      let value = Float(reading.value)
      guard let index = table.index(of: reading), value.isFinite else { continue }
      values[index] = value
      if reading.counts.contains(.fail) { fails |= 1 << UInt64(index) }
      if reading.counts.contains(.warn) { warns |= 1 << UInt64(index) }
    }
    return AnsweredClip(
      time: time, answer: answer, forecast: forecast, inclusion: inclusion, lot: lot,
      values: values, fails: fails,
      warns: warns)
  }
}
