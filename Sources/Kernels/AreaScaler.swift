internal import CKernels

/// Resamples a region of an 8-bit plane to another size.
///
/// A direction that shrinks takes the area average, one that grows interpolates linearly
/// (`ResampleAxis`). Rows are weighed first, into 2⁻⁷ of a code, then columns; both steps round half
/// up, so that a result is at most 0.51 from the exact value, the same on every path.
package enum AreaScaler {
  /// Resamples `region`, clamped to the plane, to the size of `destinationShape`.
  ///
  /// An empty region or destination leaves the destination as it is. Working memory: two bytes a
  /// column of the region, and the weights.
  @_lifetime(destination: copy destination)
  package static func scale(
    _ source: Span<UInt8>, shape: PlaneShape, region: PlaneRegion? = nil,
    into destination: inout MutableSpan<UInt8>, shape destinationShape: PlaneShape,
    path: KernelPath = .active
  ) {
    shape.require(source.count)
    destinationShape.require(destination.count)
    let region = (region ?? PlaneRegion(shape)).clamped(to: shape)
    if region.isEmpty || destinationShape.width == 0 || destinationShape.height == 0 { return }
    let rows = ResampleAxis(source: region.height, count: destinationShape.height)
    let columns = ResampleAxis(source: region.width, count: destinationShape.width)
    // The last output may read whole groups of taps beyond the region; their weights are 0.
    var line = [Int16](repeating: 0, count: region.width + columns.taps)

    unsafe source.withUnsafeBufferPointer { from in
      unsafe destination.withUnsafeMutableBufferPointer { to in
        guard let from = from.baseAddress, let to = to.baseAddress else { return }
        let origin = unsafe from + region.offset(in: shape)
        for y in 0..<rows.count {
          let top = unsafe origin + Int(rows.starts[y]) * shape.stride
          unsafe weighRows(top, shape.stride, region.width, rows, y, &line, path)
          unsafe weighColumns(line, columns, to + y * destinationShape.stride, path)
        }
      }
    }
  }

  /// One line of the region's width from the rows that an output row covers, in units of 2⁻⁷.
  private static func weighRows(
    _ top: UnsafePointer<UInt8>, _ stride: Int, _ width: Int, _ rows: ResampleAxis, _ output: Int,
    _ line: inout [Int16], _ path: KernelPath
  ) {
    let first = output * rows.taps
    let count = rows.lengths[output]
    if let kernel = unsafe KernelTable.function(path, { unsafe $0.weigh_rows }) {
      return unsafe rows.weights.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress else { return }
        unsafe kernel(top, stride, width, weights + first, count, &line)
      }
    }
    for x in 0..<width {
      var sum: Int32 = 64
      for k in 0..<count {
        unsafe sum &+= Int32(rows.weights[first + k]) &* Int32(top[k * stride + x])
      }
      line[x] = Int16(truncatingIfNeeded: sum >> 7)
    }
  }

  /// One output row from the line.
  private static func weighColumns(
    _ line: [Int16], _ columns: ResampleAxis, _ out: UnsafeMutablePointer<UInt8>,
    _ path: KernelPath
  ) {
    if let kernel = unsafe KernelTable.function(path, { unsafe $0.weigh_columns }) {
      return unsafe kernel(
        line, columns.starts, columns.weights, columns.taps, out, columns.count)
    }
    for i in 0..<columns.count {
      let start = Int(columns.starts[i])
      var sum: Int32 = 1 << 20
      for k in 0..<columns.taps {
        sum &+= Int32(columns.weights[i * columns.taps + k]) &* Int32(line[start + k])
      }
      unsafe out[i] = UInt8(truncatingIfNeeded: sum >> 21)
    }
  }
}
