import ArgumentParser
import Foundation
import Glibc
import Hummingbird
import Logging
import ServiceLifecycle

@main
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vprep-serve",
    abstract: "The gate over HTTP: a clip goes in, the verdict or the prepared clip comes out.",
    discussion: """
      Clips are read by processes of `vprep worker --isolate`, never by this one. It listens on this \
      machine alone unless --host says otherwise. Docs/service.md has the whole of it.
      """)

  @Option(help: "Address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "Port to listen on; 0 takes a free one, which the log names.")
  var port = 8080

  @Option(help: "The program vprep.")
  var vprep = "vprep"

  @Option(help: "Calls at once.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Requests that may wait for a worker; the next one is answered with 429.")
  var queue = 32

  @Option(help: "Largest request body in bytes.")
  var maxBytes = 64 << 20

  @Option(help: "Seconds that an upload may take.")
  var uploadSeconds = 60.0

  @Option(help: "Seconds that a call may take.")
  var timeLimit = 60.0

  @Option(help: "Seconds after SIGTERM until calls that are not done are given back with 503.")
  var drainSeconds = 30.0

  @Option(help: "Jobs that are known at once: those that wait or work, and those with a result.")
  var jobs = 64

  @Option(help: "Seconds that the result of a job is kept.")
  var keepSeconds = 300.0

  @Option(help: "Seconds after which a stream of events says that it is there.")
  var heartbeatSeconds = 10.0

  @Option(help: "Folder for uploads while they are answered.")
  var spool = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"

  @Option(help: "File with the bearer tokens that are accepted, one per line.")
  var tokenFile: String?

  @Option(help: "Certificate chain as PEM, for TLS.")
  var certificate: String?

  @Option(help: "Private key of the certificate as PEM.")
  var key: String?

  @Flag(help: "Also answer as Megvii's and Tencent's services do, with vprep's verdict.")
  var standIn = false

  mutating func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535.") }
    guard workers >= 1, queue >= 0, jobs >= 0, maxBytes >= 1 else {
      throw ValidationError(
        "--workers and --max-bytes take at least 1, --queue and --jobs at least 0.")
    }
    guard uploadSeconds > 0, timeLimit > 0, timeLimit <= 86_400, drainSeconds >= 0, keepSeconds > 0,
      heartbeatSeconds > 0
    else {
      throw ValidationError("Times must be positive.")
    }
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("TLS needs both --certificate and --key.")
    }
    if standIn, !["127.0.0.1", "::1", "localhost"].contains(host) {
      throw ValidationError("--stand-in listens on this machine alone.")
    }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    Self.allowManyFiles()
    let logger = Logger(label: "vprep-serve")
    let service = try GateService(
      settings: try settings(), codes: try Program.output(of: vprep, ["codes", "--json"]))
    defer { service.spool.remove() }
    try await service.start()
    let tls = certificate.flatMap { certificate in key.map { (certificate, $0) } }
    let address = "\(tls == nil ? "http" : "https")://\(host)"
    let application = Application(
      router: service.router,
      server: try ServerChannel.builder(maximumBytes: maxBytes, tls: tls),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), serverName: "vprep-serve"),
      onServerRunning: { channel in
        logger.info(
          "listening",
          metadata: ["address": "\(address):\(channel.localAddress?.port ?? 0)/"])
      },
      logger: logger)
    // The last one is told to stop first: it sets the time that the others have.
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application, Drain(service: service, seconds: drainSeconds)],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    do {
      try await group.run()
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
    logger.info("stopped")
  }

  private func settings() throws -> Settings {
    Settings(
      program: vprep, workers: workers, queue: queue, maximumBytes: maxBytes,
      uploadSeconds: uploadSeconds, timeLimit: timeLimit, jobs: jobs, keepSeconds: keepSeconds,
      heartbeatSeconds: heartbeatSeconds, spool: spool,
      tokens: try tokenFile.map { try Tokens(file: $0) },
      standIn: standIn ? StandInSettings() : nil)
  }

  /// Every connection and every upload is an open file.
  private static func allowManyFiles() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

/// Gives calls back that are not done in time after the service was told to stop.
struct Drain: Service {
  let service: GateService
  let seconds: Double

  func run() async throws {
    try await gracefulShutdown()
    await service.drain()
    Task {
      try await Task.sleep(for: .seconds(seconds))
      await service.stop()
    }
  }
}
