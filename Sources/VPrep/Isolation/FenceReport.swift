internal import CSandbox

/// Which fences stand around an isolated process on this machine.
package struct FenceReport: Sendable {
  /// A fence by its name, and what is to be said of it.
  package let rows: [(name: String, state: String)]

  /// Starts an isolated process and asks it; a process that does not start has none.
  package static var current: FenceReport {
    let fences: Int32
    do throws(VPrepError) {
      fences = try IsolationPool.fences()
    } catch {
      return FenceReport(rows: [("isolation", "not available: \(error.message)")])
    }
    func stands(_ fence: Int) -> Bool { fences & Int32(fence) != 0 }
    let landlock = cs_landlock_version()
    let memory = IsolationBounds.memory >> 20
    let size = IsolationBounds.fileSize >> 20
    return FenceReport(rows: [
      ("system calls (seccomp)", state(stands(CS_FENCE_SYSTEM_CALLS))),
      (
        "files and ports (Landlock)",
        stands(CS_FENCE_LANDLOCK)
          ? "fenced, version \(landlock)" : "not fenced: the kernel does not support it"
      ),
      ("new privileges", state(stands(CS_FENCE_NO_NEW_PRIVILEGES))),
      (
        "limits",
        stands(CS_FENCE_LIMITS)
          ? "\(memory) MB of memory, \(size) MB a file, processor time by the time limit"
          : "not fenced"
      ),
    ])
  }

  private static func state(_ stands: Bool) -> String {
    stands ? "fenced" : "not fenced: the kernel does not support it"
  }
}
