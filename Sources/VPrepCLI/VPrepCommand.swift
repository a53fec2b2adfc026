import ArgumentParser
import VPrep

struct VPrepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vprep",
    abstract: "Predicts whether a face-liveness API will accept a selfie video, and repairs it.",
    discussion: """
      Exit status: 0 passes (warnings included), 1 predicted to fail, 2 bad usage, 3 the input \
      cannot be used, 4 the limits cannot be met, 5 the output could not be written, 6 the \
      verdict is incomplete; 130 interrupted by Ctrl-C, 143 by SIGTERM, with nothing left behind.
      """,
    version: VPrepVersion.current,
    subcommands: [
      ProbeCommand.self, CheckCommand.self, FitCommand.self, PreviewCommand.self,
      PrepCommand.self, BatchCommand.self, MergeCommand.self, WorkerCommand.self, CodesCommand.self,
      ExplainCommand.self, CalibrateCommand.self, DriftCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    Console.prepare()
    guard Console.hasDescriptors else {
      Console.printError("vprep: the machine has too few file descriptors left; try again later")
      leave(.outputNotWritten)
    }
    let interruption = Interruption()
    do {
      try await interruption.guarding {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
          try MemoryLimit.check()
          try await command.run()
        } else {
          try command.run()
        }
      }
    } catch let error as VPrepError {
      if error.kind == .cancelled, let status = interruption.status {
        // Only a batch and a worker have something to show for their work.
        let left =
          ["batch", "worker"].contains(error.stage) ? error.message : "nothing was written"
        Console.printError(
          ["vprep: interrupted; \(left)", error.advice].compactMap { $0 }.joined(separator: ". "))
        exit(withError: ExitCode(status))
      }
      leave(error)
    } catch let error as ExitCode {
      exit(withError: error)
    } catch {
      leaveParsing(error)
    }
  }

  /// Ends the program after an error: a line for people, with `--json` the error's document as well.
  private static func leave(_ error: VPrepError) -> Never {
    let error = error.inWordsOfOptions
    Console.printError(error)
    // The document is in place of the report; where that could not be written, neither can it.
    if wantsJSON, error.stage != "report" { try? Console.write(ErrorDocument(error).json) }
    leave(ExitStatus(error))
  }

  /// Ends the program after an error of ArgumentParser, or with the help that was asked for.
  private static func leaveParsing(_ error: any Error) -> Never {
    let text = fullMessage(for: error)
    // ArgumentParser's own status for bad usage is 64; the contract says 2.
    guard exitCode(for: error) == .success else {
      let arguments = Array(CommandLine.arguments.dropFirst())
      let suggestion = Suggestion(for: arguments)
      Console.printError(suggestion.added(to: text, arguments: arguments))
      if wantsJSON {
        let refusal = VPrepError(
          kind: .badRequest, stage: "arguments", file: "",
          message: suggestion.added(to: message(for: error), arguments: arguments))
        try? Console.write(ErrorDocument(refusal).json)
      }
      leave(.usage)
    }
    do throws(VPrepError) {
      try Console.write(text)
      leave(.accepted)
    } catch {
      leave(error)
    }
  }

  /// Whether the command line asks for JSON; it may be one that cannot be parsed.
  private static var wantsJSON: Bool {
    CommandLine.arguments.dropFirst().prefix { $0 != "--" }.contains("--json")
  }

  private static func leave(_ status: ExitStatus) -> Never {
    exit(withError: ExitCode(status.rawValue))
  }
}

extension VPrepError {
  /// The error with the option that helps, where one does: the library knows of none.
  fileprivate var inWordsOfOptions: VPrepError {
    guard cause == .photo else { return self }
    return advising("Give the recorded clip; give the photo with --photo")
  }
}
