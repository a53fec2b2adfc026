/// Something that the person did before the camera, and when.
public struct FaceAction: Sendable, Equatable {
  /// What can be seen.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Both eyes are shut, in a blink or for longer.
    case eyesClosed
    /// The mouth is open.
    case mouthOpen
    /// The head is turned to a side, away from where it is most of the time.
    case headTurn
    /// The head is raised or lowered, away from where it is most of the time.
    case headNod
  }

  /// What was seen.
  public var kind: Kind
  /// Seconds from the clip's start to the first frame that shows it.
  public var start: Double
  /// Seconds from the clip's start to the first frame that shows it no more.
  public var end: Double

  /// Makes an action.
  public init(kind: Kind, start: Double, end: Double) {
    self.kind = kind
    self.start = start
    self.end = end
  }
}

extension FaceAction.Kind {
  /// The action that a number of Tencent's `ValidateData` asks for: 1 to open the mouth, 2 to close
  /// the eyes, 3 to nod, 4 to shake the head.
  ///
  /// `CompareFaceLiveness` says which is which. `VideoLivenessCompare` does not, but
  /// `GetActionSequence`, which hands out its sequences, numbers the first two alike.
  init?(number: Int) {
    switch number {
    case 1: self = .mouthOpen
    case 2: self = .eyesClosed
    case 3: self = .headNod
    case 4: self = .headTurn
    default: return nil
    }
  }
}

extension FaceAction: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, start, end
  }

  /// Writes every key, the times with the report's decimals.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(kind, forKey: .kind)
    try keys.encode(start.reported, forKey: .start)
    try keys.encode(end.reported, forKey: .end)
  }
}
