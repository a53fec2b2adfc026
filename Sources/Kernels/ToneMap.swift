internal import CKernels

/// Turns HDR or wide-gamut pictures into plain ones: 4:2:0 of 9 to 16 bits into BT.709 4:2:0 of 8.
///
/// The colours follow a `ColorFunction`, tabulated once at 33 points of luma by 65x65 of chroma and
/// interpolated between them (trilinear). Greys come out within a code of the function; colours as
/// saturated as skin within one or two, and brilliant ones, which BT.709 cannot hold, within some
/// twenty. Luma is mapped with the chroma sample of its 2x2 block, chroma with the rounded mean of
/// its block's luma. Codes of more than 12 bits lose their lowest bits. The tables (830 kB) hold
/// 2⁻⁷ of a code; all paths give the same codes.
package struct ToneMap: Sendable {
  package let function: any ColorFunction
  package let bitDepth: Int
  package let sourceRange: CodeRange
  package let targetRange: CodeRange

  /// One table each for luma, Cb and Cr: [cb][cr][y].
  private let luma: [Int16]
  private let cb: [Int16]
  private let cr: [Int16]

  /// Prepares the tables, which takes some 40 ms; keep the value for a clip.
  ///
  /// - Parameters:
  ///   - bitDepth: of the source, 9...16.
  ///   - targetRange: `.limited` for video, `.full` for JPEG (whose matrix is BT.601: see
  ///     `YCbCrConversion`).
  package init(
    _ function: any ColorFunction, bitDepth: Int = 10, sourceRange: CodeRange = .limited,
    targetRange: CodeRange = .limited
  ) {
    precondition((9...16).contains(bitDepth), "the source has 9 to 16 bits, not \(bitDepth)")
    self.function = function
    self.bitDepth = bitDepth
    self.sourceRange = sourceRange
    self.targetRange = targetRange
    let tables = Self.tables(function, sourceRange, bitDepth: bitDepth, targetRange)
    (luma, cb, cr) = (tables.luma, tables.cb, tables.cr)
  }

  /// Maps a picture.
  ///
  /// - Parameters:
  ///   - chromaShape: of both chroma planes: half the luma's size, rounded up.
  ///   - newShape: the luma's size, as `newChromaShape` has the chroma's; strides may differ.
  @_lifetime(newLuma: copy newLuma)
  @_lifetime(newCb: copy newCb)
  @_lifetime(newCr: copy newCr)
  package func apply(
    luma: Span<UInt16>, shape: PlaneShape,
    cb: Span<UInt16>, cr: Span<UInt16>, chromaShape: PlaneShape,
    intoLuma newLuma: inout MutableSpan<UInt8>, shape newShape: PlaneShape,
    cb newCb: inout MutableSpan<UInt8>, cr newCr: inout MutableSpan<UInt8>,
    chromaShape newChromaShape: PlaneShape,
    path: KernelPath = .active
  ) {
    shape.require420(luma.count, cb.count, cr.count, chromaShape)
    newShape.require420(newLuma.count, newCb.count, newCr.count, newChromaShape)
    precondition(shape.width == newShape.width && shape.height == newShape.height)
    unsafe withPlanes(luma, cb, cr) { luma, cb, cr in
      unsafe withMutablePlanes(&newLuma, &newCb, &newCr) { newLuma, newCb, newCr in
        let source = unsafe vk_deep_picture(
          luma: luma, cb: cb, cr: cr, luma_stride: shape.stride,
          chroma_stride: chromaShape.stride)
        let target = unsafe vk_mutable_picture(
          luma: newLuma, cb: newCb, cr: newCr, luma_stride: newShape.stride,
          chroma_stride: newChromaShape.stride)
        unsafe apply(source, target, width: shape.width, height: shape.height, path)
      }
    }
  }

  private func apply(
    _ from: vk_deep_picture, _ to: vk_mutable_picture, width: Int, height: Int, _ path: KernelPath
  ) {
    let kernel = unsafe KernelTable.function(path) { unsafe $0.tone_map }
    unsafe luma.withUnsafeBufferPointer { luma in
      unsafe cb.withUnsafeBufferPointer { cb in
        unsafe cr.withUnsafeBufferPointer { cr in
          let map = unsafe vk_tone_map(
            luma: luma.baseAddress, cb: cb.baseAddress, cr: cr.baseAddress,
            bit_depth: Int32(bitDepth))
          if let kernel = unsafe kernel {
            unsafe withUnsafePointer(to: map) { map in
              unsafe withUnsafePointer(to: from) { from in
                unsafe withUnsafePointer(to: to) { unsafe kernel(map, from, $0, width, height) }
              }
            }
          } else {
            unsafe map.applyPortably(from, to, width: width, height: height)
          }
        }
      }
    }
  }
}

extension ToneMap {
  /// Cells along the table's luma axis, one less than its points.
  static let lumaCells = 32
  /// Cells along either chroma axis.
  ///
  /// Twice as many as along luma: the way back into the gamut bends the function most from colour to
  /// colour, and faces lie within few cells of grey.
  static let chromaCells = 64

  /// The function at every point; the kernels work at twelve bits, and so do the points.
  private static func tables(
    _ function: any ColorFunction, _ source: CodeRange, bitDepth: Int, _ target: CodeRange
  ) -> (luma: [Int16], cb: [Int16], cr: [Int16]) {
    // White of full range is no power of two: 1023 at ten bits is 4092 at twelve, not 4095.
    let scale = bitDepth <= 12 ? Double(1 << (12 - bitDepth)) : 1 / Double(1 << (bitDepth - 12))
    let chromaSpan = source.chromaSpan(bitDepth: bitDepth) * scale
    let lumaSpan = source.lumaSpan(bitDepth: bitDepth) * scale
    func chroma(_ point: Int) -> Double {
      Double(point * 4096 / chromaCells - 2048) / chromaSpan
    }
    func fixed(_ code: Double) -> Int16 { Int16((min(max(code, 0), 255) * 128).rounded()) }
    var (luma, cb, cr) = ([Int16](), [Int16](), [Int16]())
    for blue in 0...chromaCells {
      for red in 0...chromaCells {
        for grey in 0...lumaCells {
          let code = Double(grey * 4096 / lumaCells)
          let color = function(
            y: (code - source.black(bitDepth: 12)) / lumaSpan,
            cb: chroma(blue), cr: chroma(red))
          luma.append(fixed(target.black() + target.lumaSpan() * color.y))
          cb.append(fixed(128 + target.chromaSpan() * color.cb))
          cr.append(fixed(128 + target.chromaSpan() * color.cr))
        }
      }
    }
    return (luma, cb, cr)
  }
}
