import ArgumentParser
import VPrep

/// Whether the clip is read in a process of its own.
struct IsolateOption: ParsableArguments {
  static let help =
    "Read each clip in an isolated process: no network, no files, no further rights."

  @Flag(help: ArgumentHelp(Self.help))
  var isolate = false

  /// Makes a call in this process, with `here`, or in an isolated one.
  func call(
    _ gate: Gate, _ call: Gate.Call, on clip: Clip, here: (Gate) async throws -> ReportDocument
  ) async throws -> ReportDocument {
    guard isolate else { return try await here(gate) }
    let place = CallExecution.isolated(try IsolationPool(size: 1))
    let cancellation = Cancellation()
    return try await BlockingWork.run(onCancel: cancellation.cancel) { () throws(VPrepError) in
      try place.call(gate, call, on: clip, cancellation: cancellation)
    }
  }
}
