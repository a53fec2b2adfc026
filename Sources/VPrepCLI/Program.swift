import CSandbox
import Foundation
import VPrep

/// The program's entry.
@main
enum Program {
  static func main() {
    // A file that outgrows the shell's limit is an error to be told of, like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    // Nothing was written, and nothing is said of the clip.
    cs_guard_memory(ExitStatus.outputNotWritten.rawValue)
    CallingThread.main.run { await VPrepCommand.main() }
  }
}
