internal import CKernels

/// How much two pictures differ.
package enum FrameDifference {
  /// The mean of |a − b| over two 8-bit planes of one size: 0...255 codes; 0 for empty planes.
  package static func meanAbsolute(
    _ a: Span<UInt8>, shape aShape: PlaneShape, _ b: Span<UInt8>, shape bShape: PlaneShape,
    path: KernelPath = .active
  ) -> Double {
    aShape.require(a.count)
    bShape.require(b.count)
    precondition(aShape.width == bShape.width && aShape.height == bShape.height)
    let (width, height) = (aShape.width, aShape.height)
    if width == 0 || height == 0 { return 0 }
    let kernel = unsafe KernelTable.function(path) { unsafe $0.absolute_difference }
    let sum = unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        if let kernel = unsafe kernel {
          unsafe kernel(
            a.baseAddress, aShape.stride, b.baseAddress, bShape.stride, width, height)
        } else {
          unsafe sumAbsolute(a, aShape, b, bShape)
        }
      }
    }
    return Double(sum) / Double(width * height)
  }

  /// The reference.
  private static func sumAbsolute(
    _ a: UnsafeBufferPointer<UInt8>, _ aShape: PlaneShape,
    _ b: UnsafeBufferPointer<UInt8>, _ bShape: PlaneShape
  ) -> UInt64 {
    var sum: UInt64 = 0
    for y in 0..<aShape.height {
      let (aRow, bRow) = (y * aShape.stride, y * bShape.stride)
      // 32 bits hold a row of 16 million samples, and twice as many lanes as 64.
      var rowSum: UInt32 = 0
      for x in 0..<aShape.width {
        let difference = unsafe Int32(a[aRow + x]) &- Int32(b[bRow + x])
        rowSum &+= difference.magnitude
      }
      sum &+= UInt64(rowSum)
    }
    return sum
  }
}
