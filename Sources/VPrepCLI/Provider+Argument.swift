public import ArgumentParser
public import Calibration
public import VPrep

extension Provider: ExpressibleByArgument {
  /// The provider of that name, in upper or lower case.
  public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension ProviderMode: ExpressibleByArgument {
  /// The mode of that name, in upper or lower case.
  public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension Provider {
  /// Every name, for a help text.
  static var allNames: String { allCases.map(\.rawValue).joined(separator: " or ") }
}

extension PreviewCrop: ExpressibleByArgument {}

extension AnswerList.Key: ExpressibleByArgument {}
