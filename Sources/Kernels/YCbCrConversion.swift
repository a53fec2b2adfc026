internal import CKernels

/// Converts 8-bit planar 4:2:0 pictures between YCbCr matrices and code ranges.
///
/// A luma sample is corrected with the chroma sample of its 2x2 block; chroma stays chroma, because
/// grey is grey in every matrix. The matrices come from Kr and Kb (`YCbCrMatrix`); the products run
/// in integers of 2⁻¹⁴, rounded half up and clamped to 0...255, so that every path gives the same
/// codes. Only the encoding changes: primaries and transfer function stay what they are.
package struct YCbCrConversion: Sendable {
  package let source: YCbCrFormat
  package let target: YCbCrFormat

  private let coefficients: vk_ycbcr_conversion

  package init(from source: YCbCrFormat, to target: YCbCrFormat) {
    self.source = source
    self.target = target
    coefficients = Self.coefficients(from: source, to: target)
  }

  /// Whether the conversion leaves every code as it is; then it may be skipped.
  package var isIdentity: Bool { source == target }

  /// Converts a picture in place.
  ///
  /// - Parameters:
  ///   - chromaShape: the shape of both chroma planes: half the luma's size, rounded up.
  @_lifetime(luma: copy luma)
  @_lifetime(cb: copy cb)
  @_lifetime(cr: copy cr)
  package func apply(
    luma: inout MutableSpan<UInt8>, shape: PlaneShape,
    cb: inout MutableSpan<UInt8>, cr: inout MutableSpan<UInt8>, chromaShape: PlaneShape,
    path: KernelPath = .active
  ) {
    shape.require420(luma.count, cb.count, cr.count, chromaShape)
    if isIdentity { return }
    unsafe withMutablePlanes(&luma, &cb, &cr) { luma, cb, cr in
      let planes = unsafe vk_mutable_picture(
        luma: luma, cb: cb, cr: cr, luma_stride: shape.stride,
        chroma_stride: chromaShape.stride)
      let source = unsafe vk_picture(
        luma: luma, cb: cb, cr: cr, luma_stride: shape.stride,
        chroma_stride: chromaShape.stride)
      unsafe convert(source, planes, width: shape.width, height: shape.height, path)
    }
  }

  private func convert(
    _ from: vk_picture, _ to: vk_mutable_picture, width: Int, height: Int, _ path: KernelPath
  ) {
    if let kernel = unsafe KernelTable.function(path, { unsafe $0.convert_ycbcr }) {
      return unsafe withUnsafePointer(to: coefficients) { coefficients in
        unsafe withUnsafePointer(to: from) { from in
          unsafe withUnsafePointer(to: to) { to in
            unsafe kernel(coefficients, from, to, width, height)
          }
        }
      }
    }
    for y in 0..<(height + 1) / 2 {
      for x in 0..<(width + 1) / 2 {
        unsafe convertBlock(from, to, x, y, min(width - 2 * x, 2), min(height - 2 * y, 2))
      }
    }
  }

  /// The reference, for one chroma sample and its block of up to 2x2 luma samples.
  ///
  /// In place this is safe because the block's chroma is read before it is written.
  private func convertBlock(
    _ from: vk_picture, _ to: vk_mutable_picture, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int
  ) {
    let c = coefficients
    let cb = unsafe Int32(from.cb[y * from.chroma_stride + x]) - 128
    let cr = unsafe Int32(from.cr[y * from.chroma_stride + x]) - 128
    func code(_ value: Int32) -> UInt8 { UInt8(clamping: value >> Self.fractionBits) }

    let part = cb &* Int32(c.luma_cb) &+ cr &* Int32(c.luma_cr) &+ c.luma_offset
    for row in 2 * y..<2 * y + rows {
      for column in 2 * x..<2 * x + columns {
        let luma = unsafe Int32(from.luma[row * from.luma_stride + column])
        unsafe to.luma[row * to.luma_stride + column] = code(luma &* Int32(c.luma_gain) &+ part)
      }
    }
    let newCb = cb &* Int32(c.cb_cb) &+ cr &* Int32(c.cb_cr) &+ c.chroma_offset
    let newCr = cb &* Int32(c.cr_cb) &+ cr &* Int32(c.cr_cr) &+ c.chroma_offset
    unsafe to.cb[y * to.chroma_stride + x] = code(newCb)
    unsafe to.cr[y * to.chroma_stride + x] = code(newCr)
  }
}

extension YCbCrConversion {
  /// Bits behind the binary point.
  private static let fractionBits: Int32 = 14

  /// The conversion in fixed point: decode with the source's matrix, encode with the target's.
  private static func coefficients(
    from source: YCbCrFormat, to target: YCbCrFormat
  ) -> vk_ycbcr_conversion {
    /// What one unit of blue or red difference becomes.
    func mix(cb: Double, cr: Double) -> (y: Double, cb: Double, cr: Double) {
      let rgb = source.matrix.rgb(y: 0, cb: cb, cr: cr)
      return target.matrix.ycbcr(red: rgb.red, green: rgb.green, blue: rgb.blue)
    }
    let unit = Double(1 << fractionBits)
    func fixed(_ value: Double) -> Int16 { Int16((value * unit).rounded()) }
    let fromCb = mix(cb: 1, cr: 0)
    let fromCr = mix(cb: 0, cr: 1)
    let luma = target.range.lumaSpan() / source.range.lumaSpan()
    let lumaFromChroma = target.range.lumaSpan() / source.range.chromaSpan()
    let chroma = target.range.chromaSpan() / source.range.chromaSpan()
    let half = unit / 2
    return vk_ycbcr_conversion(
      luma_gain: fixed(luma), luma_cb: fixed(fromCb.y * lumaFromChroma),
      luma_cr: fixed(fromCr.y * lumaFromChroma),
      cb_cb: fixed(fromCb.cb * chroma), cb_cr: fixed(fromCr.cb * chroma),
      cr_cb: fixed(fromCb.cr * chroma), cr_cr: fixed(fromCr.cr * chroma),
      luma_offset: Int32(
        ((target.range.black() - luma * source.range.black()) * unit + half).rounded()),
      chroma_offset: Int32(128 * unit + half))
  }
}
