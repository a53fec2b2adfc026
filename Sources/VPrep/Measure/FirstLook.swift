internal import ProviderRules

/// A look at a part of a clip's pictures, and when it is enough.
struct FirstLook: Sendable {
  /// What the pictures are to tell.
  let question: DecodingPlan.Question
  /// Whether the verdict on these measurements would stand if more frames were seen.
  let isSteady: @Sendable (ClipMeasurements) -> Bool
}

/// Chooses the packets of the video that are decoded, one after another.
///
/// Where movement is asked for, nothing is left out until what was seen so far speaks against every
/// failure: a blink in the first second, and the rest of the clip needs no more than samples.
struct PacketChoice {
  private let plan: DecodingPlan?
  private let look: FirstLook?
  private var decodesRest: Bool?
  /// Packets that were asked about.
  private(set) var seen = 0
  /// Packets that were left out.
  private(set) var leftOut = 0

  /// - Parameter plan: `nil` takes all.
  init(_ plan: DecodingPlan?, _ look: FirstLook?) {
    self.plan = plan
    self.look = look
  }

  /// Whether there are more or fewer packets than were planned for.
  var isContradicted: Bool { plan.map { seen != $0.decodes.count } ?? false }

  /// Whether the next packet is decoded.
  ///
  /// - Parameter measured: what was measured so far; asked for once a group of pictures.
  mutating func takesNext(_ measured: () -> ClipMeasurements) -> Bool {
    defer { seen += 1 }
    guard let plan, let look, !plan.takes(seen) else {
      decodesRest = nil
      return true
    }
    let decodes =
      decodesRest ?? (look.question == .movement && !look.isSteady(measured()))
    decodesRest = decodes
    if !decodes { leftOut += 1 }
    return decodes
  }
}
