import HTTPTypes
import Hummingbird

/// `/v1/jobs/ID`: what a job is, its events, its result, and its end.
struct JobRoutes: Sendable {
  let jobs: JobStore
  /// Seconds after which a stream on which nothing happens says that it is there.
  let heartbeat: Double

  func add(to group: RouterGroup<ServeContext>) {
    group.get("/v1/jobs/{id}") { _, context in
      Response(json: try await job(context).document)
    }
    group.get("/v1/jobs/{id}/result") { request, context in
      try await result(of: job(context), Delivery(request.headers[.accept]))
    }
    group.get("/v1/jobs/{id}/events") { request, context in
      events(of: try await job(context), after: request.headers[.lastEventID].flatMap { Int($0) })
    }
    group.delete("/v1/jobs/{id}") { _, context in
      await jobs.remove(try await job(context))
      return Response(status: .noContent)
    }
  }

  /// The job that the address names; that it is another's is not told.
  private func job(_ context: ServeContext) async throws -> AsyncJob {
    guard let id = context.parameters.get("id"),
      let job = await jobs.find(id, owner: context.owner)
    else {
      throw ServiceError(
        status: .notFound, kind: "usage", stage: "job", message: "there is no such job",
        advice: "A result is dropped once it was fetched, and some minutes after its job has ended."
      )
    }
    return job
  }

  /// The answer of the call, which is dropped once it was sent whole.
  private func result(of job: AsyncJob, _ delivery: Delivery) async throws -> Response {
    switch job.outcome {
    case nil:
      throw ServiceError(
        status: .conflict, kind: "busy", stage: "job", message: "the job is not done yet",
        advice: "Send the request again later, or listen to the job's events.", retryAfter: 1)
    case .failure(let error):
      await jobs.remove(job)
      throw error
    case .success(let outcome):
      var response = delivery.response(report: outcome.report, file: outcome.file)
      let body = response.body
      response.body = ResponseBody(contentLength: body.contentLength) { [jobs] writer in
        try await body.write(writer)
        await jobs.remove(job)
      }
      return response
    }
  }

  /// The events of a job as `text/event-stream` (HTML, section 9.2), the last of which is its result or its error.
  private func events(of job: AsyncJob, after number: Int?) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .xAccelBuffering: "no"],
      body: ResponseBody { [heartbeat] writer in
        let (wakes, wake) = job.listen()
        let ticker = Task {
          while !Task.isCancelled {
            try await Task.sleep(for: .seconds(heartbeat))
            wake.yield()
          }
        }
        defer {
          ticker.cancel()
          wake.finish()
        }
        var last = number ?? 0
        for await _ in wakes {
          let (events, isOver) = job.events(after: last)
          try await writer.write(ByteBuffer(bytes: Self.text(events)))
          last = events.last?.number ?? last
          if isOver { break }
        }
        try await writer.finish(nil)
      })
  }

  /// Events as they stand in the stream; a comment where there are none, so that nobody takes it for dead.
  private static func text(_ events: [AsyncJob.Event]) -> [UInt8] {
    guard !events.isEmpty else { return [UInt8](":\n\n".utf8) }
    return events.flatMap { event in
      [UInt8]("id: \(event.number)\nevent: \(event.name)\ndata: ".utf8) + event.data
        + [UInt8]("\n\n".utf8)
    }
  }
}

extension HTTPField.Name {
  static let lastEventID = known("Last-Event-ID")
  static let prefer = known("Prefer")
  static let preferenceApplied = known("Preference-Applied")
  /// Tells proxies to pass on what is written at once.
  static let xAccelBuffering = known("X-Accel-Buffering")
}
