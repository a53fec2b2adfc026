import ArgumentParser
import Calibration
import Foundation
import ReportPage
import VPrep

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn limits from what a service has answered.",
    discussion: """
      LOG has one line a clip: a report of check, prep or batch with one more key, "answer": {"code": \
      "Success", "time": "2026-01-31T12:00:00Z"}. Of clips like those that the service accepted, a new \
      limit fails at most ALPHA, with a doubt of DELTA over all limits. Limits that a document states never \
      move; a limit about which the log says too little stays, and the report says what is missing.
      """)

  @OptionGroup var answers: AnswerOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the limits that are proven, for --rules of the other commands.",
      valueName: "rules.json"),
    completion: .file(extensions: ["json"]))
  var output: String?

  @Option(help: "Largest share of accepted clips that a limit for failing may fail.")
  var alpha = Promise().failing

  @Option(help: "Largest share of accepted clips that a limit for warning may warn of.")
  var warnAlpha = Promise().warning

  @Option(help: "Largest probability that any limit breaks its promise.")
  var delta = Promise().doubt

  @Option(
    help: ArgumentHelp(
      """
      Write the report to this file as one HTML page: what was foretold and answered, the values behind \
      each limit, and the weeks.
      """, valueName: "file.html"), completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(help: "Print the report as JSON.")
  var json = false

  mutating func validate() throws {
    if let complaint = promise.complaint { throw ValidationError(complaint + ".") }
  }

  func run() throws {
    let calibration = Calibration(try answers.read(), keeping: promise)
    if let output { try LogFile.write(calibration.rules() + Data("\n".utf8), to: output) }
    if let html {
      let page = try CalibrationPage.html(calibration, service: answers.service)
      try LogFile.write(Data(page.utf8), to: html)
    }
    try Console.write(
      json
        ? String(decoding: calibration.json(), as: UTF8.self)
        : CalibrationText(calibration, service: answers.service).text)
  }

  private var promise: Promise {
    var promise = Promise()
    promise.failing = alpha
    promise.warning = warnAlpha
    promise.doubt = delta
    return promise
  }
}
