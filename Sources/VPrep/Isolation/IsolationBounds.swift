internal import CSandbox

/// How much an isolated process may use.
enum IsolationBounds {
  /// Bytes of memory that the process may use in addition to what it has at its start, networks
  /// included.
  static let memory = 1 << 30
  /// Bytes of one file that it writes; a copy that meets a service's limits has 20,000,000 at most.
  static let fileSize = 1 << 28
  /// Calls that one process makes before another takes its place.
  static let calls = 500
  /// Seconds until a process is ready for its first call.
  static let start = 30.0
  /// Seconds behind a call's own time limit at which its process is ended.
  static let grace = 0.5
  /// Files that may be open for outputs at once, and made in one call: a fit tries up to eight
  /// encodes, and up to 300 frames are annotated.
  static let openFiles = 16
  static let files = 1000
  /// The exit status of a process whose memory has run out.
  static let memoryStatus: Int32 = 77

  /// Seconds of processor time for a call: all threads at work until its time is up.
  static func processorSeconds(_ gate: Gate) -> Double {
    gate.runtime.timeLimit.isFinite
      ? (gate.runtime.timeLimit + 1) * Double(gate.runtime.codecThreads + 2) : 0
  }

  static var ofProcess: cs_bounds {
    cs_bounds(memory: UInt64(memory), file_size: UInt64(fileSize))
  }
}
