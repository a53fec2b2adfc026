import Foundation
import TestSupport
import Testing

@Suite("A program that is interrupted")
struct InterruptionTests {
  /// A program that runs until it has begun to write, and what it left when a signal had ended it.
  ///
  /// - Parameter folder: where it writes `out.mp4`.
  private func interrupted(by signal: Int32, writingInto folder: borrowing TemporaryFolder) throws
    -> Int32
  {
    let process = Process()
    // Under a shell that runs in the background SIGINT would be ignored from the start.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "--default-signal=INT,TERM", Repository.vprep.path(percentEncoded: false), "fit",
      try TestClips.named("oversized").path, "-o", folder.path("out.mp4"), "--provider", "tencent",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let deadline = ContinuousClock.now + .seconds(60)
    while try !folder.contents.contains(where: { $0.hasSuffix(".part") }) {
      guard process.isRunning, ContinuousClock.now < deadline else {
        process.terminate()
        throw InterruptionError.neverWrote
      }
    }
    kill(process.processIdentifier, signal)
    guard ended.wait(timeout: .now() + 60) == .success else {
      kill(process.processIdentifier, SIGKILL)
      throw InterruptionError.neverEnded
    }
    #expect(process.terminationReason == .exit)
    return process.terminationStatus
  }

  private enum InterruptionError: Error {
    case neverWrote
    case neverEnded
  }

  @Test(
    "ends with the signal's status, removes what it began and leaves an output that was there",
    arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func cleansUp(signal: Int32, status: Int32) throws {
    let folder = try TemporaryFolder()
    let before = Data("what stood there before".utf8)
    try before.write(to: folder.file("out.mp4"))
    #expect(try interrupted(by: signal, writingInto: folder) == status)
    #expect(try folder.contents == ["out.mp4"])
    #expect(try Data(contentsOf: folder.file("out.mp4")) == before)
  }

  @Test("ends as well while it waits for a clip on standard input")
  func waiting() throws {
    let process = Process()
    let (input, errors) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "--default-signal=INT,TERM", Repository.vprep.path(percentEncoded: false), "probe", "-",
    ]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    // More than a pipe holds: when it is written, the program has begun to read.
    let clip = try Data(contentsOf: TestClips.named("short-0.4").url)
    input.fileHandleForWriting.write(clip + Data(repeating: 0, count: 1 << 20))
    kill(process.processIdentifier, SIGINT)
    try #require(ended.wait(timeout: .now() + 60) == .success)
    #expect(process.terminationStatus == 130)
    let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(words.contains("interrupted"))
  }
}

@Suite("The progress bar")
struct ProgressBarTests {
  /// `fit` of a clip that has to be encoded, its output in `folder`.
  private func arguments(_ folder: borrowing TemporaryFolder) throws -> [String] {
    [
      "fit", try TestClips.named("webm-vp8").path, "-o", folder.path("out.mp4"), "--provider",
      "tencent",
    ]
  }

  @Test("is silent where standard error is no terminal")
  func silent() throws {
    let folder = try TemporaryFolder()
    let result = try runProcess(
      Repository.vprep.path(percentEncoded: false), arguments(folder))
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
  }

  @Test("names each stage on a terminal, with its share, and takes itself away in the end")
  func shown() throws {
    let folder = try TemporaryFolder()
    let command = ([Repository.vprep.path(percentEncoded: false)] + (try arguments(folder)))
      .map { "'\($0)'" }.joined(separator: " ")
    // `script` gives the program a terminal; its standard output is not looked at.
    let result = try runProcess(
      "script", ["-qec", "\(command) > /dev/null", "/dev/null"], environment: ["TERM": "xterm"])
    #expect(result.status == 0)
    let drawn = result.outputText.split(separator: "\r").filter { $0.contains("[") }
    let bars = drawn.filter { $0.contains("%") }
    for stage in ["reading", "writing", "verifying"] {
      #expect(bars.contains { $0.hasPrefix(stage) }, "\(stage)")
    }
    #expect(drawn.last == "\u{1B}[K")
  }
}
