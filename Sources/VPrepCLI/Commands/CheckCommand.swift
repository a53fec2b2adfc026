import ArgumentParser
import VPrep

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Predict what the provider will say; write nothing.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var request: ProviderOptions
  @OptionGroup var files: RequestOptions
  @OptionGroup var inspection: InspectionOptions
  @OptionGroup var page: PageOption
  @OptionGroup var isolation: IsolateOption
  @OptionGroup var output: OutputOptions

  func run() async throws {
    var gate = try request.gate()
    try files.apply(to: &gate, beside: request)
    inspection.apply(to: &gate)
    try page.apply(to: &gate, for: input.value)
    let report = try await isolation.call(gate, .check, on: input.value) {
      try await $0.check(input.value).report
    }
    try page.write(report, gate, clip: input.value)
    try output.print(report)
    try request.leave(report)
  }
}
