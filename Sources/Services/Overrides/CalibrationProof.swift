/// What proves a calibrated limit: the answers that it was tested on.
public struct CalibrationProof: Sendable, Equatable, Codable {
  /// How many accepted clips it was tested on.
  public var accepted: Int
  /// How many of them are beyond the limit.
  public var beyond: Int
  /// The share that may be, 0–1.
  public var alpha: Double
  /// The probability that it is more nevertheless, 0–1.
  public var delta: Double
  /// The days of the first and the last answer of the log, as `2026-01-31`.
  public var from, to: String

  /// Makes a proof.
  public init(accepted: Int, beyond: Int, alpha: Double, delta: Double, from: String, to: String) {
    self.accepted = accepted
    self.beyond = beyond
    self.alpha = alpha
    self.delta = delta
    self.from = from
    self.to = to
  }

  /// The source of the limit, in a phrase.
  var source: String {
    "\(beyond) of \(accepted) accepted clips are beyond it: at most "
      + "\(Decimal.text(alpha * 100, places: 2)) % with a doubt of \(Decimal.text(delta, places: 6)), "
      + "from answers of \(from) to \(to)"
  }
}

extension JSONValue {
  /// The model that an object describes.
  func refusalModel(path: String) throws(RuleOverridesError) -> RefusalModel {
    let members = Dictionary(uniqueKeysWithValues: try members(path: path))
    func numbers(_ key: String) throws(RuleOverridesError) -> [Double] {
      guard case .array(let items)? = members[key] else {
        throw .wrongType(path: "\(path) › \(key)", expected: "a list of numbers")
      }
      return items.map { item in
        if case .number(let number) = item { number } else { .nan }
      }
    }
    guard case .number(let answers)? = members["answers"], let count = Int(exactly: answers),
      case .string(let version)? = members["version"]
    else { throw .wrongType(path: path, expected: "a model with answers and a version") }
    let model = RefusalModel(
      distances: try numbers("distances"), probabilities: try numbers("probabilities"),
      lows: try numbers("lows"), highs: try numbers("highs"), answers: count, version: version)
    if let complaint = model.complaint { throw .wrongType(path: path, expected: complaint) }
    return model
  }

  /// A proof for each limit that has one.
  func proofs(path: String) throws(RuleOverridesError) -> [Severity: CalibrationProof] {
    var proofs: [Severity: CalibrationProof] = [:]
    for (name, value) in try members(path: path) {
      guard let severity = Severity(rawValue: name) else {
        throw .unknown(.key, name, path: path, nearest: ["warn", "fail"])
      }
      proofs[severity] = try value.proof(path: "\(path) › \(name)")
    }
    return proofs
  }

  private func proof(path: String) throws(RuleOverridesError) -> CalibrationProof {
    let members = Dictionary(uniqueKeysWithValues: try members(path: path))
    func number(_ key: String) throws(RuleOverridesError) -> Double {
      guard case .number(let number)? = members[key], number >= 0, number < 1e15 else {
        throw .wrongType(path: "\(path) › \(key)", expected: "a number that is not negative")
      }
      return number
    }
    func day(_ key: String) throws(RuleOverridesError) -> String {
      guard case .string(let text)? = members[key], text.utf8.count <= 40 else {
        throw .wrongType(path: "\(path) › \(key)", expected: "a day such as 2026-01-31")
      }
      return text
    }
    return CalibrationProof(
      accepted: Int(try number("accepted")), beyond: Int(try number("beyond")),
      alpha: try number("alpha"), delta: try number("delta"), from: try day("from"),
      to: try day("to"))
  }
}
