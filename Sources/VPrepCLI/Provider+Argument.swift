public import ArgumentParser
import VPrep

extension Provider: ExpressibleByArgument {}
extension ProviderMode: ExpressibleByArgument {}

extension Provider {
  /// Every name, for a help text.
  static var allNames: String { allCases.map(\.rawValue).joined(separator: " or ") }
}
