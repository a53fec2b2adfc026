import ArgumentParser
import VPrep

struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Write a copy that meets the limits, changed as little as possible.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var fit: FitOptions
  @OptionGroup var request: ProviderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    var gate = try request.gate()
    try fit.apply(to: &gate)
    if fit.dryRun { return try output.print(await gate.planFit(input.value)) }
    _ = try await OutputTarget.write(to: fit.output ?? "", printing: output) { path in
      try await ProgressBar.showing(gate) { try await $0.fit(input.value, writingTo: path) }
    }
  }
}
