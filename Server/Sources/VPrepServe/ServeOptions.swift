import ArgumentParser
import Configuration
import Foundation

/// The command line: what it leaves out is taken from the environment, from a file, or as it is preset.
struct ServeOptions: ParsableArguments {
  @Option(
    help: "JSON file with settings; the command line and the environment count for more.")
  var config: String?

  @Option(help: .of(.host, "Address to listen on."))
  var host: String?

  @Option(help: .of(.port, "Port to listen on; 0 takes a free one, which the log names."))
  var port: Int?

  @Option(help: .of(.vprep, "The program vprep."))
  var vprep: String?

  @Option(help: .of(.workers, "Calls at once."))
  var workers: Int?

  @Option(
    help: .of(
      .queue, "Requests that may wait for a worker; the next one is answered with 429."))
  var queue: Int?

  @Option(help: .of(.maxBytes, "Largest request body in bytes."))
  var maxBytes: Int?

  @Option(help: .of(.uploadSeconds, "Seconds that an upload may take."))
  var uploadSeconds: Double?

  @Option(help: .of(.timeLimit, "Seconds that a call may take."))
  var timeLimit: Double?

  @Option(
    help: .of(
      .jobs, "Jobs that are known at once: those that wait or work, and those with a result."))
  var jobs: Int?

  @Option(help: .of(.keepSeconds, "Seconds that the result of a job is kept."))
  var keepSeconds: Double?

  @Option(
    help: .of(
      .heartbeatSeconds, "Seconds after which a stream of events says that it is there."))
  var heartbeatSeconds: Double?

  @Option(
    help: .of(
      .drainSeconds, "Seconds after SIGTERM until calls that are not done are given back with 503.")
  )
  var drainSeconds: Double?

  @Option(help: .of(.spool, "Folder for uploads while they are answered."))
  var spool: String?

  @Option(help: .of(.tokenFile, "File with the bearer tokens that are accepted, one per line."))
  var tokenFile: String?

  @Option(help: .of(.certificate, "Certificate chain as PEM, for TLS."))
  var certificate: String?

  @Option(help: .of(.key, "Private key of the certificate as PEM."))
  var key: String?

  @Flag(
    inversion: .prefixedNo,
    help: .of(
      .standIn, "Also answer as Megvii's and Tencent's services do, with vprep's verdict."))
  var standIn: Bool?

  @Option(
    help: .of(
      .standInRate, "Requests a second that each of the stand-ins takes; 0 for any number."))
  var standInRate: Double?

  /// The settings of all places.
  func settings() async throws -> Settings {
    let environment = ProcessInfo.processInfo.environment
    do {
      return try Settings(
        try await SettingReader(
          arguments: arguments, environment: environment,
          file: config ?? environment[SettingReader.fileVariable]))
    } catch {
      throw ValidationError("\(error)")
    }
  }

  /// What the command line says.
  var arguments: [Setting: ConfigContent] {
    var values: [Setting: ConfigContent] = [:]
    values[.host] = host.map(ConfigContent.string)
    values[.port] = port.map(ConfigContent.int)
    values[.vprep] = vprep.map(ConfigContent.string)
    values[.workers] = workers.map(ConfigContent.int)
    values[.queue] = queue.map(ConfigContent.int)
    values[.maxBytes] = maxBytes.map(ConfigContent.int)
    values[.uploadSeconds] = uploadSeconds.map(ConfigContent.double)
    values[.timeLimit] = timeLimit.map(ConfigContent.double)
    values[.jobs] = jobs.map(ConfigContent.int)
    values[.keepSeconds] = keepSeconds.map(ConfigContent.double)
    values[.heartbeatSeconds] = heartbeatSeconds.map(ConfigContent.double)
    values[.drainSeconds] = drainSeconds.map(ConfigContent.double)
    values[.spool] = spool.map(ConfigContent.string)
    values[.tokenFile] = tokenFile.map(ConfigContent.string)
    values[.certificate] = certificate.map(ConfigContent.string)
    values[.key] = key.map(ConfigContent.string)
    values[.standIn] = standIn.map(ConfigContent.bool)
    values[.standInRate] = standInRate.map(ConfigContent.double)
    return values
  }
}

extension ArgumentHelp {
  /// The help of a setting, with what counts where nobody has set it.
  fileprivate static func of(_ setting: Setting, _ text: String) -> ArgumentHelp {
    let preset: String? =
      switch setting.preset {
      case .string(let text): text.isEmpty ? nil : text
      case .int(let count): "\(count)"
      case .double(let number): "\(Int(number))"
      default: nil
      }
    return ArgumentHelp("\(text)\(preset.map { " (default: \($0))" } ?? "")")
  }
}
