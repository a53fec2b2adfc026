import ArgumentParser
import VPrep

/// How much of an input is read before it is refused.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      "Set an input limit that vprep doctor lists, such as pixels=4000000; can be repeated.",
      valueName: "name=value"))
  var changes: [String] = []

  @Option(help: ArgumentHelp("How long the command may take (default 300).", valueName: "seconds"))
  var timeLimit: Double?

  mutating func validate() throws { _ = try limits() }

  /// The limits of the table with these changes.
  func limits() throws -> InputLimits {
    var limits = InputLimits()
    for change in changes {
      do {
        try limits.set(change)
      } catch {
        throw ValidationError("--limit: \(error.message).")
      }
    }
    if let timeLimit {
      guard timeLimit > 0 else {
        throw ValidationError("--time-limit takes seconds, more than 0.")
      }
      limits[.time] = timeLimit
    }
    return limits
  }
}
