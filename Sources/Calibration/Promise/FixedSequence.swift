/// Tries limits one after the other, each on the newer part of the log, and stops at the first whose
/// promise is not proven.
///
/// In this order, which the older part has fixed, each test may use the whole doubt: Learn then Test
/// (Angelopoulos, Bates, Candès, Jordan and Lei, 2021), with the exact binomial test.
struct FixedSequence {
  /// Largest share of accepted clips beyond the limit.
  let share: Double
  /// Largest probability that the limit found breaks that.
  let doubt: Double

  /// A limit whose promise is proven.
  struct Proof: Equatable {
    let limit: Float
    /// How many accepted clips of the newer part are beyond it.
    let beyond: Int
  }

  /// The innermost limit that is proven; `nil` if not even the outermost is.
  func innermost(of candidates: [Float], on evidence: LimitEvidence) -> Proof? {
    var proof: Proof?
    for limit in candidates {
      let beyond = evidence.acceptedBeyond(limit)
      guard isProven(beyond, of: evidence.measured) else { return proof }
      proof = Proof(limit: limit, beyond: beyond)
    }
    return proof
  }

  /// Whether so few of so many would hardly be seen if the share were larger.
  func isProven(_ beyond: Int, of trials: Int) -> Bool {
    trials > 0 && Binomial(trials: trials, probability: share).atMost(beyond) <= doubt
  }
}
