import ArgumentParser
import VPrep

struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Write a copy that meets the limits, changed as little as possible.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var fit: FitOptions
  @OptionGroup var request: ProviderOptions
  @OptionGroup var isolation: IsolateOption
  @OptionGroup var output: OutputOptions

  func run() async throws {
    var gate = try request.gate()
    try fit.apply(to: &gate)
    if fit.dryRun {
      let plan = try await isolation.call(gate, .planFit, on: input.value) {
        try await $0.planFit(input.value).report
      }
      return try output.print(plan)
    }
    _ = try await OutputTarget.write(to: fit.output ?? "", printing: output) { path in
      try await ProgressBar.showing(gate) { gate in
        try await isolation.call(gate, .fit(path: path), on: input.value) {
          try await $0.fit(input.value, writingTo: path).report
        }
      }
    }
  }
}
