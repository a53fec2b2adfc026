/// How the service is run.
struct Settings: Sendable {
  /// The program that does the work.
  var program = "vprep"
  /// Calls at once.
  var workers = 2
  /// Threads that decode a clip: where many calls run at once, one is best.
  var threads: Int { workers > 1 ? 1 : 2 }
  /// Requests that may wait for a worker.
  var queue = 16
  /// Uploads that may be on their way at once.
  var uploads = 64
  /// Largest request body in bytes.
  var maximumBytes = 64 << 20
  /// Seconds that an upload may take.
  var uploadSeconds = 60.0
  /// Seconds that a call may take.
  var timeLimit = 60.0
  /// Jobs that are known at once; with 0 every call is answered at once.
  var jobs = 64
  /// Seconds that the result of a job is kept.
  var keepSeconds = 300.0
  /// Seconds after which a stream of events on which nothing happens says that it is there.
  var heartbeatSeconds = 10.0
  /// Folder for what is being uploaded.
  var spool = "/tmp"
  /// Digests of the tokens that are accepted; `nil` accepts every request.
  var tokens: Tokens?
  /// Keys of the stand-ins; `nil` without them.
  var standIn: StandInSettings?
}
