/// A decoded picture as its measures read it: luma, and two chroma planes unless it is grey.
///
/// It says nothing of where the planes come from: a decoder's frame conforms, and so does a drawn
/// picture. The planes are lent, never copied.
package protocol PlanarPicture: ~Copyable {
  /// Size of the luma plane in samples, as it is stored: before any turn.
  var width: Int { get }
  var height: Int { get }
  /// Width of a pixel by its height; 0 where nothing tells.
  var pixelAspect: Double { get }
  /// How the samples lie and what they mean.
  var format: PlanarFormat { get }

  /// Lends plane `index` (0 luma, 1 Cb, 2 Cr) of a picture of 8 bits.
  func withPlane8<R, E: Error>(
    _ index: Int, _ body: (Span<UInt8>, PlaneShape) throws(E) -> R
  ) throws(E) -> R

  /// Lends plane `index` of a picture of more than 8 bits.
  func withPlane16<R, E: Error>(
    _ index: Int, _ body: (Span<UInt16>, PlaneShape) throws(E) -> R
  ) throws(E) -> R
}

/// Any planar picture, also one that has a single owner.
package typealias Picture = PlanarPicture & ~Copyable

/// How the samples of a planar picture lie and what they mean.
package struct PlanarFormat: Equatable, Sendable {
  /// Bits of a sample, 8...16; more than 8 stand in 16-bit words.
  package let bitDepth: Int
  /// Log2 of the luma columns that share a chroma sample.
  package let chromaShiftX: Int
  /// Log2 of the luma rows that share a chroma sample.
  package let chromaShiftY: Int
  /// Whether there are chroma planes at all.
  package let hasChroma: Bool
  /// Matrix and range of the codes.
  package let coding: YCbCrFormat
  /// The kind of high dynamic range; `nil` for standard dynamic range.
  package let hdr: HDRTransfer?

  package init(
    bitDepth: Int = 8, chromaShiftX: Int = 1, chromaShiftY: Int = 1, hasChroma: Bool = true,
    coding: YCbCrFormat, hdr: HDRTransfer? = nil
  ) {
    self.bitDepth = bitDepth
    self.chromaShiftX = chromaShiftX
    self.chromaShiftY = chromaShiftY
    self.hasChroma = hasChroma
    self.coding = coding
    self.hdr = hdr
  }
}
