package import Kernels

extension VideoFrame: PlanarPicture {
  package var pixelAspect: Double { sampleAspect.value }

  package var format: PlanarFormat {
    PlanarFormat(
      bitDepth: layout.bitDepth, chromaShiftX: layout.chromaShiftX,
      chromaShiftY: layout.chromaShiftY, hasChroma: layout.hasChroma, coding: color.format,
      hdr: color.transfer.hdr)
  }

  /// Lends plane `index` of an 8-bit picture.
  package func withPlane8<R, E: Error>(
    _ index: Int, _ body: (Span<UInt8>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    precondition(layout.bitDepth == 8)
    return try withSamples(index, as: UInt8.self, body)
  }

  /// Lends plane `index` of a picture deeper than 8 bits.
  package func withPlane16<R, E: Error>(
    _ index: Int, _ body: (Span<UInt16>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    precondition(layout.bitDepth > 8)
    return try withSamples(index, as: UInt16.self, body)
  }
}
