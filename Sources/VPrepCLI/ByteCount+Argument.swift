import ArgumentParser
import VPrep

extension ByteCount: ExpressibleByArgument {
  init?(argument: String) {
    guard let count = ByteCount(argument) else { return nil }
    self = count
  }
}
