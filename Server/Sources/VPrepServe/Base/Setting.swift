import Configuration
import Foundation

/// What an operator may set: on the command line (`--max-bytes`), in the environment
/// (`VPREP_SERVE_MAX_BYTES`) or in a file (`"maxBytes"`).
enum Setting: String, CaseIterable, Sendable {
  case host, port, vprep, workers, queue, maxBytes, uploadSeconds, timeLimit, jobs, keepSeconds
  case heartbeatSeconds, drainSeconds, spool, tokenFile, certificate, key, standIn
  case standInRate

  /// What counts where nobody has set it; an empty text stands for none.
  var preset: ConfigContent {
    switch self {
    case .host: .string("127.0.0.1")
    case .port: .int(8080)
    case .vprep: .string("vprep")
    case .workers: .int(ProcessInfo.processInfo.activeProcessorCount)
    case .queue: .int(32)
    case .maxBytes: .int(64 << 20)
    case .uploadSeconds, .timeLimit: .double(60)
    case .jobs: .int(64)
    case .keepSeconds: .double(300)
    case .heartbeatSeconds: .double(10)
    case .drainSeconds: .double(30)
    case .spool: .string(ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp")
    case .tokenFile, .certificate, .key: .string("")
    case .standIn: .bool(false)
    case .standInRate: .double(0)
    }
  }

  /// Its name on the command line, without the hyphens before it.
  var option: String { words("-") }

  /// Its name in the environment.
  var variable: String { Self.prefix + words("_").uppercased() }

  /// What the names of all variables begin with.
  static let prefix = "VPREP_SERVE_"

  private func words(_ divider: String) -> String {
    rawValue.map { $0.isUppercase ? divider + $0.lowercased() : String($0) }.joined()
  }
}

/// Why settings cannot be used.
struct SettingError: Error, CustomStringConvertible, Equatable {
  let description: String
}

/// The settings of all places: the command line counts for more than the environment, which counts for more
/// than the file.
struct SettingReader: Sendable {
  private let config: ConfigReader

  /// - Parameters:
  ///   - arguments: what the command line says.
  ///   - environment: all variables; those of other programs are left alone.
  ///   - file: the path of a JSON file; `nil` for none.
  /// - Throws: `SettingError` for a name that is not known, and for a file that cannot be read.
  init(
    arguments: [Setting: ConfigContent], environment: [String: String], file: String?
  ) async throws {
    var providers: [any ConfigProvider] = [
      Self.provider(arguments),
      EnvironmentVariablesProvider(environmentVariables: try Self.own(environment)),
    ]
    if let file { providers.append(try await Self.provider(file: file)) }
    providers.append(
      Self.provider(Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0, $0.preset) })))
    config = ConfigReader(providers: providers)
  }

  private static func provider(_ values: [Setting: ConfigContent]) -> InMemoryProvider {
    InMemoryProvider(
      values: Dictionary(
        uniqueKeysWithValues: values.map {
          (AbsoluteConfigKey([$0.rawValue]), ConfigValue($1, isSecret: false))
        }))
  }

  /// The variables that are meant for this program, without what their names begin with.
  private static func own(
    _ environment: [String: String]
  ) throws(SettingError) -> [String: String] {
    var found: [String: String] = [:]
    for (name, value) in environment where name.hasPrefix(Setting.prefix) {
      guard name == fileVariable || Setting.allCases.contains(where: { $0.variable == name }) else {
        throw SettingError(
          description: "there is no setting \(name) of the environment; they are "
            + Setting.allCases.map(\.variable).joined(separator: ", "))
      }
      found[String(name.dropFirst(Setting.prefix.count))] = value
    }
    return found
  }

  /// The variable that names the file.
  static let fileVariable = Setting.prefix + "CONFIG"

  private static func provider(file: String) async throws -> any ConfigProvider {
    guard let text = try? Data(contentsOf: URL(filePath: file)) else {
      throw SettingError(description: "\(file) cannot be read")
    }
    guard case .object(let members)? = JSON(text: text) else {
      throw SettingError(description: "\(file) is not a JSON object")
    }
    for name in members.keys.sorted() where Setting(rawValue: name) == nil {
      throw SettingError(
        description:
          "\(file) has a setting \"\(name.prefix(60))\", which is not known; they are "
          + Setting.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let path = InMemoryProvider(values: ["filePath": ConfigValue(.string(file), isSecret: false)])
    return try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: path))
  }

  // MARK: - Values

  func text(_ setting: Setting) throws(SettingError) -> String {
    try value(of: setting, "a text") { try config.requiredString(forKey: $0) }
  }

  func count(_ setting: Setting) throws(SettingError) -> Int {
    try value(of: setting, "a whole number") { try config.requiredInt(forKey: $0) }
  }

  func number(_ setting: Setting) throws(SettingError) -> Double {
    try value(of: setting, "a number") { try config.requiredDouble(forKey: $0) }
  }

  func truth(_ setting: Setting) throws(SettingError) -> Bool {
    try value(of: setting, "true or false") { try config.requiredBool(forKey: $0) }
  }

  /// The path of a setting that may be left out.
  func path(_ setting: Setting) throws(SettingError) -> String? {
    let text = try text(setting)
    return text.isEmpty ? nil : text
  }

  private func value<Value>(
    of setting: Setting, _ expected: String, _ read: (ConfigKey) throws -> Value
  ) throws(SettingError) -> Value {
    do {
      return try read(ConfigKey([setting.rawValue]))
    } catch {
      throw SettingError(
        description: "the setting \(setting.rawValue) (\(setting.variable)) must be \(expected)")
    }
  }
}
