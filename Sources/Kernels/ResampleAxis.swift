/// Which samples of a line make up each sample of a longer or shorter line, and with what weight.
///
/// Shorter lines take the area average: output i covers source i·S/D...(i+1)·S/D, and a sample that
/// is covered in part counts in part. Longer lines interpolate between the two nearest samples,
/// centres aligned; beyond the outer centres the outer sample repeats. Weights are integers that sum
/// to 2¹⁴ for every output: the running total is rounded, so that no sample's share is off by more
/// than one unit.
struct ResampleAxis: Equatable, Sendable {
  /// Outputs of the axis.
  let count: Int
  /// The first source sample of each output.
  private(set) var starts: [Int32]
  /// How many source samples each output takes.
  private(set) var lengths: [Int]
  /// Weights kept for each output: the greatest length, rounded up to a multiple of 8.
  let taps: Int
  /// `taps` weights an output; those beyond its length are 0.
  private(set) var weights: [Int16]

  /// The sum of the weights of an output.
  static let unit = 1 << 14

  /// The axis from `source` samples to `count` samples; both are at least 1.
  init(source: Int, count: Int) {
    self.count = count
    let longest = count <= source ? (source + count - 1) / count + 1 : 2
    taps = (longest + 7) / 8 * 8
    starts = [Int32](repeating: 0, count: count)
    lengths = [Int](repeating: 0, count: count)
    weights = [Int16](repeating: 0, count: count * taps)
    for output in 0..<count {
      if count <= source {
        setArea(output, source: source)
      } else {
        setLinear(output, source: source)
      }
    }
  }

  /// In units of 1 ÷ `count` of a source sample, where all borders are whole numbers.
  private mutating func setArea(_ output: Int, source: Int) {
    let start = output * source
    let end = start + source
    let span = start / count..<(end + count - 1) / count
    var before = 0
    for (k, sample) in span.enumerated() {
      let covered = min((sample + 1) * count, end) - start
      let total = (covered * Self.unit + source / 2) / source
      weights[output * taps + k] = Int16(total - before)
      before = total
    }
    starts[output] = Int32(span.lowerBound)
    lengths[output] = span.count
  }

  /// In units of 1 ÷ 2·`count` of a source sample, where all centres are whole numbers.
  private mutating func setLinear(_ output: Int, source: Int) {
    let position = min(max((2 * output + 1) * source - count, 0), (source - 1) * 2 * count)
    let index = position / (2 * count)
    let second = (position % (2 * count) * Self.unit + count) / (2 * count)
    starts[output] = Int32(index)
    lengths[output] = second == 0 ? 1 : 2
    weights[output * taps] = Int16(Self.unit - second)
    weights[output * taps + 1] = Int16(second)
  }
}
