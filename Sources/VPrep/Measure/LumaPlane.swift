internal import Kernels
internal import MediaIO

/// Lends a frame's luma as 8-bit codes with the table that makes them full-range SDR luma.
///
/// An 8-bit plane is lent as it is. A deeper one is mapped once into a buffer that is reused from
/// frame to frame; its codes then are SDR luma already.
struct LumaPlane {
  private var buffer: [UInt8] = []
  private var deepTable: LumaTable?
  private var deepColor: ColorDescription?

  mutating func lend<R>(
    _ frame: borrowing VideoFrame, _ body: (Span<UInt8>, PlaneShape, LumaTable) -> R
  ) -> R {
    let color = frame.color
    if frame.layout.bitDepth == 8 {
      let table = Self.table(bitDepth: 8, color)
      return frame.withPlane8(0) { body($0, $1, table) }
    }
    let depth = frame.layout.bitDepth
    if deepColor != color || deepTable?.bitDepth != depth {
      deepTable = Self.table(bitDepth: depth, color)
      deepColor = color
    }
    let table = deepTable ?? Self.table(bitDepth: depth, color)
    let packed = PlaneShape(width: frame.width, height: frame.height)
    if buffer.count != packed.requiredCount {
      buffer = [UInt8](repeating: 0, count: packed.requiredCount)
    }
    var output = buffer.mutableSpan
    frame.withPlane16(0) { codes, shape in
      table.apply(codes, shape: shape, into: &output, shape: packed)
    }
    return body(buffer.span, packed, .full())
  }

  private static func table(bitDepth: Int, _ color: ColorDescription) -> LumaTable {
    switch color.transfer.hdr {
    case .pq: .pq(bitDepth: bitDepth, limited: !color.isFullRange)
    case .hlg: .hlg(bitDepth: bitDepth, limited: !color.isFullRange)
    case nil:
      color.isFullRange ? .full(bitDepth: bitDepth) : .limited(bitDepth: bitDepth)
    }
  }
}
