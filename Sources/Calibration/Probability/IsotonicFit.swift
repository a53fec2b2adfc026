/// The rising steps that fit answers best: pool adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman,
/// An Empirical Distribution Function for Sampling with Incomplete Information, 1955).
struct IsotonicFit {
  private var starts: [Double] = []
  private var values: [Double] = []

  /// - Parameter answers: by rising distance.
  init(_ answers: [(distance: Double, isRefused: Bool)]) {
    var pools: [(start: Double, sum: Double, count: Double)] = []
    for answer in answers {
      pools.append((answer.distance, answer.isRefused ? 1 : 0, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        // Answers at one distance share a step.
        guard before.start == last.start || before.sum / before.count >= last.sum / last.count
        else { break }
        pools.removeLast()
        pools[pools.count - 1] = (
          before.start, before.sum + last.sum, before.count + last.count
        )
      }
    }
    // One more of each answer keeps a step from being certain.
    starts = pools.map(\.start)
    values = pools.map { ($0.sum + 0.5) / ($0.count + 1) }
    // That may have turned the order of small steps.
    for index in values.indices.dropFirst() {
      values[index] = max(values[index], values[index - 1])
    }
  }

  func probability(_ distance: Double) -> Double {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= distance { low = middle + 1 } else { high = middle }
    }
    return values.isEmpty ? 0.5 : values[max(0, low - 1)]
  }
}
