internal import CSandbox
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Owner of an isolated process: its end ends with this.
final class IsolatedProcess: Sendable {
  /// How a process has ended.
  enum End: Equatable, CustomStringConvertible {
    case signal(Int32)
    case status(Int32)

    /// The rest of a sentence about the process, such as `ended by signal 4 (illegal instruction)`.
    var description: String {
      switch self {
      case .signal(let number):
        let name = unsafe strsignal(number).map { unsafe String(cString: $0).lowercased() }
        return "ended by signal \(number) (\(name ?? "unknown"))"
      case .status(let number): return "ended with status \(number)"
      }
    }
  }

  let socket: IsolationSocket
  private let identifier: Int32
  /// `nil` as long as it lives, or nobody has asked.
  private let ending = Mutex<End?>(nil)

  /// The program, started as an isolated process: its own file, also after it was replaced.
  static let program = "/proc/self/exe"
  /// Its arguments.
  static let arguments = ["worker", "--isolated"]

  /// Starts a process; it is ready some moments later.
  init() throws(VPrepError) {
    let arguments = CStrings(["vprep"] + Self.arguments)
    let environment = CStrings(Self.environment)
    var own: Int32 = -1
    let started = unsafe cs_start(Self.program, arguments.pointers, environment.pointers, &own)
    guard started > 0 else {
      let reason = unsafe String(cString: strerror(-started)).lowercased()
      throw VPrepError(
        kind: .resourcesExhausted, stage: "open", file: "",
        message: "no isolated process can be started: \(reason)",
        advice: "A limit of processes, memory or open files is reached; try again later.")
    }
    identifier = started
    socket = IsolationSocket(own)
  }

  deinit { end() }

  /// Whether it was ended, or its end was waited for.
  var hasEnded: Bool { ending.withLock { $0 != nil } }

  /// Whether it lives, as far as the kernel knows now.
  var isAlive: Bool {
    ending.withLock { ending in
      if ending != nil { return false }
      var status: Int32 = 0
      let waited = unsafe cs_wait(identifier, &status, 0)
      if waited != 0 { ending = Self.end(status, isKnown: waited == identifier) }
      return waited == 0
    }
  }

  private static func end(_ status: Int32, isKnown: Bool) -> End {
    guard isKnown else { return .status(-1) }
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }

  /// Lets it use so many more seconds of processor time; 0 for no bound.
  func allowProcessorTime(_ seconds: Double) { cs_allow_processor_time(identifier, seconds) }

  /// Ends the process, which is gone afterwards; says how it ended.
  ///
  /// - Parameter patience: seconds in which it may end by itself, having let go of its socket.
  @discardableResult
  func end(patience: Double = 0) -> End {
    ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      var waited = patience > 0 ? unsafe cs_wait(identifier, &status, patience) : 0
      if waited == 0 {
        kill(identifier, SIGKILL)
        waited = unsafe cs_wait(identifier, &status, -1)
      }
      let found = Self.end(status, isKnown: waited == identifier)
      ending = found
      return found
    }
  }

  /// The variables that matter to it; nothing else of what the parent knows goes along.
  private static var environment: [String] {
    let kept = [
      "LD_LIBRARY_PATH", "LD_PRELOAD", "VPREP_", "ASAN_", "TSAN_", "UBSAN_", "LLVM_PROFILE",
    ]
    var variables: [String] = []
    #if canImport(Darwin)
      guard var next = unsafe _NSGetEnviron().pointee else { return [] }
    #else
      var next = unsafe environ
    #endif
    while let variable = unsafe next.pointee {
      let text = unsafe String(cString: variable)
      if kept.contains(where: text.hasPrefix) { variables.append(text) }
      unsafe next += 1
    }
    // What has crashed is said in one sentence; and the pools of many threads would count as memory.
    return variables + ["SWIFT_BACKTRACE=enable=no", "MALLOC_ARENA_MAX=4"]
  }
}

/// Owner of a list of texts as C has it, with a null pointer at its end.
@safe private struct CStrings: ~Copyable {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ texts: [String]) {
    count = texts.count
    unsafe pointers = .allocate(capacity: count + 1)
    unsafe pointers.initialize(repeating: nil, count: count + 1)
    for (index, text) in texts.enumerated() { unsafe pointers[index] = unsafe strdup(text) }
  }

  deinit {
    for index in 0..<count { unsafe free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
