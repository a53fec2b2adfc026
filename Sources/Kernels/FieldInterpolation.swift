internal import CKernels

/// Makes a progressive plane of the field that was taken first; the other field's rows are filled in.
///
/// Where nothing moves, the other field's own samples are kept, so that a still scene loses no
/// detail. Where something moves they were taken at another moment, and the row is interpolated along
/// the edge that runs through it. Both are the textbook means: motion adaptation (de Haan and Bellers,
/// "Deinterlacing – an overview", Proceedings of the IEEE 86(9), 1998) and the edge-based line average
/// (Doyle and Looymans, 1990), here with three directions compared over three samples each. From 4 to
/// 12 codes of change between frames it fades from one to the other, so that a threshold does not
/// flicker.
package enum FieldInterpolation {
  /// Writes a progressive plane.
  ///
  /// - Parameters:
  ///   - previous: the same plane one frame earlier; `nil` lets every pixel count as moving.
  ///   - keepsEvenRows: whether the field to keep is rows 0, 2, 4…
  ///   - bitDepth: of the samples, 8…16; 8 for `UInt8`, more for `UInt16`.
  @_lifetime(output: copy output)
  package static func apply<Sample: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ current: Span<Sample>, previous: Span<Sample>?, shape: PlaneShape, previousStride: Int,
    keepsEvenRows: Bool, bitDepth: Int, into output: inout MutableSpan<Sample>, stride: Int
  ) {
    precondition(Sample.bitWidth == 8 || Sample.bitWidth == 16)
    precondition((8...Sample.bitWidth).contains(bitDepth))
    shape.require(current.count)
    PlaneShape(width: shape.width, height: shape.height, stride: stride).require(output.count)
    if let previous {
      PlaneShape(width: shape.width, height: shape.height, stride: previousStride)
        .require(previous.count)
    }
    unsafe current.withUnsafeBufferPointer { current in
      unsafe output.withUnsafeMutableBufferPointer { output in
        guard let source = current.baseAddress, let target = output.baseAddress else { return }
        if let previous {
          unsafe previous.withUnsafeBufferPointer { previous in
            unsafe fill(
              source, previous.baseAddress, shape: shape, previousStride: previousStride,
              keepsEvenRows, shift: bitDepth - 8, into: target, stride: stride)
          }
        } else {
          unsafe fill(
            source, nil, shape: shape, previousStride: previousStride, keepsEvenRows,
            shift: bitDepth - 8, into: target, stride: stride)
        }
      }
    }
  }

  private static func fill<Sample: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ current: UnsafePointer<Sample>, _ previous: UnsafePointer<Sample>?, shape: PlaneShape,
    previousStride: Int, _ keepsEvenRows: Bool, shift: Int,
    into output: UnsafeMutablePointer<Sample>,
    stride: Int
  ) {
    for row in 0..<shape.height {
      let target = unsafe output + row * stride
      let isKept = (row & 1 == 0) == keepsEvenRows
      // A plane of one row has no neighbour to interpolate from.
      guard !isKept, shape.height > 1 else {
        unsafe target.update(from: current + row * shape.stride, count: shape.width)
        continue
      }
      let above = row > 0 ? row - 1 : row + 1
      let below = row + 1 < shape.height ? row + 1 : row - 1
      var rows = unsafe vk_field_rows(
        above: current + above * shape.stride, own: current + row * shape.stride,
        below: current + below * shape.stride,
        was_above: previous.map { unsafe UnsafeRawPointer($0 + above * previousStride) },
        was: previous.map { unsafe UnsafeRawPointer($0 + row * previousStride) },
        was_below: previous.map { unsafe UnsafeRawPointer($0 + below * previousStride) })
      if Sample.bitWidth == 8 {
        unsafe vk_field_row_8(&rows, target, shape.width, Int32(shift))
      } else {
        unsafe vk_field_row_16(&rows, target, shape.width, Int32(shift))
      }
    }
  }
}
