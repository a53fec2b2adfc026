internal import CKernels

/// One pass over a region that is not empty: sums of clamped codes by quarter, and its codes.
struct CodePass {
  /// By quarter: top left, top right, bottom left, bottom right.
  typealias Sums = (UInt64, UInt64, UInt64, UInt64)

  let shape: PlaneShape
  let region: PlaneRegion
  let black: UInt8
  let white: UInt8
  let path: KernelPath

  /// The sums, and how often each code occurs.
  func histogram(_ plane: Span<UInt8>) -> (sums: Sums, histogram: [UInt32]) {
    var sums = vk_quarter_sums()
    var histogram = [UInt32](repeating: 0, count: 256)
    let kernel = unsafe KernelTable.function(path) { unsafe $0.luma_histogram }
    unsafe plane.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let origin = unsafe base + region.offset(in: shape)
      if let kernel = unsafe kernel {
        unsafe kernel(
          origin, shape.stride, region.width, region.height, black, white, &sums, &histogram)
        return
      }
      for y in 0..<region.height {
        let row = unsafe origin + y * shape.stride
        unsafe add(row, y, to: &sums)
        for x in 0..<region.width { unsafe histogram[Int(row[x])] += 1 }
      }
    }
    return (sums.quarter, histogram)
  }

  /// The sums, and the order of the codes on a grid.
  func sampled(
    _ plane: Span<UInt8>, _ grid: LumaGrid, limits: (Int, Int, Int)
  ) -> (Sums, CodeOrder) {
    // What a kernel may write behind the samples.
    let margin = 16
    return unsafe withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: grid.capacity(region) + margin
    ) { room in
      var sums = vk_quarter_sums()
      let count = unsafe sample(plane, grid, &sums, into: room)
      let samples = unsafe UnsafeBufferPointer(rebasing: room[..<count])
      return (sums.quarter, unsafe CodeOrder.of(samples, limits: limits, path: path))
    }
  }

  /// Sums the region and copies the codes on a grid; returns how many.
  private func sample(
    _ plane: Span<UInt8>, _ grid: LumaGrid, _ sums: inout vk_quarter_sums,
    into room: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let kernel = unsafe KernelTable.function(path) { unsafe $0.luma_samples }
    return unsafe plane.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let origin = unsafe base + region.offset(in: shape)
      if let kernel = unsafe kernel {
        var steps = vk_grid(
          first_row: grid.firstRow, row_step: grid.rowStep, column_step: grid.columnStep)
        return unsafe kernel(
          origin, shape.stride, region.width, region.height, black, white, &steps, &sums,
          room.baseAddress)
      }
      var (count, nextRow, firstColumn) = (0, grid.firstRow, 0)
      for y in 0..<region.height {
        let row = unsafe origin + y * shape.stride
        unsafe add(row, y, to: &sums)
        if y < nextRow { continue }
        for x in stride(from: firstColumn, to: region.width, by: grid.columnStep) {
          unsafe room[count] = row[x]
          count += 1
        }
        nextRow += grid.rowStep
        firstColumn = grid.column(after: firstColumn)
      }
      return count
    }
  }

  /// The reference of the sums: adds a row.
  private func add(_ row: UnsafePointer<UInt8>, _ y: Int, to sums: inout vk_quarter_sums) {
    let left = unsafe sum(row, 0..<region.width / 2)
    let right = unsafe sum(row, region.width / 2..<region.width)
    if y < region.height / 2 {
      sums.quarter.0 += left
      sums.quarter.1 += right
    } else {
      sums.quarter.2 += left
      sums.quarter.3 += right
    }
  }

  private func sum(_ row: UnsafePointer<UInt8>, _ columns: Range<Int>) -> UInt64 {
    var sum: UInt64 = 0
    for x in columns { unsafe sum &+= UInt64(min(max(row[x], black), white)) }
    return sum
  }
}
