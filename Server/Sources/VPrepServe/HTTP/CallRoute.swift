import Foundation
import Hummingbird

/// `POST /v1/check` and its siblings: a clip goes in, its report comes out, at once or as a job.
struct CallRoute: Sendable {
  let settings: Settings
  let pool: WorkerPool
  let spool: Spool
  let metrics: Metrics
  let uploads: UploadCount
  let jobs: JobStore

  /// The form's fields that are files.
  private static let files: Set<String> = ["clip", "photo"]

  func answer(
    _ call: Job.Call, _ request: Request, owner: TokenOwner?
  ) async throws -> Response {
    let isJob = settings.jobs > 0 && Self.prefersJob(request.headers[values: .prefer])
    // Who would be refused afterwards need not upload first.
    let poolRefusal = await pool.refusal
    let jobRefusal = isJob ? await jobs.refusal : nil
    if var refusal = poolRefusal ?? jobRefusal {
      refusal.rest = .all
      throw refusal
    }
    let folder = try RequestFolder(in: spool.path)
    // What the job goes on with is its own.
    var isHandedOver = false
    defer { if !isHandedOver { folder.remove() } }
    let input = try await input(call, request, folder)
    guard isJob else {
      let outcome = try await outcome(of: input)
      return Delivery(request.headers[.accept]).response(
        report: outcome.report, file: outcome.file)
    }
    let job = try await jobs.submit(call, owner: owner) { tell in
      defer { folder.remove() }
      return try await outcome(of: input, tell: tell)
    }
    isHandedOver = true
    return Response(
      json: job.document, status: .accepted,
      headers: [.location: "/v1/jobs/\(job.id)", .preferenceApplied: "respond-async"])
  }

  /// Whether the header `Prefer` (RFC 7240) asks for an answer before the work is done.
  static func prefersJob(_ values: [String]) -> Bool {
    values.joined(separator: ",").split(separator: ",").contains { preference in
      preference.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        == "respond-async"
    }
  }

  private func input(
    _ call: Job.Call, _ request: Request, _ folder: RequestFolder
  ) async throws -> CallInput {
    let upload = try await uploads.counted {
      try await UploadReader(
        folder: folder, maximumBytes: settings.maximumBytes, seconds: settings.uploadSeconds,
        metrics: metrics, files: Self.files, raw: "clip"
      ).read(request)
    }
    guard let clip = upload.files["clip"] else {
      throw ServiceError.usage("the form has no file \"clip\"")
    }
    let unknown = upload.fields.keys.filter { $0 != "options" }
    guard unknown.isEmpty else {
      throw ServiceError.usage(
        "the form has a field that is not known; it takes clip, photo and options")
    }
    return CallInput(
      call: call, clip: CallInput.File(clip), photo: upload.files["photo"].map(CallInput.File.init),
      options: try CallOptions(json: upload.fields["options"], query: request.query),
      output: folder.file("prepared.mp4"))
  }

  /// Makes the call.
  private func outcome(
    of input: CallInput, tell: (@Sendable (CallNews) -> Void)? = nil
  ) async throws -> CallOutcome {
    let (values, seconds) = input.options.completed(
      photo: input.photo?.path, timeLimit: settings.timeLimit)
    var job = Job(call: input.call, clip: input.clip.path, options: values)
    job.options["threads"] = .number(Double(settings.threads))
    if input.call.writes, !job.isDryRun { job.output = input.output }
    if tell != nil { job.progress = true }
    let answer = try await pool.run(
      job, seconds: seconds + WorkerPool.grace, tell: tell ?? { _ in })
    switch answer.result {
    case .success(let report):
      return CallOutcome(report: input.named(report), file: OpenFile(path: input.output))
    case .failure(let error):
      var answered = error.answered(timedOut: answer.seconds >= seconds)
      if let name = input.names.first(where: { $0.path == answered.file })?.name {
        answered.file = name
      }
      throw answered
    }
  }
}

/// How many uploads are on their way.
actor UploadCount {
  private let most: Int
  private var count = 0

  init(most: Int) { self.most = most }

  /// Counts an upload while it is read; refuses one too many.
  nonisolated func counted<Result>(_ body: () async throws -> Result) async throws -> Result {
    guard await begin() else {
      throw ServiceError(
        status: .tooManyRequests, kind: "busy", stage: "upload",
        message: "too many uploads are on their way", advice: "Send the request again later.",
        retryAfter: 2, rest: .all)
    }
    do {
      let result = try await body()
      await end()
      return result
    } catch {
      await end()
      throw error
    }
  }

  private func begin() -> Bool {
    guard count < most else { return false }
    count += 1
    return true
  }

  private func end() { count -= 1 }
}
