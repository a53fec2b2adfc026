import Foundation
import VPrep

/// A file of lines, which may be larger than memory.
struct LogFile {
  private let path: String
  private let handle: FileHandle

  /// A line of more bytes is no report; it is given as an empty object.
  private static let mostBytes = 16 << 20
  private static let chunk = 1 << 20

  /// Opens a file; `-` is standard input.
  init(_ path: String) throws(VPrepError) {
    self.path = path
    if path == "-" {
      handle = .standardInput
    } else {
      do { handle = try FileHandle(forReadingFrom: URL(filePath: path)) } catch {
        throw Self.error(path, "cannot be read: \(error.localizedDescription)")
      }
    }
  }

  /// Gives each line, without its end, in order.
  func forEachLine(_ body: (Data) throws -> Void) throws {
    var rest = Data()
    var isTooLong = false
    while let chunk = try read() {
      var unread = chunk[...]
      while let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        try body(isTooLong ? Data("{}".utf8) : rest + unread[..<end])
        rest.removeAll(keepingCapacity: true)
        isTooLong = false
        unread = unread[(end + 1)...]
      }
      rest += unread
      if rest.count > Self.mostBytes {
        isTooLong = true
        rest.removeAll()
      }
    }
    if isTooLong { try body(Data("{}".utf8)) } else if !rest.isEmpty { try body(rest) }
  }

  private func read() throws -> Data? {
    do { return try handle.read(upToCount: Self.chunk) } catch {
      throw Self.error(path, "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Writes a file in one step: its name never stands for a part of it.
  static func write(_ data: Data, to path: String) throws(VPrepError) {
    do { try data.write(to: URL(filePath: path), options: .atomic) } catch {
      throw VPrepError(
        kind: .outputNotWritten, stage: "calibrate", file: path,
        message: "cannot be written: \(error.localizedDescription)")
    }
  }

  private static func error(_ path: String, _ message: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "arguments", file: path, message: message)
  }
}
