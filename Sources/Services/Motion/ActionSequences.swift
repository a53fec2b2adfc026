/// The sequences of actions that a service's request can ask for.
package struct ActionSequences: Sendable {
  /// Each of them, as the numbers of the request's parameter.
  package let accepted: [[Int]]
  /// The one that is judged where nobody says which is asked for; `nil` where that could be any.
  package let standard: [Int]?
  /// What is accepted, in words, such as `1,2 or 2,1`.
  package let text: String

  package init(accepted: [[Int]], standard: [Int]?, text: String) {
    (self.accepted, self.standard, self.text) = (accepted, standard, text)
  }

  /// No sequence, for a service that asks for none.
  package static let none = ActionSequences(accepted: [], standard: [], text: "none")

  /// The sequence that a text such as `2,1` stands for; `nil` where it is none of them.
  package func sequence(_ text: String) -> [Int]? {
    accepted.first { Self.text($0) == text }
  }

  /// Whether some service could ask for it: one or two actions that have a number.
  package static func isPossible(_ actions: [Int]) -> Bool {
    (1...2).contains(actions.count) && actions.allSatisfy { FaceAction.Kind(number: $0) != nil }
  }

  /// The actions that a text such as `2,1` names; `nil` where no service could ask for them.
  package static func numbers(_ text: String) -> [Int]? {
    let actions = text.split(separator: ",", omittingEmptySubsequences: false).compactMap {
      Int($0)
    }
    return isPossible(actions) && Self.text(actions) == text ? actions : nil
  }

  /// A sequence as the request writes it.
  package static func text(_ actions: [Int]) -> String {
    actions.map(String.init).joined(separator: ",")
  }

  /// What can be asked for.
  var kinds: Set<FaceAction.Kind> {
    Set(accepted.joined().compactMap(FaceAction.Kind.init(number:)))
  }
}
