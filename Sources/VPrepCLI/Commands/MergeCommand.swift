import ArgumentParser
import VPrep

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Join the reports of batches that worked on parts of the clips.",
    discussion: """
      The folders of the parts lie below the folder of the common report, whose lines name the files \
      from there; nothing is moved. A clip that several reports have counts once, by the line that was \
      started last. A batch over all clips with the same settings and this folder takes the lines over, \
      and writes summary.json, --csv and --html from them.
      """)

  @Argument(
    help: "Folders of batches, such as ready/1 and ready/2.", completion: .directory)
  var folders: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder of the common report.", valueName: "dir"),
    completion: .directory)
  var output: String

  mutating func validate() throws {
    if output.isEmpty { throw ValidationError("--output takes a folder.") }
  }

  func run() throws {
    let merge = try Batch.merge(folders, into: output)
    let repeated = merge.superseded == 0 ? "" : ", \(merge.superseded) earlier lines left out"
    let reports = folders.count == 1 ? "1 report" : "\(folders.count) reports"
    try Console.write(
      """
      \(merge.clips) clips of \(reports)\(repeated)
      report: \(output.printable)/\(Batch.reportName)

      """)
  }
}
