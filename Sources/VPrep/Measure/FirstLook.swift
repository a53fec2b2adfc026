internal import Services

/// A look at a part of a clip's pictures, and when it is enough.
struct FirstLook: Sendable {
  /// What the pictures are to tell.
  let question: DecodingPlan.Question
  /// Whether the verdict on these measurements would stand if more frames were seen.
  let isSteady: @Sendable (ClipMeasurements) -> Bool
  /// Whether these measurements end in the midst of a movement that is looked for.
  var isUnderWay: @Sendable (ClipMeasurements) -> Bool = { _ in false }
  /// Whether the question is about the eyes as well, whose movement is over in a tenth of a second.
  var asksForEyes = true
}

/// Chooses the packets of the video that are decoded, one after another.
///
/// Where movement is asked for, nothing is left out until what was seen so far speaks against every
/// failure: a blink in the first second, and the rest of the clip needs no more than samples. A
/// movement that is under way when a sample ends is followed until it goes no further.
struct PacketChoice {
  private let plan: DecodingPlan?
  private let look: FirstLook?
  private var rest = Rest.undecided
  /// Whether the eyes are measured in every frame, and not only as often as the light: until nothing
  /// that they may do would change the verdict.
  private(set) var followsEyes: Bool
  /// Packets that were asked about.
  private(set) var seen = 0
  /// Packets that were left out.
  private(set) var leftOut = 0

  /// - Parameter plan: `nil` takes all.
  init(_ plan: DecodingPlan?, _ look: FirstLook?) {
    self.plan = plan
    self.look = look
    followsEyes = look?.asksForEyes ?? true
  }

  /// Whether there are more or fewer packets than were planned for.
  var isContradicted: Bool { plan.map { seen != $0.decodes.count } ?? false }

  /// Packets from one question to the next: a blink has as many.
  private static let askedPackets = 5

  /// Whether the next packet is decoded.
  ///
  /// - Parameter measured: what was measured so far; asked for now and then.
  mutating func takesNext(_ measured: () -> ClipMeasurements) -> Bool {
    defer { seen += 1 }
    guard let plan, let look, !plan.takes(seen) else {
      rest = .undecided
      return true
    }
    switch rest {
    case .undecided, .decoded(more: 0):
      rest = goesOn(look, measured) ? .decoded(more: Self.askedPackets - 1) : .leftOut
    case .decoded(let more): rest = .decoded(more: more - 1)
    // What depends on a picture that was left out cannot be decoded any more.
    case .leftOut: break
    }
    guard rest == .leftOut else { return true }
    leftOut += 1
    return false
  }

  /// Whether what the plan leaves out is decoded all the same.
  private mutating func goesOn(
    _ look: FirstLook, _ measured: () -> ClipMeasurements
  ) -> Bool {
    guard look.question == .movement else { return false }
    let found = measured()
    let isSteady = look.isSteady(found)
    followsEyes = look.asksForEyes && !isSteady
    return !isSteady || look.isUnderWay(found)
  }

  /// What happens to the pictures of a group that the plan leaves out.
  private enum Rest: Equatable {
    case undecided
    /// Decoded, and asked again after as many more.
    case decoded(more: Int)
    case leftOut
  }
}
