import ArgumentParser
import VPrep

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Show versions, kernels, encoders, face models, and accepted formats and input limits.")

  func run() throws {
    let found = Diagnosis.current
    var rows = [("vprep", found.version)]
    rows += found.libraries.map { ($0.name, $0.version) }
    rows += [("kernels", found.kernels)]
    rows += found.kernelPaths.map { ("  " + $0.name, $0.path) }
    rows += [
      ("encoders", found.encoders.isEmpty ? "none" : found.encoders.joined(separator: ", ")),
      ("face models", found.faceModel.printable),
      ("containers", found.containers.joined(separator: ", ")),
      ("video codecs", found.videoCodecs.joined(separator: ", ")),
      ("audio codecs", found.audioCodecs.joined(separator: ", ")), ("limits", "--limit NAME=VALUE"),
    ]
    rows += found.limits.map { ("  " + $0.name.rawValue, "\($0.standardText) \($0.unit)") }
    rows.append(("isolation", "what fences an isolated process in"))
    rows += FenceReport.current.rows.map { ("  " + $0.name, $0.state) }
    let column = (rows.map { $0.0.count }.max() ?? 0) + 2
    for (name, value) in rows { try Console.write(name.padded(to: column) + value) }
  }
}

extension String {
  /// The text filled with spaces to a column.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
