public import MediaIO
internal import Services

/// How much of an input is read before it is refused; see `Gate.inputLimits`.
public typealias InputLimits = MediaIO.InputLimits

extension InputLimits {
  /// Sets limits from text: `NAME=VALUE`, several of them divided by commas.
  ///
  /// - Throws: `VPrepError.Kind.badRequest` for a name that is none, with those that may be meant, and
  ///   for a value that is no number or out of range. Nothing is set then.
  public mutating func set(_ text: String) throws(VPrepError) {
    var limits = self
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      try limits.setOne(part)
    }
    self = limits
  }

  private mutating func setOne(_ text: Substring) throws(VPrepError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Self.refused("\"\(text)\" is not NAME=VALUE, such as pixels=4000000")
    }
    let name = String(parts[0])
    guard let limit = Self.table.first(where: { $0.name.rawValue == name }) else {
      let names = Self.table.map(\.name.rawValue)
      let near = NearMatch.find(name, among: names)
      let meant = near.isEmpty ? names : near
      throw Self.refused(
        "there is no limit named \"\(name)\"; \(near.isEmpty ? "there are" : "did you mean") "
          + meant.joined(separator: ", ") + (near.isEmpty ? "" : "?"))
    }
    let size = limit.unit == "bytes" ? ByteCount(String(parts[1])).map { Double($0.value) } : nil
    guard let value = Double(parts[1]) ?? size else {
      throw Self.refused("\(name) takes a number of \(limit.unit), not \"\(parts[1])\"")
    }
    guard limit.range.contains(value) else { throw limit.refusal(of: value) }
    self[limit.name] = value
  }

  fileprivate static func refused(_ message: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "arguments", file: "", message: message)
  }
}

extension InputLimits.Entry {
  /// The error for a value that the limit does not take.
  func refusal(of value: Double) -> VPrepError {
    let (least, most) = (range.lowerBound.plain, range.upperBound.plain)
    return InputLimits.refused(
      "\(name.rawValue) takes \(least) to \(most) \(unit), not \(value.plain)")
  }

  /// The value unless another one is set, as a person reads it.
  public var standardText: String { standard.plain }
}

extension Double {
  /// Without a fraction where there is none.
  fileprivate var plain: String { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}
