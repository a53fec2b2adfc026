import ArgumentParser
import VPrep

@main
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
      PrepCommand.self, BatchCommand.self, CodesCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    let interruption = Interruption()
    do {
      try await interruption.guarding {
        var command = try parseAsRoot()
        if var command = command as? any AsyncParsableCommand {
          try await command.run()
        } else {
          try command.run()
        }
      }
    } catch let error as VPrepError {
      if error.kind == .cancelled, let status = interruption.status {
        // Only a batch has something to show for its work.
        let left = error.stage == "batch" ? error.message : "nothing was written"
        Console.complain(
          ["vprep: interrupted; \(left)", error.advice].compactMap { $0 }.joined(separator: ". "))
        exit(withError: ExitCode(status))
      }
      Console.complain("vprep: \(error)")
      leave(ExitStatus(error))
    } catch let error as ExitCode {
      exit(withError: error)
    } catch {
      // ArgumentParser's own status for bad usage is 64; the contract says 2.
      let status = exitCode(for: error)
      let text = fullMessage(for: error)
      if status == .success {
        print(text)
        leave(.accepted)
      }
      Console.complain(text)
      leave(.usage)
    }
  }

  private static func leave(_ status: ExitStatus) -> Never {
    exit(withError: ExitCode(status.rawValue))
  }
}
