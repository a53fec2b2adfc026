internal import CSandbox
internal import FaceModel
internal import FoundationEssentials
internal import Kernels
internal import MediaIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The program as an isolated process: it goes behind its fences and makes the calls that its parent
/// sends, until the parent is gone.
package enum IsolatedProgram {
  /// The descriptor of the socket to the parent, as `cs_start` gives it.
  private static let socket: Int32 = 3

  /// Whether the command line asks for this.
  package static func isAsked(_ arguments: [String]) -> Bool {
    Array(arguments.dropFirst()) == IsolatedProcess.arguments
  }

  /// Serves until the parent is gone.
  ///
  /// The process must have one thread still: not every fence reaches threads that are there.
  package static func run() -> Never {
    let socket = IsolationSocket(socket)
    let files = ParentFiles(socket)
    let engines = FaceEnginePool(.installed)
    openEarly(engines)
    hushWhereMemoryIsShort()
    cs_guard_memory(IsolationBounds.memoryStatus)
    var bounds = IsolationBounds.ofProcess
    let fences = unsafe cs_enter(&bounds)
    OutputFiles.broker = files
    do throws(VPrepError) {
      // A call may take long; without its parent nobody wants its answer.
      try OwnThread.start {
        socket.waitForEnd()
        _exit(0)
      }
      try serve(socket, files, engines, fences)
    } catch {}
    exit(0)
  }

  /// Leaves the sentence about missing memory to the parent: the runtime would print its own beside it.
  private static func hushWhereMemoryIsShort() {
    guard cs_memory_left() < UInt64(IsolationBounds.memory) else { return }
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    if nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
  }

  /// Opens now what cannot be opened later: models that lie in files, and what libraries look up.
  private static func openEarly(_ engines: FaceEnginePool) {
    _ = KernelPath.active
    _ = LibraryVersions.all
    XNNLibrary.prepare()
    _ = try? JSONEncoder().encode(ChildMessage.ready(fences: 0))
    if engines.models?.state != .embedded { openNetworks(engines) }
  }

  /// Opens the networks, which the next call then finds; a call says why there are none.
  private static func openNetworks(_ engines: FaceEnginePool) {
    if let engine = try? engines.take() { engines.giveBack(engine) }
  }

  private static func serve(
    _ socket: IsolationSocket, _ files: ParentFiles, _ engines: FaceEnginePool, _ fences: Int32
  ) throws(VPrepError) {
    files.say(.ready(fences: fences))
    // Who waits for a call already opens them beside its decoder.
    if !socket.hasMessage(within: 0.02) { openNetworks(engines) }
    while let (message, descriptors) = try? socket.receive(ParentMessage.self) {
      defer { descriptors.forEach { close($0) } }
      guard case .call(let request) = message, let clip = descriptors.first else { return }
      let answer = Result { () throws(VPrepError) in
        try report(request, clip: clip, photo: descriptors.dropFirst().first, files, engines)
      }
      switch answer {
      case .success(let report): files.say(.report(report, report.illustration))
      case .failure(let error): files.say(.failure(IsolatedFailure(error)))
      }
    }
  }

  private static func report(
    _ request: IsolatedRequest, clip: Int32, photo: Int32?, _ files: ParentFiles,
    _ engines: FaceEnginePool
  ) throws(VPrepError) -> ReportDocument {
    var gate = request.settings.gate(
      photo: photo.map { .descriptor($0, name: request.photo ?? "photo") })
    gate.runtime.onProgress = {
      files.say(.progress(stage: $0.stage.rawValue, share: $0.share, secondsLeft: $0.secondsLeft))
    }
    #if DEBUG
      InjectedDeath.strike(request.clip)
    #endif
    return try gate.callBlocking(
      request.call, on: .descriptor(clip, name: request.clip), cancellation: Cancellation(),
      engines: engines, isNamedByContent: request.isNamedByContent)
  }
}

#if DEBUG
  /// Lets a process die in the middle of a call, in debug builds and for tests alone.
  ///
  /// The environment's `VPREP_INJECT_DEATH` says by which signal and at which clip, such as
  /// `4:clip.mp4`; 0 stands for work without end, and `memory` for memory without end.
  private enum InjectedDeath {
    static func strike(_ clip: String) {
      guard let order = unsafe getenv("VPREP_INJECT_DEATH").map({ unsafe String(cString: $0) }),
        let colon = order.firstIndex(of: ":"), clip.hasSuffix(order[order.index(after: colon)...])
      else { return }
      switch order[..<colon] {
      case "memory":
        var held: [[UInt8]] = []
        while true { held.append([UInt8](repeating: 1, count: 1 << 24)) }
      case "0": while true { pause() }
      default:
        signal(Int32(order[..<colon]) ?? SIGABRT, SIG_DFL)
        raise(Int32(order[..<colon]) ?? SIGABRT)
      }
    }
  }
#endif
