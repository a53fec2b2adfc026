import ArgumentParser
import VPrep

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show versions, kernels in use, encoders and face models.")

  func run() throws {
    let found = Diagnosis.current
    try Console.write("vprep       \(found.version)")
    for library in found.libraries {
      try Console.write(library.name.padded(to: 12) + library.version)
    }
    try Console.write("kernels     \(found.kernels)")
    for kernel in found.kernelPaths {
      try Console.write("  " + kernel.name.padded(to: 22) + kernel.path)
    }
    try Console.write("encoders    \(found.encoders.joined(separator: ", "))")
    try Console.write("face models \(found.faceModel)")
  }
}

extension String {
  /// The text filled with spaces to a column.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
