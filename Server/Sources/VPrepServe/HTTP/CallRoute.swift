import Hummingbird

/// `POST /v1/check` and its siblings: a clip goes in, its report comes out.
struct CallRoute: Sendable {
  let settings: Settings
  let pool: WorkerPool
  let spool: Spool
  let metrics: Metrics
  let uploads: UploadCount

  /// The form's fields that are files.
  private static let files: Set<String> = ["clip", "photo"]

  func answer(_ call: Job.Call, _ request: Request) async throws -> Response {
    // Who would be refused afterwards need not upload first.
    if var refusal = await pool.refusal {
      refusal.rest = .all
      throw refusal
    }
    return try await spool.withFolder { folder in
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
      let options = try CallOptions(json: upload.fields["options"], query: request.query)
      return try await answer(
        call, clip: clip, photo: upload.files["photo"], options: options, folder: folder,
        delivery: Delivery(request.headers[.accept]))
    }
  }

  private func answer(
    _ call: Job.Call, clip: UploadedFile, photo: UploadedFile?, options: CallOptions,
    folder: RequestFolder, delivery: Delivery
  ) async throws -> Response {
    let (values, seconds) = options.completed(photo: photo?.path, timeLimit: settings.timeLimit)
    var job = Job(call: call, clip: clip.path, options: values)
    job.options["threads"] = .number(Double(settings.threads))
    let output = folder.file("prepared.mp4")
    if call.writes, !job.isDryRun { job.output = output }
    let start = ContinuousClock.now
    let answer = try await pool.run(job, seconds: seconds + WorkerPool.grace)
    let names = [
      (clip.path, clip.name), (photo?.path ?? "", photo?.name ?? ""), (output, "prepared.mp4"),
    ]
    switch answer.result {
    case .success(let report):
      let text = named(report, names)
      return delivery.response(report: text, file: OpenFile(path: output))
    case .failure(let error):
      var answer = error.answered(timedOut: (ContinuousClock.now - start) / .seconds(1) >= seconds)
      if let name = names.first(where: { $0.0 == answer.file })?.1 { answer.file = name }
      throw answer
    }
  }

  /// The report with the client's names in place of the service's paths.
  private func named(_ report: [UInt8], _ names: [(path: String, name: String)]) -> [UInt8] {
    names.reduce(report) { text, entry in
      entry.path.isEmpty
        ? text
        : text.replacing(
          [UInt8](entry.path.utf8), with: Array(JSON.string(entry.name).line.dropFirst().dropLast())
        )
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
