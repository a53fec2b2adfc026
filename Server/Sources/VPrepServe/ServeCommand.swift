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
      machine alone unless --host says otherwise. What is not said here is taken from the environment \
      (--max-bytes is VPREP_SERVE_MAX_BYTES), then from the file of --config ("maxBytes"). \
      Docs/service.md has the whole of it.
      """)

  @OptionGroup var options: ServeOptions

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    Self.allowManyFiles()
    let logger = Logger(label: "vprep-serve")
    let settings = try await options.settings()
    let service = try GateService(
      settings: settings, codes: try Program.output(of: settings.program, ["codes", "--json"]))
    defer { service.spool.remove() }
    try await service.start()
    let tls = settings.certificate.flatMap { chain in settings.key.map { (chain, $0) } }
    let address = "\(tls == nil ? "http" : "https")://\(settings.host)"
    let application = Application(
      router: service.router,
      server: try ServerChannel.builder(maximumBytes: settings.maximumBytes, tls: tls),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port), serverName: "vprep-serve"),
      onServerRunning: { channel in
        logger.info(
          "listening",
          metadata: ["address": "\(address):\(channel.localAddress?.port ?? 0)/"])
      },
      logger: logger)
    // The last one is told to stop first: it sets the time that the others have.
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application, Drain(service: service, seconds: settings.drainSeconds)],
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
