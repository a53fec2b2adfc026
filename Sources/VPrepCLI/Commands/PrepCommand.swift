import ArgumentParser
import VPrep

struct PrepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prep", abstract: "Check, fit, check the output, and pick previews: one report.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var fit: FitOptions
  @OptionGroup var request: ProviderOptions
  @OptionGroup var files: RequestOptions
  @OptionGroup var inspection: InspectionOptions
  @OptionGroup var page: PageOption
  @OptionGroup var isolation: IsolateOption
  @OptionGroup var output: OutputOptions

  @Option(help: "Previews in the report: 0 to 10.")
  var previews = 2

  @OptionGroup var previewing: PreviewOptions

  @Flag(help: ArgumentHelp(HopelessOption.help))
  var evenIfHopeless = false

  mutating func validate() throws {
    if let output = fit.output, page.paths.contains(output) {
      throw ValidationError("--output names a file that is written beside it.")
    }
    guard (0...10).contains(previews) else { throw ValidationError("--previews takes 0 to 10.") }
  }

  func run() async throws {
    var gate = try request.gate()
    try fit.apply(to: &gate)
    try files.apply(to: &gate, beside: request)
    inspection.apply(to: &gate)
    try page.apply(to: &gate, for: input.value)
    gate.reporting.previewCount = previews
    previewing.apply(to: &gate)
    gate.fitting.encodesHopeless = evenIfHopeless
    if fit.dryRun {
      let plan = try await isolation.call(gate, .planPreparation, on: input.value) {
        try await $0.planPreparation(input.value).report
      }
      try page.write(plan, gate, clip: input.value)
      try output.print(plan)
      return try request.leave(ExitStatus(planned: plan, strict: request.strict))
    }
    let report = try await OutputTarget.write(to: fit.output ?? "", printing: output) { path in
      try await ProgressBar.showing(gate) { gate in
        try await isolation.call(gate, .prepare(path: path), on: input.value) {
          try await $0.prepare(input.value, writingTo: path).report
        }
      }
    }
    try page.write(report, gate, clip: input.value, output: fit.output)
    // The output is what will be uploaded: its verdict decides.
    try request.leave(report)
  }
}
