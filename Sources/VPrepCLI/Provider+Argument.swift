public import ArgumentParser
import VPrep

extension Provider: ExpressibleByArgument {}
extension ProviderMode: ExpressibleByArgument {}
