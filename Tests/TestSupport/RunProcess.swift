package import Foundation

/// What a program that has ended left behind.
package struct ProcessResult: Sendable {
  /// The exit status; 128 plus the signal's number when a signal ended it, as a shell has it.
  package let status: Int32
  /// What it wrote to standard output.
  package let output: Data
  /// What it wrote to standard error.
  package let errors: Data

  /// Standard output as UTF-8 text.
  package var outputText: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as UTF-8 text.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs a program to its end and returns what it wrote.
///
/// Its output goes to files, so no amount of it can block the program. With `stdin`, that file
/// arrives through a pipe, as from `cat FILE | program`: it cannot be sought in, and a program that
/// does not read it to the end does not hold up the test. With `redirecting`, that file is standard
/// input itself, as from `program < FILE`. Without either, standard input is empty.
///
/// - Parameters:
///   - path: the program; a name without a slash is looked up in `PATH`.
///   - arguments: its arguments.
///   - stdin: a file to feed to its standard input through a pipe.
///   - redirecting: a file to open as its standard input.
///   - folder: the folder that it works in; that of this process where none is given.
///   - environment: variables to set besides those of this process.
///   - timeout: seconds after which it is killed and the call throws.
package func runProcess(
  _ path: String, _ arguments: [String], stdin: URL? = nil, redirecting: URL? = nil,
  in folder: URL? = nil, environment: [String: String] = [:], timeout: Double = 120
) throws -> ProcessResult {
  let written = try TemporaryFolder()
  let (output, errors) = (written.file("stdout"), written.file("stderr"))
  let process = program(path, arguments)
  if let folder { process.currentDirectoryURL = folder }
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  // Foundation keeps the handles of an ended process for some time: over a whole suite they came to more
  // than a thousand, and its next start of a process read beyond its list of them and crashed.
  let handles = [try emptyFile(output), try emptyFile(errors)]
  defer { for handle in handles { try? handle.close() } }
  process.standardOutput = handles[0]
  process.standardError = handles[1]
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }

  var feeder: Process?
  if let stdin {
    let pipe = Pipe()
    let cat = program("cat", [stdin.path(percentEncoded: false)])
    cat.standardOutput = pipe
    // When the program ends early, cat is ended by SIGPIPE and has nothing to say.
    cat.standardError = FileHandle.nullDevice
    process.standardInput = pipe
    try cat.run()
    feeder = cat
  } else if let redirecting {
    process.standardInput = try FileHandle(forReadingFrom: redirecting)
  } else {
    process.standardInput = FileHandle.nullDevice
  }
  try process.run()
  let inTime = ended.wait(timeout: .now() + timeout) == .success
  if !inTime {
    kill(process.processIdentifier, SIGKILL)
    ended.wait()
  }
  feeder?.waitUntilExit()
  guard inTime else {
    throw TestSupportError("\(path) \(arguments.joined(separator: " ")) took over \(timeout) s.")
  }
  let bySignal = process.terminationReason == .uncaughtSignal
  return ProcessResult(
    status: process.terminationStatus + (bySignal ? 128 : 0),
    output: try Data(contentsOf: output), errors: try Data(contentsOf: errors))
}

private func program(_ path: String, _ arguments: [String]) -> Process {
  let process = Process()
  let isPath = path.contains("/")
  process.executableURL = URL(filePath: isPath ? path : "/usr/bin/env")
  process.arguments = isPath ? arguments : [path] + arguments
  return process
}

private func emptyFile(_ url: URL) throws -> FileHandle {
  try Data().write(to: url)
  return try FileHandle(forWritingTo: url)
}
