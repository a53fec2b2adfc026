import ArgumentParser
import Calibration
import Foundation
import VPrep

struct DriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Say whether a service still answers as it did.",
    discussion: """
      LOG is that of calibrate. An answer counts as a surprise if a clip is refused that is well within \
      all limits, or accepted far beyond one. If surprises become more or fewer, the service has changed, \
      or the clips have. Without a change, an alarm comes in at most one of a hundred logs.

      Exit status: 0 nothing has changed, 1 something has.
      """)

  @OptionGroup var answers: AnswerOptions

  @Flag(help: "Print the report as JSON.")
  var json = false

  func run() throws {
    let drift = Drift(try answers.read())
    try Console.write(json ? String(decoding: drift.json(), as: UTF8.self) : text(drift))
    if drift.hasChanged { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func text(_ drift: Drift) -> String {
    let head = "\(answers.service): \(drift.used) answers"
    guard let changed = drift.changed, let seen = drift.seen, let delay = drift.delay else {
      return "\(head), no change"
    }
    return
      "\(head); since about \(CalibrationText.day(changed)) the service, or what is sent to it, is "
      + "not what it was (certain on \(CalibrationText.day(seen)), after \(delay) answers). "
      + "Calibrate again from later answers."
  }
}
