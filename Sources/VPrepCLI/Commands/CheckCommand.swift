import ArgumentParser
import VPrep

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Predict what the provider will say; write nothing.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var request: ProviderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let report = try await request.gate().check(input.value)
    try output.print(report)
    try request.leave(report.verdict)
  }
}
