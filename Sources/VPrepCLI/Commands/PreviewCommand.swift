import ArgumentParser
import VPrep

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Pick the best frames as JPEG: data URIs on standard output, or files.",
    discussion: """
      A frame without a face that can be recognised is no preview. A clip that has none ends with \
      status 0 as well: standard error, and noPreviews of the JSON report, say why; no file is written.
      """)

  @OptionGroup var input: ClipArgument

  @Option(
    help:
      "How many, 1 to 10. Further ones are picked only if they are nearly as good and at other times."
  )
  var count = 1

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write JPEG files instead; further ones get -2, -3 before their ending.",
      valueName: "file.jpg"),
    completion: .file())
  var output: String?

  @OptionGroup var previewing: PreviewOptions
  @OptionGroup var isolation: IsolateOption

  @Flag(help: "Print the complete report as JSON.")
  var json = false

  @OptionGroup var limits: LimitOptions

  mutating func validate() throws {
    guard (1...10).contains(count) else { throw ValidationError("--count takes 1 to 10.") }
  }

  func run() async throws {
    var gate = Gate.unasked
    gate.runtime.inputLimits = try limits.limits()
    previewing.apply(to: &gate)
    let report = try await isolation.call(
      gate, .preview(count: count, path: output), on: input.value
    ) {
      try await $0.preview(input.value, count: count, writingTo: output).report
    }
    if let reason = report.noPreviews {
      Console.printError("vprep: \(report.input.path): no preview: \(reason.text)")
    }
    if json {
      try Console.write(report.json())
    } else if output == nil {
      for preview in report.previews { try Console.write(preview.image) }
    }
  }
}
