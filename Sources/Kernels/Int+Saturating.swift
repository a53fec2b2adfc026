extension Int {
  /// The whole part of a number; what no `Int` holds ends at the nearest one, and no number is 0.
  ///
  /// Plans are made in floating point from what files claim, and a conversion must not end the process.
  package init(saturating value: Double) {
    if let whole = Int(exactly: value.rounded(.towardZero)) {
      self = whole
    } else {
      self = value > 0 ? .max : value < 0 ? .min : 0
    }
  }
}
