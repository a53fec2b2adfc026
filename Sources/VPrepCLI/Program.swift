import CSandbox
import VPrep

/// The program's entry.
@main
enum Program {
  static func main() {
    // Before any thread is started.
    if IsolatedProgram.isAsked(CommandLine.arguments) { IsolatedProgram.run() }
    // Nothing was written, and nothing is said of the clip.
    cs_guard_memory(ExitStatus.outputNotWritten.rawValue)
    CallingThread.main.run { await VPrepCommand.main() }
  }
}
