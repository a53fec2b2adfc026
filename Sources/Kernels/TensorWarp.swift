/// Turns a part of a YCbCr picture into the input tensor of a network, in one pass.
///
/// The tensor is RGB, `Float`, NHWC with N = 1. Every output sample takes the position that an
/// `AffineMap` gives its centre, interpolates Y, Cb and Cr there (bilinear; chroma is taken as sited
/// in the centre of its block, half a luma sample off the usual left siting of H.264), converts them
/// to RGB by the picture's matrix and range, clamps to 0...1 and scales that to `low`...`high`.
/// Samples whose position lies outside the picture are black: `low`.
///
/// A map that minifies by more than 2 would skip samples. The planes are then halved first (means of
/// 2x2 samples, rounded), each as often as it takes to bring its own minification to 2 or less; only
/// the part of the picture that the map reaches is halved.
///
/// Gamma-coded values are interpolated, as networks are trained on such pictures. For PQ and HLG a
/// `LumaTable` brings each component to SDR on its own and the primaries stay those of BT.2020: fit
/// for a network, not for an eye (`ToneMap` is for that).
///
/// The value keeps its working memory from call to call, and so has one owner.
package struct TensorWarp: ~Copyable, Sendable {
  /// How the samples of the pictures are stored.
  package struct Layout: Equatable, Sendable {
    package let format: YCbCrFormat
    /// Bits of a sample, 8...16.
    package let bitDepth: Int
    /// Log2 of the luma columns that share a chroma sample: 1 for 4:2:0 and 4:2:2, 0 for 4:4:4.
    package let chromaShiftX: Int
    /// Log2 of the luma rows that share a chroma sample: 1 for 4:2:0, 0 for 4:2:2 and 4:4:4.
    package let chromaShiftY: Int

    package init(
      format: YCbCrFormat, bitDepth: Int = 8, chromaShiftX: Int = 1, chromaShiftY: Int = 1
    ) {
      precondition((8...16).contains(bitDepth) && chromaShiftX >= 0 && chromaShiftY >= 0)
      self.format = format
      self.bitDepth = bitDepth
      self.chromaShiftX = chromaShiftX
      self.chromaShiftY = chromaShiftY
    }
  }

  /// Columns of the tensor.
  package var width: Int { settings.width }
  /// Rows of the tensor.
  package var height: Int { settings.height }
  /// `Float`s in a tensor: `width` · `height` · 3.
  package var count: Int { settings.count }

  private let settings: WarpSettings
  private var bytes = PlanePyramids<UInt8>()
  private var words = PlanePyramids<UInt16>()

  /// - Parameters:
  ///   - values: what black and white become, usually 0...1 or -1...1.
  ///   - toneTable: from an RGB component to SDR luma, for HDR pictures: `LumaTable.pq` or `.hlg`
  ///     with `limited: false`, of any depth.
  package init(
    width: Int, height: Int, layout: Layout, values: ClosedRange<Float> = 0...1,
    toneTable: LumaTable? = nil
  ) {
    precondition(width > 0 && height > 0)
    settings = WarpSettings(
      width: width, height: height, layout: layout, low: values.lowerBound,
      high: values.upperBound, toneTable: toneTable)
  }

  /// Fills a tensor from an 8-bit picture.
  ///
  /// - Parameters:
  ///   - chromaShape: of both chroma planes: the luma's size by the layout's shifts, rounded up.
  ///   - map: from tensor positions to luma positions; a map that is not finite gives black.
  ///   - tensor: `count` elements.
  @_lifetime(tensor: copy tensor)
  package mutating func apply(
    luma: Span<UInt8>, shape: PlaneShape, cb: Span<UInt8>, cr: Span<UInt8>,
    chromaShape: PlaneShape, map: AffineMap, into tensor: inout MutableSpan<Float>,
    path: KernelPath = .active
  ) {
    requireChroma(chromaShape, of: shape)
    unsafe WarpPlanes.withPlanes(luma, shape, cb, cr, chromaShape) { planes in
      unsafe settings.run(planes, map, &tensor, &bytes, path)
    }
  }

  /// Fills a tensor from a picture of 9 to 16 bits, native order, value in the low bits.
  @_lifetime(tensor: copy tensor)
  package mutating func apply(
    luma: Span<UInt16>, shape: PlaneShape, cb: Span<UInt16>, cr: Span<UInt16>,
    chromaShape: PlaneShape, map: AffineMap, into tensor: inout MutableSpan<Float>,
    path: KernelPath = .active
  ) {
    requireChroma(chromaShape, of: shape)
    unsafe WarpPlanes.withPlanes(luma, shape, cb, cr, chromaShape) { planes in
      unsafe settings.run(planes, map, &tensor, &words, path)
    }
  }

  /// Fills a tensor from an 8-bit grey picture.
  @_lifetime(tensor: copy tensor)
  package mutating func apply(
    grey: Span<UInt8>, shape: PlaneShape, map: AffineMap, into tensor: inout MutableSpan<Float>,
    path: KernelPath = .active
  ) {
    unsafe WarpPlanes.withPlanes(grey, shape) { planes in
      unsafe settings.run(planes, map, &tensor, &bytes, path)
    }
  }

  /// Fills a tensor from a grey picture of 9 to 16 bits.
  @_lifetime(tensor: copy tensor)
  package mutating func apply(
    grey: Span<UInt16>, shape: PlaneShape, map: AffineMap, into tensor: inout MutableSpan<Float>,
    path: KernelPath = .active
  ) {
    unsafe WarpPlanes.withPlanes(grey, shape) { planes in
      unsafe settings.run(planes, map, &tensor, &words, path)
    }
  }

  private func requireChroma(_ chroma: PlaneShape, of shape: PlaneShape) {
    let layout = settings.layout
    func reduced(_ size: Int, _ shift: Int) -> Int { (size + (1 << shift) - 1) >> shift }
    precondition(
      chroma.width == reduced(shape.width, layout.chromaShiftX)
        && chroma.height == reduced(shape.height, layout.chromaShiftY),
      "the chroma planes do not have the size that the layout gives them")
  }
}
