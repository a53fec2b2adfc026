import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("A clip that is written to while it is read")
struct ChangedInputTests {
  private func clip(in folder: borrowing TemporaryFolder) throws -> URL {
    let file = folder.file("clip.mp4")
    try Data(contentsOf: URL(filePath: TestClips.named("good-silent").path)).write(to: file)
    return file
  }

  /// Writes other bytes of the same number into the file, without making a new one.
  private func overwrite(_ file: URL) throws {
    let handle = try FileHandle(forUpdating: file)
    try handle.seek(toOffset: 1000)
    try handle.write(contentsOf: Data(repeating: 7, count: 100))
    try handle.close()
    // Clocks of file systems are coarse: make sure that the time differs.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 5)],
      ofItemAtPath: file.path(percentEncoded: false))
  }

  private func isChange(_ error: any Error) -> Bool {
    (error as? MediaError)?.detail == "the clip changed while it was read"
  }

  @Test("ends the reading with that")
  func reading() throws {
    let folder = try TemporaryFolder()
    let file = try clip(in: folder)
    let limits = InputLimits()
    let input = try MediaInput(.file(file.path(percentEncoded: false)), limits: limits)
    var reader = try ClipReader(
      input, for: .probe, limits: limits, watchdog: Watchdog(seconds: 60))
    var error: (any Error)?
    do throws(MediaError) {
      try reader.forEachPacket { _ in
        if error == nil {
          do { try overwrite(file) } catch let failure { error = failure }
        }
        return .goOn
      }
    } catch let failure {
      error = failure
    }
    #expect(isChange(try #require(error)))
  }

  @Test("gives no digest")
  func digest() throws {
    let folder = try TemporaryFolder()
    let file = try clip(in: folder)
    let input = try MediaInput(.file(file.path(percentEncoded: false)), limits: InputLimits())
    _ = try input.md5()
    try overwrite(file)
    #expect { try input.md5() } throws: { isChange($0) }
  }

  @Test("is told apart from one that was only read by others")
  func unchanged() throws {
    let folder = try TemporaryFolder()
    let file = try clip(in: folder)
    let input = try MediaInput(.file(file.path(percentEncoded: false)), limits: InputLimits())
    _ = try Data(contentsOf: file)
    try input.checkUnchanged()
    let memory = try MediaInput(
      .bytes(Array(Data(contentsOf: file)), name: "memory"), limits: InputLimits())
    try memory.checkUnchanged()
  }
}
