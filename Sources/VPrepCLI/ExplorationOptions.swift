import ArgumentParser
import VPrep

/// Which clips that are foretold to fail are sent nevertheless.
struct ExplorationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Let this share of the clips that are predicted to fail through, 0 to 1: their report says \
      "exploration": {"chosen": true}, and the status is 0.
      """, valueName: "share"))
  var explore: Double?

  @Option(help: ArgumentHelp("A text that another choice comes from.", valueName: "text"))
  var exploreSeed = ""

  @Flag(help: "Hold nothing back: predict, and let every clip through; the same as --explore 1.")
  var shadow = false

  mutating func validate() throws {
    if let explore, !(0...1).contains(explore) {
      throw ValidationError("--explore takes a share, 0 to 1.")
    }
    if shadow, explore != nil {
      throw ValidationError("--shadow and --explore exclude each other.")
    }
  }

  /// The exploration that is asked for; `nil` where none is.
  var exploration: Exploration? {
    (shadow ? 1 : explore).map { Exploration(share: $0, seed: exploreSeed) }
  }
}
