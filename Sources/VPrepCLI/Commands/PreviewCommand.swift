import ArgumentParser
import VPrep

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Pick the best frames as JPEG: data URIs on standard output, or files.")

  @OptionGroup var input: ClipArgument

  @Option(
    help:
      "How many: 1 or 2. A second one is picked only if it is nearly as good and at another time.")
  var count = 1

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write JPEG files instead; the second gets -2 before its ending.", valueName: "file.jpg"),
    completion: .file())
  var output: String?

  @OptionGroup var isolation: IsolateOption

  @Flag(help: "Print the complete report as JSON.")
  var json = false

  @OptionGroup var limits: LimitOptions

  mutating func validate() throws {
    guard (1...2).contains(count) else { throw ValidationError("--count takes 1 or 2.") }
  }

  func run() async throws {
    var gate = Gate.unasked
    gate.runtime.inputLimits = try limits.limits()
    let report = try await isolation.call(
      gate, .preview(count: count, path: output), on: input.value
    ) {
      try await $0.preview(input.value, count: count, writingTo: output).report
    }
    if json {
      try Console.write(report.json())
    } else if output == nil {
      for preview in report.previews { try Console.write(preview.image) }
    }
  }
}
