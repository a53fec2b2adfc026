import ArgumentParser
import Configuration
import Foundation
import Testing

@testable import VPrepServe

@Suite("Settings come from the command line, the environment and a file")
struct SettingTests {
  private func settings(
    _ arguments: [String] = [], _ environment: [String: String] = [:], file: String? = nil
  ) async throws -> Settings {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: path) }
    if let file { try Data(file.utf8).write(to: path) }
    return try Settings(
      try await SettingReader(
        arguments: try ServeOptions.parse(arguments).arguments, environment: environment,
        file: file == nil ? nil : path.path(percentEncoded: false)))
  }

  @Test("The command line counts for more than the environment, and that for more than the file")
  func precedence() async throws {
    let file = #"{"queue": 1, "maxBytes": 1000, "timeLimit": 5, "standIn": true}"#
    let environment = ["VPREP_SERVE_QUEUE": "2", "VPREP_SERVE_MAX_BYTES": "2000", "PATH": "/bin"]
    let found = try await settings(["--queue", "3", "--no-stand-in"], environment, file: file)
    #expect((found.queue, found.maximumBytes, found.timeLimit) == (3, 2000, 5))
    #expect(found.standIn == nil && found.keepSeconds == 300 && found.host == "127.0.0.1")
    #expect(try await settings([], environment, file: file).queue == 2)
    #expect(try await settings([], file: file).queue == 1)
    #expect(try await settings([], file: file).standIn != nil)
    #expect(try await settings().queue == 32)
  }

  @Test(
    "What is not known, or cannot be, is refused by name",
    arguments: [
      ([], [:], #"{"maxbytes": 1}"#, "maxbytes"), ([], [:], "[]", "not a JSON object"),
      ([], [:], #"{"queue": "many"}"#, "queue"), ([], [:], #"{"host": 5}"#, "host"),
      ([], ["VPREP_SERVE_MAXBYTES": "1"], nil, "VPREP_SERVE_MAXBYTES"),
      ([], ["VPREP_SERVE_QUEUE": "many"], nil, "queue"),
      ([], ["VPREP_SERVE_STAND_IN": "maybe"], nil, "standIn"),
      (["--port", "70000"], [:], nil, "port"), (["--workers", "0"], [:], nil, "workers"),
      (["--keep-seconds", "0"], [:], nil, "times"), (["--time-limit", "nan"], [:], nil, "times"),
      (["--certificate", "a.pem"], [:], nil, "TLS"),
      (["--stand-in"], ["VPREP_SERVE_HOST": "0.0.0.0"], nil, "this machine alone"),
    ] as [([String], [String: String], String?, String)])
  func refused(
    _ arguments: [String], _ environment: [String: String], _ file: String?, _ word: String
  ) async throws {
    let error = await #expect(throws: SettingError.self) {
      try await settings(arguments, environment, file: file)
    }
    #expect(error?.description.contains(word) ?? false, "\(error?.description ?? "")")
  }

  @Test("A file that is not there is refused")
  func missing() async {
    await #expect(throws: SettingError.self) {
      try await SettingReader(arguments: [:], environment: [:], file: "/nowhere.json")
    }
  }

  @Test("Every setting has an option, and stands in the document with its default")
  func documented() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let document = try String(
      contentsOf: root.appending(path: "Docs/service.md"), encoding: .utf8)
    let help = ServeCommand.helpMessage(columns: 400)
    for setting in Setting.allCases {
      #expect(help.contains("--\(setting.option)"), "\(setting.option)")
      let row = document.split(separator: "\n").first {
        $0.hasPrefix("| `--") && $0.contains("`--\(setting.option)`")
      }
      let cells = row?.split(separator: "|") ?? []
      try #require(cells.count == 3, "\(setting.option)")
      switch setting.preset {
      case .int(let value) where setting != .workers: #expect(cells[1].contains("\(value)"))
      case .double(let value): #expect(cells[1].contains("\(Int(value))"))
      case .string(let value) where value.isEmpty: #expect(cells[1].contains("none"))
      default: break
      }
    }
    #expect(help.contains("(default: 67108864)"))
    #expect(Setting.maxBytes.variable == "VPREP_SERVE_MAX_BYTES")
    #expect(document.contains("`VPREP_SERVE_MAX_BYTES`") && document.contains("`--config`"))
  }
}
