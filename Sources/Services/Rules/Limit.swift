/// Where a threshold comes from: its class and the document, product or reason.
package struct Citation: Sendable, Equatable {
  /// Its class.
  package let provenance: Provenance
  /// The document, product or reason.
  package let source: String

  static func documented(_ source: String) -> Citation { Citation(.documented, source) }
  static func carried(_ source: String) -> Citation { Citation(.carried, source) }
  static func heuristic(_ source: String) -> Citation { Citation(.heuristic, source) }
  static func calibrated(_ source: String) -> Citation { Citation(.calibrated, source) }

  func replacingSource(_ source: String) -> Citation { Citation(provenance, source) }

  private init(_ provenance: Provenance, _ source: String) {
    self.provenance = provenance
    self.source = source
  }
}

/// One threshold of a rule.
package struct Limit: Sendable {
  /// The threshold in the measure's unit.
  package var value: Double
  /// Whether the limit itself is bad.
  package var inclusive: Bool
  /// What must hold as well; aggregated as the rule aggregates its own measure.
  package var conditions: [Condition]
  /// Where the threshold comes from.
  package var citation: Citation
  /// Whether the caller replaced it.
  package var overridden = false

  static func documented(
    _ value: Double, _ source: String, inclusive: Bool = false, when conditions: [Condition] = []
  ) -> Limit {
    Limit(
      value: value, inclusive: inclusive, conditions: conditions, citation: .documented(source))
  }

  static func carried(
    _ value: Double, _ source: String, inclusive: Bool = false, when conditions: [Condition] = []
  ) -> Limit {
    Limit(
      value: value, inclusive: inclusive, conditions: conditions, citation: .carried(source))
  }

  static func heuristic(
    _ value: Double, _ source: String, inclusive: Bool = false, when conditions: [Condition] = []
  ) -> Limit {
    Limit(
      value: value, inclusive: inclusive, conditions: conditions, citation: .heuristic(source))
  }
}

/// A second measure that must be on its bad side too before a limit counts.
package struct Condition: Sendable {
  /// What is read.
  package let measure: Measure
  /// Which side is the bad one.
  package let comparison: Comparison
  /// The threshold in the measure's unit; overrides replace it.
  package var value: Double

  init(_ measure: Measure, _ comparison: Comparison, _ value: Double) {
    self.measure = measure
    self.comparison = comparison
    self.value = value
  }

  /// Whether a value of the measure is on the bad side.
  func holds(_ value: Double) -> Bool { comparison.isCrossed(by: value, limit: self.value) }
}

/// The names that a rule accepts, and what any other name means.
package struct AcceptedNames: Sendable {
  /// The accepted names.
  package var names: [String]
  /// What any other name means.
  package let severity: Severity
  /// Where the list comes from.
  package let citation: Citation
  /// Whether the caller replaced the list.
  package var overridden = false
}
