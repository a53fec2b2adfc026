import VPrep

extension FaceAction.Kind {
  /// What was seen, as people say it.
  var text: String {
    switch self {
    case .eyesClosed: "eyes closed"
    case .mouthOpen: "mouth open"
    case .headTurn: "head turned"
    case .headNod: "head nodded"
    }
  }
}

extension ReportValue {
  /// The value as people read it.
  var text: String {
    switch self {
    case .number(let number):
      if number == number.rounded() {
        number.formatted(decimals: 0)
      } else {
        // Two decimals would show some small limits and what crosses them as one number.
        number.formatted(decimals: abs(number) < 0.1 ? 4 : 2)
      }
    case .text(let text): text
    }
  }
}
