import Foundation

/// A program that is run once.
enum Program {
  /// What it prints.
  static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    do {
      try process.run()
    } catch {
      throw ProgramError(message: "\(program) cannot be started: \(error)")
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ProgramError(
        message: "\(program) \(arguments.joined(separator: " ")) ended with status "
          + "\(process.terminationStatus); name the program vprep with --vprep")
    }
    return [UInt8](output)
  }
}

/// Why a program gave no output.
struct ProgramError: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
