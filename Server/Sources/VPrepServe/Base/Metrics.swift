import Synchronization

/// Counts of the service, as Prometheus reads them.
///
/// Nothing in them tells of a clip or a person.
final class Metrics: Sendable {
  private struct Key: Hashable {
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [Key: Int] = [:]
    /// Requests by route and by the bucket of their duration.
    var durations: [String: [Int]] = [:]
    var seconds: [String: Double] = [:]
    var uploadedBytes = 0
    var restarts = 0
    var waiting = 0
    var busy = 0
    var jobs = 0
  }

  private let state = Mutex(State())
  /// Upper bounds of the histogram in seconds.
  private static let bounds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

  func count(route: String, status: Int, seconds: Double) {
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.requests[Key(route: route, status: status), default: 0] += 1
      state.durations[route, default: Array(repeating: 0, count: Self.bounds.count + 1)][bucket] +=
        1
      state.seconds[route, default: 0] += seconds
    }
  }

  func count(uploadedBytes: Int) { state.withLock { $0.uploadedBytes += uploadedBytes } }
  func countRestart() { state.withLock { $0.restarts += 1 } }
  func set(waiting: Int) { state.withLock { $0.waiting = waiting } }
  func set(jobs: Int) { state.withLock { $0.jobs = jobs } }
  func set(busy: Int) { state.withLock { $0.busy = busy } }

  /// The text format of Prometheus, version 0.0.4.
  var text: String {
    let state = state.withLock { $0 }
    var lines: [String] = []
    func metric(_ name: String, _ kind: String, _ help: String, _ samples: [(String, String)]) {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(kind)"]
      lines += samples.map { "\(name)\($0.0) \($0.1)" }
    }
    metric(
      "vprep_requests_total", "counter", "Requests that were answered.",
      state.requests.sorted { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }.map {
        ("{route=\"\($0.key.route)\",status=\"\($0.key.status)\"}", "\($0.value)")
      })
    let name = "vprep_request_seconds"
    lines += [
      "# HELP \(name) Time from a request's head to its answer.", "# TYPE \(name) histogram",
    ]
    for (route, buckets) in state.durations.sorted(by: { $0.key < $1.key }) {
      var total = 0
      for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], buckets) {
        total += count
        lines.append("\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(total)")
      }
      lines.append("\(name)_sum{route=\"\(route)\"} \(state.seconds[route] ?? 0)")
      lines.append("\(name)_count{route=\"\(route)\"} \(total)")
    }
    metric(
      "vprep_uploaded_bytes_total", "counter", "Bytes of request bodies.",
      [("", "\(state.uploadedBytes)")])
    metric(
      "vprep_worker_restarts_total", "counter", "Workers that were replaced.",
      [("", "\(state.restarts)")])
    metric("vprep_queue", "gauge", "Requests that wait for a worker.", [("", "\(state.waiting)")])
    metric(
      "vprep_jobs", "gauge", "Jobs that wait, work, or whose result is kept.",
      [("", "\(state.jobs)")])
    metric("vprep_workers_busy", "gauge", "Workers with a call.", [("", "\(state.busy)")])
    return lines.joined(separator: "\n") + "\n"
  }
}
