import Foundation
import Hummingbird

/// `POST /v1/look`: one frame of a camera goes in; where the face is, how it is lit, and what to say come out.
///
/// The frame is judged as a clip of that one frame, so the page and the report never disagree on a limit.
struct LookRoute: Sendable {
  let settings: Settings
  let pool: WorkerPool
  let spool: Spool
  let metrics: Metrics

  /// Most bytes of a frame.
  private static let mostBytes = 2 << 20
  /// Seconds that a frame may take.
  private static let seconds = 5.0

  func answer(_ request: Request) async throws -> Response {
    if var refusal = await pool.refusal {
      refusal.rest = .all
      throw refusal
    }
    return try await spool.withFolder { folder in
      let upload = try await UploadReader(
        folder: folder, maximumBytes: min(Self.mostBytes, settings.maximumBytes),
        seconds: Self.seconds, metrics: metrics, files: ["frame"], raw: "frame"
      ).read(request)
      guard let frame = upload.files["frame"] else {
        throw ServiceError.usage("the form has no file \"frame\"")
      }
      let picture = [UInt8](try Data(contentsOf: URL(filePath: frame.path)))
      guard let clip = StillClip(picture) else {
        throw ServiceError(
          status: .unprocessableContent, kind: "unsupported", stage: "open",
          message: "the frame is neither a JPEG nor a PNG of at most 4096 × 4096 pixels")
      }
      let file = try UploadedFile(path: folder.file("still"), name: nil)
      try file.write(clip.bytes)
      return try await look(at: file, try options(request))
    }
  }

  private func options(_ request: Request) throws(ServiceError) -> [String: JSON] {
    let query = request.query
    guard query.allSatisfy({ ["provider", "mode", "language"].contains($0.name) }) else {
      throw .usage("look takes provider, mode and language")
    }
    var options = try CallOptions(json: nil, query: query).values
    options["provider"] = options["provider"] ?? .string("megvii")
    options["timeline"] = .bool(true)
    options["md5"] = .bool(false)
    options["threads"] = .number(1)
    options["timeLimit"] = .number(Self.seconds)
    return options
  }

  private func look(at file: UploadedFile, _ options: [String: JSON]) async throws -> Response {
    let job = Job(call: .check, clip: file.path, options: options)
    let answer = try await pool.run(job, seconds: Self.seconds + WorkerPool.grace)
    switch answer.result {
    case .success(let report):
      let looked = try JSONDecoder().decode(LookedReport.self, from: Data(report))
      return Response(json: Look(looked).json.line)
    case .failure(let error):
      var answer = error.answered(timedOut: false)
      answer.file = ""
      throw answer
    }
  }
}
