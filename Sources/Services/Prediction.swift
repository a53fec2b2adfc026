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
  /// One sentence for the integrator.
  public var integratorAdvice: String
  /// Whether the caller's own limit was used.
  public var overridden: Bool

  /// Makes a prediction.
  public init(
    code: String, severity: Severity, measure: String, value: ReportValue?, limit: ReportValue?,
    provenance: Provenance, source: String, window: TimeWindow?, advice: String,
    integratorAdvice: String, overridden: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.measure = measure
    self.value = value
    self.limit = limit
    self.provenance = provenance
    self.source = source
    self.window = window
    self.advice = advice
    self.integratorAdvice = integratorAdvice
    self.overridden = overridden
  }
}

extension Prediction: Codable {
  private enum CodingKeys: String, CodingKey {
    case code, severity, measure, value, limit, provenance, source, window, advice
    case integratorAdvice, overridden
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
    try keys.encode(integratorAdvice, forKey: .integratorAdvice)
    try keys.encode(overridden, forKey: .overridden)
  }
}
