internal import FoundationEssentials

/// How many processors this process may run on.
enum ProcessorCount {
  /// At least 1; fewer than the machine has where the process is confined to some, as in a container.
  static var available: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return allowed(inStatus: status) ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// The processors in the mask of a status file, which is hexadecimal with commas (proc(5)); `nil`
  /// without one.
  static func allowed(inStatus text: String) -> Int? {
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
    else { return nil }
    let digits = line.dropFirst("Cpus_allowed:".count).compactMap(\.hexDigitValue)
    let count = digits.reduce(0) { $0 + $1.nonzeroBitCount }
    return count > 0 ? count : nil
  }
}
