import Foundation
import TestSupport

/// What a program asked the system for, as strace saw it: the names of files, and the network.
struct SystemCallTrace {
  /// Every name that a call gave, whether such a file was there or not.
  let files: Set<String>
  /// Every call that has to do with sockets, as strace prints it.
  let network: [String]

  /// How the program ended.
  let result: ProcessResult

  /// The folder that the program ran in, without a slash at the end.
  private let folder: String

  /// Runs a program in a folder.
  init(_ command: [String], in folder: borrowing TemporaryFolder) throws {
    let log = try TemporaryFolder()
    self.folder = folder.url.path
    result = try runProcess(
      "env",
      [
        "-C", folder.url.path, "strace", "-f", "-qq", "-s", "8192", "-o", log.path("calls"), "-e",
        "trace=%file,%network",
      ] + command)
    let text = try String(contentsOf: log.file("calls"), encoding: .utf8)
    var (files, network) = (Set<String>(), [String]())
    for line in text.split(separator: "\n") {
      guard let call = line.firstMatch(of: /^\d+ +(\w+)\(/)?.output.1 else { continue }
      if Self.socketCalls.contains(String(call)) {
        network.append(String(line))
      } else if call != "execve" {
        // A second name is what readlink found, not what was asked for.
        let names = line.matches(of: /"((?:[^"\\]|\\.)*)"/).map { String($0.output.1) }
        files.formUnion(names.prefix(call.hasPrefix("readlink") ? 1 : 2))
      }
    }
    (self.files, self.network) = (files, network)
  }

  /// The files in the folder that were asked for, by their names in it; the folder itself is none.
  var ownFiles: Set<String> {
    Set(
      files.compactMap { file in
        if file.hasPrefix(folder + "/") { return String(file.dropFirst(folder.count + 1)) }
        return file.hasPrefix("/") || ["", ".", folder].contains(file) ? nil : file
      })
  }

  /// The files elsewhere that were asked for; what the kernel tells about the process is left out.
  var systemFiles: Set<String> {
    files.filter {
      $0.hasPrefix("/") && !($0 + "/").hasPrefix(folder + "/") && !$0.hasPrefix("/proc/")
        && !$0.hasPrefix("/sys/")
    }
  }

  private static let socketCalls: Set<String> = [
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "getsockname", "getpeername", "setsockopt",
    "getsockopt", "shutdown",
  ]
}
