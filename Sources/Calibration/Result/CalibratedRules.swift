internal import FoundationEssentials
internal import Services

/// The limits of a calibration in the form of `RuleOverrides`.
struct CalibratedRules {
  /// The document.
  private(set) var document: [String: JSONValue]

  /// - Parameters:
  ///   - calibration: what was learned.
  ///   - old: the rules that are in use; what was not learned anew stays as it is there.
  init(_ calibration: Calibration, over old: JSONValue) {
    document = Self.spelledOut(old)
    for limit in calibration.limits where limit.isProven {
      set(limit.severity.rawValue, of: limit, to: .number(limit.new))
      set(limit.severity.rawValue, of: limit, to: calibration.proof(of: limit), in: "calibrated")
    }
    // A warning behind the failure would never be given, and `--rules` refuses it.
    for fail in calibration.limits where fail.severity == .fail {
      let warn = calibration.limits.first { $0.severity == .warn && $0.isSameRule(as: fail) }
      guard let warn, fail.isProven || warn.isProven else { continue }
      if fail.side == .min ? warn.new < fail.new : warn.new > fail.new {
        set("warn", of: fail, to: .number(fail.new))
      }
    }
    if let model = calibration.refusal?.model {
      document[RuleOverrides.refusalKey] = (try? JSONValue(model)) ?? .null
    }
  }

  /// Sets one value of a rule.
  private mutating func set(
    _ key: String, of limit: CalibratedLimit, to value: JSONValue, in group: String? = nil
  ) {
    let place = [limit.code, limit.measure, limit.side.rawValue] + (group.map { [$0] } ?? [])
    document.set(place + [key], to: value)
  }

  /// Rules with the full names of their codes, and with sides.
  private static func spelledOut(_ rules: JSONValue) -> [String: JSONValue] {
    guard case .object(let codes) = rules else { return [:] }
    let sides = Dictionary(
      Measure.sides.map { ("\($0.code) \($0.measure)", $0.side) }, uniquingKeysWith: { $1 })
    var document: [String: JSONValue] = [:]
    for (name, measures) in codes {
      guard let code = RuleOverrides.fullCode(name), case .object(let measures) = measures else {
        document[name] = measures
        continue
      }
      for (measure, limits) in measures {
        var place = [code, measure]
        if case .object(let members) = limits, members["min"] == nil, members["max"] == nil,
          members["accept"] == nil, let side = sides["\(code) \(measure)"]
        {
          place.append(side.rawValue)
        }
        document.set(place, to: limits)
      }
    }
    return document
  }
}

extension [String: JSONValue] {
  /// Sets the value at a place, making the objects on the way to it.
  fileprivate mutating func set(_ place: [String], to value: JSONValue) {
    guard let key = place.first else { return }
    guard place.count > 1 else {
      self[key] = value
      return
    }
    var inner: [String: JSONValue] = [:]
    if case .object(let members)? = self[key] { inner = members }
    inner.set(Array(place.dropFirst()), to: value)
    self[key] = .object(inner)
  }
}

extension JSONValue {
  /// What a value is as JSON.
  fileprivate init(_ value: some Encodable) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: try JSONEncoder().encode(value))
  }
}

extension Measure {
  /// The one side on which a code limits a measure.
  fileprivate static var sides: [(code: String, measure: String, side: RuleValue.Side)] {
    ServiceProfile.defaults.flatMap(\.table).map { ($0.code, $0.measure.name, $0.valueSide) }
  }
}

extension Calibration {
  fileprivate func proof(of limit: CalibratedLimit) -> JSONValue {
    let proof = CalibrationProof(
      accepted: limit.accepted, beyond: limit.beyond, alpha: limit.alpha, delta: limit.delta,
      from: first.day, to: last.day)
    return (try? JSONValue(proof)) ?? .null
  }
}

extension Double? {
  /// The day of a time in seconds since 1970, in UTC.
  var day: String {
    Date(timeIntervalSince1970: self ?? 0).formatted(.iso8601.year().month().day())
  }
}

extension CalibratedLimit {
  /// Whether the new limit keeps the promise.
  var isProven: Bool { finding == .moved || finding == .confirmed }

  fileprivate func isSameRule(as other: Self) -> Bool {
    code == other.code && measure == other.measure && side == other.side
  }
}
