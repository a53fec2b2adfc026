package import Kernels

/// Lends a picture's luma as 8-bit codes with the table that makes them full-range SDR luma.
///
/// An 8-bit plane is lent as it is. A deeper one is mapped once into a buffer that is reused from
/// picture to picture; its codes then are SDR luma already.
package struct LumaPlane {
  private var buffer: [UInt8] = []
  private var deepTable: LumaTable?
  private var deepFormat: PlanarFormat?

  package init() {}

  /// Calls `body` with the luma plane of `picture`.
  package mutating func lend<R>(
    _ picture: borrowing some Picture, _ body: (Span<UInt8>, PlaneShape, LumaTable) -> R
  ) -> R {
    let format = picture.format
    if format.bitDepth == 8 {
      let table = Self.table(format)
      return picture.withPlane8(0) { body($0, $1, table) }
    }
    let table: LumaTable
    if let deepTable, deepFormat == format {
      table = deepTable
    } else {
      table = Self.table(format)
      deepTable = table
      deepFormat = format
    }
    let packed = PlaneShape(width: picture.width, height: picture.height)
    if buffer.count != packed.requiredCount {
      buffer = [UInt8](repeating: 0, count: packed.requiredCount)
    }
    var output = buffer.mutableSpan
    picture.withPlane16(0) { codes, shape in
      table.apply(codes, shape: shape, into: &output, shape: packed)
    }
    return body(buffer.span, packed, .full())
  }

  private static func table(_ format: PlanarFormat) -> LumaTable {
    let (bitDepth, isLimited) = (format.bitDepth, format.coding.range == .limited)
    return switch format.hdr {
    case .pq: .pq(bitDepth: bitDepth, limited: isLimited)
    case .hlg: .hlg(bitDepth: bitDepth, limited: isLimited)
    case nil: isLimited ? .limited(bitDepth: bitDepth) : .full(bitDepth: bitDepth)
    }
  }
}
