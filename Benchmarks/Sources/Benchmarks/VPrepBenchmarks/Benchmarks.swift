import Benchmark
import Workloads

/// Every workload as a benchmark of its own.
///
/// Counts of allocations are left out: the package is built without what would count them.
let benchmarks: @Sendable () -> Void = {
  for workload in Workload.all {
    let configuration = Benchmark.Configuration(
      metrics: [.wallClock, .throughput, .peakMemoryResident], maxDuration: .seconds(1))
    Benchmark(workload.name, configuration: configuration) { benchmark in
      let work = try workload.prepare()
      try work()
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { try work() }
    }
  }
}
