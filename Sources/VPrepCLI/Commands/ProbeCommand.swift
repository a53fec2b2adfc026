import ArgumentParser
import VPrep

struct ProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Show what a clip is: container, streams, true duration.")

  @OptionGroup var input: ClipArgument
  @OptionGroup var isolation: IsolateOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var limits: LimitOptions

  @Flag(
    inversion: .prefixedNo,
    help:
      "Compute the clip's MD5, which needs the complete file; without it, the header may be enough."
  )
  var md5 = true

  func run() async throws {
    // A probe judges nothing; the provider does not matter.
    var gate = Gate.unasked
    gate.reporting.includesDigest = md5
    gate.runtime.inputLimits = try limits.limits()
    try output.print(
      await isolation.call(gate, .probe, on: input.value) {
        try await $0.probe(input.value).report
      })
  }
}
