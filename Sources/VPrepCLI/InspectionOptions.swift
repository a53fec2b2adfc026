import ArgumentParser
import VPrep

/// What shows how a verdict came about, frame by frame.
struct InspectionOptions: ParsableArguments {
  @Flag(help: "Add the values of every measured frame to the JSON report.")
  var timeline = false

  func apply(to gate: inout Gate) {
    gate.includesTimeline = timeline
  }
}
