/// Counts the values that were added below a value: a Fenwick tree over the ranks of all that will come.
struct RankTree {
  private var counts: [Int]
  private let sorted: [Double]

  /// - Parameter values: every value that will be added.
  init(_ values: [Double]) {
    sorted = values.sorted()
    counts = [Int](repeating: 0, count: values.count + 1)
  }

  /// How many of the values that were added are smaller, and how many are equal.
  func count(_ value: Double) -> (smaller: Int, equal: Int) {
    let (first, last) = (index(value) { $0 < $1 }, index(value) { $0 <= $1 })
    let smaller = sum(first)
    return (smaller, sum(last) - smaller)
  }

  /// Adds one of the values.
  mutating func add(_ value: Double) {
    var index = index(value) { $0 < $1 } + 1
    while index < counts.count {
      counts[index] += 1
      index += index & -index
    }
  }

  private func sum(_ end: Int) -> Int {
    var (sum, index) = (0, end)
    while index > 0 {
      sum += counts[index]
      index -= index & -index
    }
    return sum
  }

  /// The first position at which a comparison no longer holds.
  private func index(_ value: Double, _ isBefore: (Double, Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle], value) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
