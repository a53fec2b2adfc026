import ArgumentParser
import Foundation
import VPrep

/// The clip that a command reads.
struct ClipArgument: ParsableArguments {
  @Argument(help: "The clip; - reads it from standard input.", completion: .file())
  var clip: String

  var value: Clip { clip == "-" ? .standardInput : .file(clip) }
}

/// How a report is printed.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print only the report, as JSON, to standard output.")
  var json = false

  @Flag(help: "Add every prediction in full: measure, limit, its source, advice and remedy.")
  var verbose = false

  /// Prints a report in the form asked for.
  func print(_ report: ReportDocument) throws {
    try Console.write(text(report, for: Console.output))
  }

  /// A report in the form asked for, laid out for a stream, without a final line end.
  func text(_ report: ReportDocument, for stream: Terminal) throws -> String {
    json
      ? String(decoding: try report.json(), as: UTF8.self)
      : TextReport(report, page: TextPage(stream), isVerbose: verbose).text
  }
}

/// Who is asked, and what the request will say.
struct ProviderOptions: ParsableArguments {
  @Option(help: "The service that will judge the clip: \(Provider.allNames).")
  var provider: Provider

  @Option(
    help: "The liveness type of \(Provider.withModes): lip, action or silent (default silent).")
  var mode: ProviderMode?

  @Option(
    help:
      """
      The actions asked for, in their order: 1 mouth, 2 eyes, 3 nod, 4 shake (default: the request's, \
      or 1,2 where the service asks for both).
      """
  )
  var actions: String?

  @Option(help: "Bits per second at which the provider will fetch the clip.")
  var bandwidth: Double?

  @Flag(help: "The request will turn face_occlusion_detection on.")
  var faceOcclusionDetection = false

  @Flag(
    inversion: .prefixedNo,
    help: "The request will leave eye_close_detection on (default: as the request says, or on).")
  var eyeCloseDetection: Bool?

  @OptionGroup var rules: RulesOption

  @OptionGroup var language: LanguageOption

  @Option(
    help: ArgumentHelp(
      "A JSON file with your own sentences of advice, instead of a language.",
      valueName: "file.json"), completion: .file(extensions: ["json"]))
  var advice: String?

  @Flag(help: "Treat a warning as a failure.")
  var strict = false

  @OptionGroup var exploring: ExplorationOptions

  @Flag(help: "Measure every frame, not only as many as the verdict needs.")
  var exhaustive = false

  @OptionGroup var limits: LimitOptions

  mutating func validate() throws {
    let complaint = Service.complaint(about: mode, of: provider, option: "--mode", none: "no modes")
    if let complaint { throw ValidationError(complaint + ".") }
    if actions != nil, sequence == nil {
      throw ValidationError("--actions takes \(service.sequencesText).")
    }
    if language.language != nil, advice != nil {
      throw ValidationError("--language and --advice exclude each other.")
    }
    if let bandwidth, !(bandwidth > 0) {
      throw ValidationError("--bandwidth takes bits per second, more than 0.")
    }
  }

  private var service: Service { Service(provider, mode: mode) ?? Service(provider) }

  private var sequence: [Int]? { actions.flatMap(service.sequence) }

  /// What was not left at its default.
  var stated: StatedOptions {
    StatedOptions(
      mode: mode, actions: sequence, faceOcclusionDetection: faceOcclusionDetection ? true : nil,
      eyeCloseDetection: eyeCloseDetection)
  }

  /// A gate with these options.
  func gate() throws -> Gate {
    var gate = Gate(service)
    gate.judging.options = JudgeOptions(
      faceOcclusionDetection: faceOcclusionDetection,
      eyeCloseDetection: eyeCloseDetection ?? true,
      actions: sequence,
      bandwidth: bandwidth,
      strict: strict)
    gate.judging.isExhaustive = exhaustive
    gate.judging.exploration = exploring.exploration
    gate.runtime.inputLimits = try limits.limits()
    if let catalogue = language.catalogue { gate.reporting.advice = catalogue }
    if let advice {
      gate.runtime.protectedFiles.append(advice)
      gate.reporting.advice = try AdviceCatalogue(
        json: try JSONText.read(advice, limits: gate.runtime.inputLimits, option: "--advice"),
        named: advice, limits: gate.runtime.inputLimits)
    }
    if let rules = rules.rules { gate.runtime.protectedFiles.append(rules) }
    gate.judging.overrides = try rules.overrides(gate.runtime.inputLimits)
    return gate
  }

  /// Ends the program with the status of a report.
  func leave(_ report: ReportDocument) throws {
    try leave(ExitStatus(report, strict: strict))
  }

  /// Ends the program with a status, where it is not that of success.
  func leave(_ status: ExitStatus) throws {
    if status != .accepted { throw ExitCode(status.rawValue) }
  }
}

/// What is written where.
struct FitOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      The file to write, an MP4 or an exact copy of the clip; one that is there is replaced once the \
      new one is whole. - writes to standard output, and the report to standard error.
      """, valueName: "out.mp4"), completion: .file())
  var output: String?

  @Flag(help: "Print what would be done and why; write nothing.")
  var dryRun = false

  @Option(help: "The window to keep: START:END in seconds, all, or auto.")
  var window: String = "auto"

  @Option(
    help: ArgumentHelp(
      "Your own limit, below the provider's: bytes, or a size such as 6MB, 500k or 5.5MiB.",
      valueName: "size"))
  var maxBytes: ByteCount?

  @Flag(help: "Keep data such as location, device and names in a clip that passes through.")
  var keepMetadata = false

  mutating func validate() throws {
    guard dryRun || output != nil else {
      throw ValidationError("--output is missing; --dry-run needs none.")
    }
    _ = try keptWindow()
  }

  /// The window to keep; `nil` for auto.
  func keptWindow() throws -> TimeWindow? {
    if window == "auto" { return nil }
    if window == "all" { return TimeWindow(start: 0, end: .infinity) }
    let parts = window.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Double(parts[0]), let end = Double(parts[1]),
      start >= 0, end > start, end.isFinite
    else {
      throw ValidationError("--window takes START:END in seconds, such as 0.5:3, all, or auto.")
    }
    return TimeWindow(start: start, end: end)
  }

  func apply(to gate: inout Gate) throws {
    gate.fitting.window = try keptWindow()
    gate.fitting.maximumBytes = maxBytes?.value
    gate.fitting.keepsMetadata = keepMetadata
  }
}

/// What `prep` and `batch` do about a clip that only a new recording can help.
enum HopelessOption {
  static let help = """
    Also encode a clip that only a new recording can help; otherwise nothing is written for it.
    """
}

extension JSONText {
  /// Reads the file that an option names; that it cannot be read is bad usage.
  static func read(
    _ path: String, limits: InputLimits, option: String
  ) throws(VPrepError) -> Data {
    do throws(VPrepError) {
      return try read(path, limits: limits)
    } catch {
      throw VPrepError(
        kind: .badRequest, stage: error.stage, file: path, message: "\(option): \(error.message)")
    }
  }
}
