public import ArgumentParser
public import VPrep

/// Which clips a batch works on, and what becomes of the others.
struct BatchSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A list of clips with wishes of their own: CSV with the columns path, output, mode, photo and \
      request, or one JSON object with these keys a line.
      """, valueName: "file"), completion: .file(extensions: ["csv", "ndjson"]))
  var manifest: String?

  @Option(
    help: ArgumentHelp(
      """
      Work on one part of the clips, such as 2/8, so that eight machines share them; vprep merge joins \
      their reports.
      """, valueName: "part/parts"))
  var shard: Batch.Shard?

  @Option(help: "Work on the first so many clips.")
  var first: Int?

  @Option(help: "Draw so many clips from all of them: the same ones in every run.")
  var sample: Int?

  @Option(
    help: """
      Where outputs go that the service would refuse: apart (the folder refused), keep (beside the \
      others) or drop (nowhere).
      """)
  var refused = Batch.Refused.apart

  @Flag(help: "Remove lines, outputs and previews of clips that are no longer among the inputs.")
  var prune = false

  mutating func validate() throws {
    for (name, value) in [("--first", first), ("--sample", sample)] {
      if let value, value < 1 { throw ValidationError("\(name) takes a number of at least 1.") }
    }
  }

  func apply(to batch: inout Batch) throws {
    if let manifest {
      batch.gate.runtime.protectedFiles.append(manifest)
      batch.entries = try Manifest(manifest, limits: batch.gate.runtime.inputLimits).entries
    }
    batch.shard = shard
    batch.first = first
    batch.sample = sample
    batch.refused = refused
    batch.prunes = prune
  }
}

extension Batch.Refused: ExpressibleByArgument {}

extension Batch.Shard: ExpressibleByArgument {
  /// A part as it is given on the command line, such as `2/8`.
  public init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number, of: count)
  }
}
