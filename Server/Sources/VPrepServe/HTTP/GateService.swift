import Hummingbird
import Logging

/// The service: its routes over its workers.
struct GateService: Sendable {
  let settings: Settings
  /// Workers for clips.
  let pool: WorkerPool
  /// A worker for frames of cameras, which must not wait behind clips.
  let looks: WorkerPool
  let jobs: JobStore
  let spool: Spool
  let metrics: Metrics
  /// What `vprep codes --json` has printed.
  let codes: [UInt8]

  /// Frames that may wait.
  private static let mostLooks = 4

  init(settings: Settings, codes: [UInt8]) throws {
    self.settings = settings
    self.codes = codes
    metrics = Metrics()
    pool = WorkerPool(
      program: settings.program, size: settings.workers, queue: settings.queue, metrics: metrics)
    looks = WorkerPool(
      program: settings.program, size: 1, queue: Self.mostLooks, metrics: Metrics())
    jobs = JobStore(most: settings.jobs, keepSeconds: settings.keepSeconds, metrics: metrics)
    spool = try Spool(in: settings.spool)
  }

  /// Starts the workers.
  func start() async throws {
    try await pool.start()
    try await looks.start()
  }

  /// Takes no more jobs, and ends those that nobody can hear of.
  func drain() async { await jobs.drain() }

  /// Ends all work, and removes what is left on disk.
  func stop() async {
    await pool.stop()
    await jobs.stop()
    await looks.stop()
  }

  var router: Router<ServeContext> {
    let router = Router(context: ServeContext.self)
    router.add(middleware: RequestGuard(metrics: metrics))
    router.get("/healthz") { _, _ in Response(json: [UInt8](#"{"status":"ok"}"#.utf8)) }
    router.get("/readyz") { [pool] _, _ in
      guard await pool.isReady else { throw ServiceError.stopping }
      return Response(json: [UInt8](#"{"status":"ready"}"#.utf8))
    }
    PageRoutes.add(to: router)
    addCalls(to: router)
    if let standIn = settings.standIn { StandIn(standIn, self).add(to: router) }
    return router
  }

  private func addCalls(to router: Router<ServeContext>) {
    let group = router.group().add(middleware: TokenGuard(tokens: settings.tokens))
    group.get("/metrics") { [metrics] _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
    }
    group.get("/v1/codes") { [codes] _, _ in Response(json: codes) }
    let route = CallRoute(
      settings: settings, pool: pool, spool: spool, metrics: metrics,
      uploads: UploadCount(most: settings.uploads), jobs: jobs)
    for call in Job.Call.allCases {
      group.post("/v1/\(call.rawValue)") { request, context in
        try await route.answer(call, request, owner: context.owner)
      }
    }
    JobRoutes(jobs: jobs, heartbeat: settings.heartbeatSeconds).add(to: group)
    let look = LookRoute(settings: settings, pool: looks, spool: spool, metrics: metrics)
    group.post("/v1/look") { request, _ in try await look.answer(request) }
  }
}
