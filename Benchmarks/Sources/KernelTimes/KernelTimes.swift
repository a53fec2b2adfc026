import Foundation
import Workloads

/// Times workloads for `commands.py`: `kernel-times SECONDS NAME…` prints the median of each in
/// nanoseconds as one JSON object; without arguments it lists the names.
@main
struct KernelTimes {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let first = arguments.first, let seconds = Double(first) else {
      for workload in Workload.all { print(workload.name) }
      return
    }
    var medians: [String: Double] = [:]
    for workload in Workload.all where arguments.dropFirst().contains(workload.name) {
      medians[workload.name] = try median(of: workload.prepare(), for: seconds)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(medians), as: UTF8.self))
  }

  /// Nanoseconds that `work` takes, after a warm-up.
  private static func median(of work: () throws -> Void, for seconds: Double) throws -> Double {
    try work()
    var times: [Double] = []
    let end = ContinuousClock.now + .seconds(seconds)
    while times.count < 3 || ContinuousClock.now < end {
      let start = ContinuousClock.now
      try work()
      let (whole, atto) = (ContinuousClock.now - start).components
      times.append(Double(whole) * 1e9 + Double(atto) * 1e-9)
    }
    return times.sorted()[times.count / 2]
  }
}
