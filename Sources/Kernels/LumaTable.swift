internal import CKernels

/// What every luma code of a video stands for as SDR luma: full range, gamma coded, 0...255.
///
/// Brightness is judged on these values, so that limited range, high bit depths and HDR all mean
/// the same to a rule.
package struct LumaTable: Sendable, Equatable {
  /// Bits of a code, 8...16.
  package let bitDepth: Int

  /// The codes that stand for black and white when the map between them is a straight line; `nil`
  /// for a curve.
  package let range: ClosedRange<Int>?

  /// The entries, then `padding` bytes that the gathers of the AVX2 version may touch.
  private let storage: [UInt8]

  private static let padding = 4

  /// Bits that are dropped before the look-up: codes of more than 12 bits share entries.
  var shift: Int { max(bitDepth - 12, 0) }

  /// The greatest index into the table.
  var last: Int { (1 << (bitDepth - shift)) - 1 }

  /// Full-range video: code ÷ (2ⁿ − 1).
  package static func full(bitDepth: Int = 8) -> LumaTable {
    bitDepth == 8 ? full8 : LumaTable(bitDepth: bitDepth, range: fullRange(bitDepth: bitDepth))
  }

  /// Limited-range video: black at 16 · 2ⁿ⁻⁸, white at 235 · 2ⁿ⁻⁸, clamped beyond.
  ///
  /// ITU-R BT.709-6, section 4.6, and BT.601-7, section 3.5.3, share these levels.
  package static func limited(bitDepth: Int = 8) -> LumaTable {
    bitDepth == 8
      ? limited8 : LumaTable(bitDepth: bitDepth, range: limitedRange(bitDepth: bitDepth))
  }

  /// PQ video (ITU-R BT.2100), brought to SDR by `curve`.
  ///
  /// Every code is read as a grey of that luma: without its chroma a pixel's luminance is not
  /// known, and skin lies close to the grey axis.
  package static func pq(
    bitDepth: Int = 10, limited: Bool = true, curve: ToneCurve = ToneCurve()
  ) -> LumaTable {
    LumaTable(bitDepth: bitDepth, limited: limited) { signal in
      ToneCurve.encode(curve.light(luminance: TransferFunction.pqToLuminance(signal)))
    }
  }

  /// HLG video (ITU-R BT.2100), shown at its nominal 1000 cd/m² and brought to SDR by `curve`.
  ///
  /// Every code is read as a grey of that luma, as in `pq`.
  package static func hlg(
    bitDepth: Int = 10, limited: Bool = true, curve: ToneCurve = ToneCurve()
  ) -> LumaTable {
    LumaTable(bitDepth: bitDepth, limited: limited) { signal in
      let scene = TransferFunction.hlgToScene(signal)
      let luminance = scene * TransferFunction.hlgDisplayGain(sceneLuminance: scene)
      return ToneCurve.encode(curve.light(luminance: luminance))
    }
  }

  /// The SDR luma of a code; codes beyond the bit depth count as the greatest.
  package subscript(code: UInt16) -> UInt8 {
    storage[min(Int(code) >> shift, last)]
  }

  /// The first code of a table of up to 12 bits that means at least `luma`.
  ///
  /// - Returns: the number of codes where none does, as can be for a curve. The entries rise.
  func firstCode(atLeast luma: UInt8) -> Int {
    var (low, high) = (0, last + 1)
    while low < high {
      let middle = (low + high) / 2
      if storage[middle] < luma { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Calls `body` with the entries, of which there are `last` + 1, and at least three bytes after
  /// them that may be read.
  @unsafe func withEntries(_ body: (UnsafePointer<UInt8>) -> Void) {
    unsafe storage.withUnsafeBufferPointer { entries in
      if let entries = entries.baseAddress { unsafe body(entries) }
    }
  }

  /// The factor from code differences to differences of full-range 8-bit luma: 255 ÷ (white − black).
  ///
  /// 1 if the table is a curve; codes must then be mapped before they are compared.
  package var codeScale: Double {
    guard let range else { return 1 }
    return 255 / Double(range.upperBound - range.lowerBound)
  }

  /// Maps a plane of 9...16-bit codes (native order, value in the low bits) to 8-bit SDR luma.
  ///
  /// Both shapes have one size; the bytes between the rows of `destination` stay as they are.
  @_lifetime(destination: copy destination)
  package func apply(
    _ source: Span<UInt16>, shape: PlaneShape,
    into destination: inout MutableSpan<UInt8>, shape destinationShape: PlaneShape,
    path: KernelPath = .active
  ) {
    shape.require(source.count)
    destinationShape.require(destination.count)
    precondition(shape.width == destinationShape.width && shape.height == destinationShape.height)
    if shape.width == 0 || shape.height == 0 { return }

    let kernel = unsafe KernelTable.function(path) { unsafe $0.map_codes }
    unsafe source.withUnsafeBufferPointer { from in
      unsafe destination.withUnsafeMutableBufferPointer { to in
        unsafe storage.withUnsafeBufferPointer { table in
          guard let kernel = unsafe kernel else {
            return unsafe mapCodes(from, shape, to, destinationShape, table)
          }
          unsafe kernel(
            from.baseAddress, shape.stride, to.baseAddress, destinationShape.stride,
            shape.width, shape.height, table.baseAddress, UInt16(last), Int32(shift))
        }
      }
    }
  }

  /// The reference of `apply`.
  private func mapCodes(
    _ source: UnsafeBufferPointer<UInt16>, _ shape: PlaneShape,
    _ destination: UnsafeMutableBufferPointer<UInt8>, _ destinationShape: PlaneShape,
    _ table: UnsafeBufferPointer<UInt8>
  ) {
    let (shift, last) = (self.shift, self.last)
    for y in 0..<shape.height {
      let from = y * shape.stride
      let to = y * destinationShape.stride
      for x in 0..<shape.width {
        let index = min(unsafe Int(source[from + x]) >> shift, last)
        unsafe destination[to + x] = table[index]
      }
    }
  }

  /// A straight line from black to white, rounded to the nearest and clamped.
  private init(bitDepth: Int, range: ClosedRange<Int>) {
    let span = Double(range.upperBound - range.lowerBound)
    self.init(bitDepth: bitDepth, range: range) { code in
      Double(code - range.lowerBound) / span
    }
  }

  /// A curve over the signal, 0 at black and 1 at white, clamped.
  private init(bitDepth: Int, limited: Bool, curve: (Double) -> Double) {
    let range = limited ? Self.limitedRange(bitDepth: bitDepth) : Self.fullRange(bitDepth: bitDepth)
    let span = Double(range.upperBound - range.lowerBound)
    self.init(bitDepth: bitDepth, range: nil) { code in
      curve(min(max(Double(code - range.lowerBound) / span, 0), 1))
    }
  }

  private init(bitDepth: Int, range: ClosedRange<Int>?, luma: (Int) -> Double) {
    precondition((8...16).contains(bitDepth), "luma has 8 to 16 bits, not \(bitDepth)")
    let shift = max(bitDepth - 12, 0)
    let entries = (0..<1 << (bitDepth - shift)).map { index in
      UInt8((min(max(luma(index << shift), 0), 1) * 255).rounded())
    }
    self.bitDepth = bitDepth
    self.range = range
    storage = entries + [UInt8](repeating: 0, count: Self.padding)
  }

  /// The two tables that every frame of ordinary video asks for.
  private static let full8 = LumaTable(bitDepth: 8, range: fullRange(bitDepth: 8))
  private static let limited8 = LumaTable(bitDepth: 8, range: limitedRange(bitDepth: 8))

  private static func fullRange(bitDepth: Int) -> ClosedRange<Int> {
    0...(1 << bitDepth) - 1
  }

  private static func limitedRange(bitDepth: Int) -> ClosedRange<Int> {
    let scale = 1 << max(bitDepth - 8, 0)
    return 16 * scale...235 * scale
  }
}
