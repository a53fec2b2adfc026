/// How bad a prediction is.
public enum Severity: String, Sendable, Codable {
  /// The provider is expected to refuse the clip.
  case fail
  /// The provider may refuse the clip.
  case warn
}

/// Where a limit comes from, strongest first.
public enum Provenance: String, Sendable, Codable, CaseIterable {
  /// The provider states it for this API.
  case documented
  /// Found by trying clips with known answers.
  case calibrated
  /// Carried over from another published product, SDK or standard.
  case carried
  /// Chosen with reasons, without a published figure.
  case heuristic
}

/// A value in the report: a number, or a name such as a container's.
public enum ReportValue: Sendable, Equatable, Codable {
  /// A number in the measure's unit.
  case number(Double)
  /// A name, or several separated by commas.
  case text(String)

  /// The number, when it is one.
  public var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// Reads a number or a string.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  /// Writes the bare number, with the report's four decimals, or the string.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .number(let number): try value.encode(number.reported)
    case .text(let text): try value.encode(text)
    }
  }
}

/// One code that the provider is expected to answer with, and why.
public struct Prediction: Sendable, Equatable {
  /// The code as the provider spells it.
  public var code: String
  /// Whether the clip is expected to fail or may fail.
  public var severity: Severity
  /// The measure, named as in the report.
  public var measure: String
  /// The value of the measure, in its unit; `nil` if the file could not be read at all.
  public var value: ReportValue?
  /// The limit that was crossed; `nil` if the file could not be read at all.
  public var limit: ReportValue?
  /// Where the limit comes from.
  public var provenance: Provenance
  /// The document, product or reason behind the limit.
  public var source: String
  /// The window to which it applies, in seconds; `nil` if it is about the photo.
  public var window: TimeWindow?
  /// One sentence for the person in front of the camera.
  public var advice: String
  /// Which sentence it is; `nil` in a report of a version that did not say so.
  public var adviceID: Advice?
  /// What the blanks of the sentence hold, by name.
  public var parameters: [String: String]
  /// Who can mend it; `nil` where `adviceID` is.
  public var remedy: Remedy? { adviceID?.remedy }
  /// One sentence for the integrator.
  public var integratorAdvice: String
  /// Whether the caller's own limit was used.
  public var overridden: Bool

  /// Makes a prediction.
  public init(
    code: String, severity: Severity, measure: String, value: ReportValue?, limit: ReportValue?,
    provenance: Provenance, source: String, window: TimeWindow?, advice: Advice,
    parameters: [String: String] = [:], integratorAdvice: String, overridden: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.measure = measure
    self.value = value
    self.limit = limit
    self.provenance = provenance
    self.source = source
    self.window = window
    self.adviceID = advice
    self.advice = advice.english(parameters)
    self.parameters = parameters
    self.integratorAdvice = integratorAdvice
    self.overridden = overridden
  }
}

extension Prediction: Codable {
  private enum CodingKeys: String, CodingKey {
    case code, severity, measure, value, limit, provenance, source, window, advice
    case id, parameters, remedy, integratorAdvice, overridden
  }

  /// Every blank that a sentence of advice can have.
  private enum Blank: String, CodingKey, CaseIterable {
    case seconds
  }

  /// Writes every key; a missing value is an explicit `null`.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(code, forKey: .code)
    try keys.encode(severity, forKey: .severity)
    try keys.encode(measure, forKey: .measure)
    try keys.encode(value, forKey: .value)
    try keys.encode(limit, forKey: .limit)
    try keys.encode(provenance, forKey: .provenance)
    try keys.encode(source, forKey: .source)
    try keys.encode(window, forKey: .window)
    try keys.encode(advice, forKey: .advice)
    try keys.encode(adviceID, forKey: .id)
    var blanks = keys.nestedContainer(keyedBy: Blank.self, forKey: .parameters)
    for blank in Blank.allCases { try blanks.encode(parameters[blank.rawValue], forKey: blank) }
    try keys.encode(remedy, forKey: .remedy)
    try keys.encode(integratorAdvice, forKey: .integratorAdvice)
    try keys.encode(overridden, forKey: .overridden)
  }

  /// Reads a prediction, those of earlier versions included.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    code = try keys.decode(String.self, forKey: .code)
    severity = try keys.decode(Severity.self, forKey: .severity)
    measure = try keys.decode(String.self, forKey: .measure)
    value = try keys.decodeIfPresent(ReportValue.self, forKey: .value)
    limit = try keys.decodeIfPresent(ReportValue.self, forKey: .limit)
    provenance = try keys.decode(Provenance.self, forKey: .provenance)
    source = try keys.decode(String.self, forKey: .source)
    window = try keys.decodeIfPresent(TimeWindow.self, forKey: .window)
    advice = try keys.decode(String.self, forKey: .advice)
    adviceID = try keys.decodeIfPresent(String.self, forKey: .id).flatMap(Advice.init)
    let blanks = try keys.decodeIfPresent([String: String?].self, forKey: .parameters) ?? [:]
    parameters = blanks.compactMapValues { $0 }
    integratorAdvice = try keys.decode(String.self, forKey: .integratorAdvice)
    overridden = try keys.decode(Bool.self, forKey: .overridden)
  }
}
