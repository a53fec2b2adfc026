import ArgumentParser
import VPrep

/// What shows how a verdict came about, frame by frame.
struct InspectionOptions: ParsableArguments {
  @Flag(help: "Add the values of every measured frame to the JSON report.")
  var timeline = false

  @Option(
    help: ArgumentHelp(
      """
      Write the measured frames to this folder as JPEG, with the face's box, its landmarks and \
      the values drawn on them; at most 300.
      """, valueName: "dir"), completion: .directory)
  var annotate: String?

  mutating func validate() throws {
    if let annotate, annotate.isEmpty { throw ValidationError("--annotate takes a folder.") }
  }

  func apply(to gate: inout Gate) {
    gate.reporting.includesTimeline = timeline
    gate.reporting.annotationFolder = annotate
  }
}
