/// How the service is run.
struct Settings: Sendable {
  /// Address to listen on.
  let host: String
  let port: Int
  /// Files of the certificate chain and its key; `nil` without TLS.
  let certificate: String?
  let key: String?
  /// Seconds that calls may go on after the service was told to stop.
  let drainSeconds: Double
  /// The program that does the work.
  let program: String
  /// Calls at once.
  let workers: Int
  /// Threads that decode a clip: where many calls run at once, one is best.
  var threads: Int { workers > 1 ? 1 : 2 }
  /// Requests that may wait for a worker.
  let queue: Int
  /// Uploads that may be on their way at once.
  var uploads = 64
  /// Largest request body in bytes.
  let maximumBytes: Int
  /// Seconds that an upload may take.
  let uploadSeconds: Double
  /// Seconds that a call may take.
  let timeLimit: Double
  /// Jobs that are known at once; with 0 every call is answered at once.
  let jobs: Int
  /// Seconds that the result of a job is kept.
  let keepSeconds: Double
  /// Seconds after which a stream of events on which nothing happens says that it is there.
  let heartbeatSeconds: Double
  /// Folder for what is being uploaded.
  let spool: String
  /// Digests of the tokens that are accepted; `nil` accepts every request.
  let tokens: Tokens?
  /// Keys of the stand-ins; `nil` without them.
  let standIn: StandInSettings?
}

extension Settings {
  /// The settings as an operator has given them.
  ///
  /// - Throws: `SettingError` for values that cannot be, `TokensError` for a file of tokens that cannot be used.
  init(_ reader: SettingReader) throws {
    host = try reader.text(.host)
    port = try reader.count(.port)
    program = try reader.text(.vprep)
    workers = try reader.count(.workers)
    queue = try reader.count(.queue)
    maximumBytes = try reader.count(.maxBytes)
    uploadSeconds = try reader.number(.uploadSeconds)
    timeLimit = try reader.number(.timeLimit)
    jobs = try reader.count(.jobs)
    keepSeconds = try reader.number(.keepSeconds)
    heartbeatSeconds = try reader.number(.heartbeatSeconds)
    drainSeconds = try reader.number(.drainSeconds)
    spool = try reader.text(.spool)
    (certificate, key) = (try reader.path(.certificate), try reader.path(.key))
    let rate = try reader.number(.standInRate)
    standIn = try reader.truth(.standIn) ? StandInSettings(rate: rate) : nil
    tokens = try reader.path(.tokenFile).map { try Tokens(file: $0) }
    try check()
  }

  private func check() throws(SettingError) {
    func demand(_ isMet: Bool, _ what: String) throws(SettingError) {
      guard isMet else { throw SettingError(description: what) }
    }
    let day = 86_400.0
    try demand((0...65_535).contains(port), "port takes 0 to 65535")
    try demand(workers >= 1 && maximumBytes >= 1, "workers and maxBytes take at least 1")
    try demand(queue >= 0 && jobs >= 0, "queue and jobs take at least 0")
    for seconds in [uploadSeconds, timeLimit, keepSeconds, heartbeatSeconds] {
      try demand(seconds > 0 && seconds <= day, "times are more than 0 and at most \(Int(day)) s")
    }
    try demand((0...day).contains(drainSeconds), "drainSeconds takes 0 to \(Int(day))")
    try demand((certificate == nil) == (key == nil), "TLS needs both certificate and key")
    try demand((standIn?.rate ?? 0) >= 0, "standInRate takes at least 0")
    try demand(
      standIn == nil || ["127.0.0.1", "::1", "localhost"].contains(host),
      "standIn listens on this machine alone")
  }
}
