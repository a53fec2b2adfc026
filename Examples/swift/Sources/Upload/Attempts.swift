/// Sends until there is an answer that stays.
struct Attempts {
  private let count = 4
  /// Before the second attempt; twice as long before each next one.
  private let wait: Duration

  init(_ environment: Environment) {
    wait = .seconds(environment["UPLOAD_WAIT"].flatMap(Double.init) ?? 0.5)
  }

  func send(_ upload: () async throws -> Answer) async -> Answer {
    var answer = Answer.temporary("no answer")
    for attempt in 0..<count {
      if attempt > 0 { try? await Task.sleep(for: wait * (1 << (attempt - 1))) }
      answer = (try? await upload()) ?? .temporary("no answer")
      guard case .temporary(let code) = answer else { break }
      print("attempt \(attempt + 1): \(code)")
    }
    return answer
  }
}
