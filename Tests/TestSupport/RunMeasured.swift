import Foundation

/// What a program that has ended left behind, and the most memory that it took.
package struct MeasuredResult: Sendable {
  package let result: ProcessResult
  /// Largest resident set in bytes.
  package let peakBytes: Int
}

/// Runs a program to its end and measures its memory.
///
/// - Parameter timeout: seconds after which it is killed and the call throws: nothing here may hang.
package func runMeasured(
  _ path: String, _ arguments: [String], timeout: Double = 120
) throws -> MeasuredResult {
  let folder = try TemporaryFolder()
  let note = folder.path("peak")
  let script = """
    import os, resource, sys
    child = os.spawnv(os.P_WAIT, sys.argv[2], sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    open(sys.argv[1], "w").write(str(peak))
    sys.exit(child if child >= 0 else 128 - child)
    """
  let result = try runProcess(
    "python3", ["-c", script, note, path] + arguments, timeout: timeout)
  let peak = try String(contentsOfFile: note, encoding: .utf8)
  guard let bytes = Int(peak) else { throw TestSupportError("\(path) was not measured.") }
  return MeasuredResult(result: result, peakBytes: bytes)
}
