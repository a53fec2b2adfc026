import ArgumentParser
import VPrep

struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Show what a clip is: container, streams, true duration.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var output: OutputOptions

  func run() async throws {
    // A probe judges nothing; the provider does not matter.
    try output.print(await Gate(provider: .megvii).probe(input.value))
  }
}
