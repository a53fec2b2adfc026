import ArgumentParser
import Foundation
import VPrep

struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract:
      "Answer jobs from standard input, one line of JSON each, in one long-running process.",
    discussion: """
      A job is {"id", "call", "clip", "output", "options"}, where call is probe, check, fit, preview or \
      prep, and options are as in Docs/options.schema.json. Each line is answered by one line \
      {"schema": "vprep.answer/1", "id", "status", "report" or "error"}, in the order of the jobs, \
      written at once. Docs/worker.md has the whole of it, with clients in Node and Python.

      Exit status: 0 when standard input has ended and every job is answered, whatever the answers; \
      5 when an answer could not be written; 143 after SIGTERM, which ends the job that is under way \
      and answers it.
      """)

  @Option(help: "Jobs to work on at once; the answers stay in order.")
  var jobs = 1

  @Flag(inversion: .prefixedNo, help: ArgumentHelp(IsolateOption.help))
  var isolate = false

  mutating func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
  }

  func run() async throws {
    let place: CallExecution =
      isolate ? .isolated(try IsolationPool(size: jobs)) : .here(CallEngines())
    let server = try JobServer(input: STDIN_FILENO, jobs: jobs, place: place) {
      (answer) throws(VPrepError) in
      try Console.write(Data(answer))
    }
    try await BlockingWork.run(onCancel: server.cancel) { () throws(VPrepError) in
      try server.run()
    }
  }
}
