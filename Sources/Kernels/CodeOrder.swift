internal import CKernels

/// What `LumaStatistics` asks about a set of 8-bit codes: three percentiles by nearest rank, and
/// how many codes are less than three limits.
struct CodeOrder {
  /// Codes in the set.
  let count: Int
  let p05: UInt8
  let p50: UInt8
  let p95: UInt8
  /// Codes less than each limit.
  let below: (Int, Int, Int)

  /// The place of a percentile in the sorted set, from 1 on.
  private static func rank(_ percent: Int, of count: Int) -> Int { (count * percent + 99) / 100 }

  /// From how often each code occurs: the reference.
  init(histogram: [UInt32], limits: (Int, Int, Int)) {
    let count = histogram.reduce(0) { $0 + Int($1) }
    func percentile(_ percent: Int) -> UInt8 {
      let rank = Self.rank(percent, of: count)
      var below = 0
      for (code, codeCount) in histogram.enumerated() {
        below += Int(codeCount)
        if below >= rank { return UInt8(code) }
      }
      return 255
    }
    func below(_ limit: Int) -> Int { histogram[..<limit].reduce(0) { $0 + Int($1) } }
    self.count = count
    p05 = percentile(5)
    p50 = percentile(50)
    p95 = percentile(95)
    self.below = (below(limits.0), below(limits.1), below(limits.2))
  }

  private init(count: Int, _ order: vk_code_order) {
    self.count = count
    (p05, p50, p95) = order.codes
    below = order.below
  }

  /// The order of codes that are given in any order; every limit is a code.
  @unsafe static func of(
    _ codes: UnsafeBufferPointer<UInt8>, limits: (Int, Int, Int), path: KernelPath
  ) -> CodeOrder {
    let count = codes.count
    guard (1...Int(VK_ORDERED_SAMPLES)).contains(count),
      let kernel = unsafe KernelTable.function(path, { unsafe $0.code_order })
    else {
      var histogram = [UInt32](repeating: 0, count: 256)
      unsafe histogram.withUnsafeMutableBufferPointer { counters in
        for index in 0..<count { unsafe counters[Int(codes[index])] &+= 1 }
      }
      return CodeOrder(histogram: histogram, limits: limits)
    }
    var order = vk_code_order()
    order.ranks = (rank(5, of: count), rank(50, of: count), rank(95, of: count))
    order.limits = (UInt8(limits.0), UInt8(limits.1), UInt8(limits.2))
    unsafe kernel(codes.baseAddress, count, &order)
    return CodeOrder(count: count, order)
  }
}
