internal import FaceModel
internal import Kernels

/// Owner of the warp that fills one network's input straight from a frame's planes.
///
/// It is made again when the pictures change their format.
struct FrameWarp: ~Copyable, Sendable {
  private let size: Int
  private let values: ClosedRange<Float>
  private var warp: TensorWarp?
  private var format: PlanarFormat?

  /// - Parameters:
  ///   - size: side of the square input.
  ///   - values: what black and white become.
  init(size: Int, values: ClosedRange<Float>) {
    self.size = size
    self.values = values
  }

  /// Lets go of the memory that frames took.
  mutating func forget() {
    warp = nil
    format = nil
  }

  /// Fills `tensor` with what `transform` shows of the upright picture.
  mutating func fill(
    _ tensor: inout MutableSpan<Float>, from frame: borrowing some Picture,
    _ transform: TensorTransform, _ geometry: UprightGeometry
  ) {
    let format = frame.format
    if self.format != format {
      warp = make(format)
      self.format = format
    }
    let map = geometry.sampling(transform)
    if format.bitDepth == 8 {
      fill8(&tensor, frame, map, hasChroma: format.hasChroma)
    } else {
      fill16(&tensor, frame, map, hasChroma: format.hasChroma)
    }
  }

  private func make(_ format: PlanarFormat) -> TensorWarp {
    let tone: LumaTable? =
      switch format.hdr {
      case .pq: .pq(bitDepth: 10, limited: false)
      case .hlg: .hlg(bitDepth: 10, limited: false)
      case nil: nil
      }
    return TensorWarp(
      width: size, height: size,
      layout: TensorWarp.Layout(
        format: format.coding, bitDepth: format.bitDepth, chromaShiftX: format.chromaShiftX,
        chromaShiftY: format.chromaShiftY),
      values: values, toneTable: tone)
  }

  private mutating func fill8(
    _ tensor: inout MutableSpan<Float>, _ frame: borrowing some Picture, _ map: AffineMap,
    hasChroma: Bool
  ) {
    frame.withPlane8(0) { luma, shape in
      guard hasChroma else {
        warp?.apply(grey: luma, shape: shape, map: map, into: &tensor)
        return
      }
      frame.withPlane8(1) { blue, chromaShape in
        frame.withPlane8(2) { red, _ in
          warp?.apply(
            luma: luma, shape: shape, cb: blue, cr: red, chromaShape: chromaShape, map: map,
            into: &tensor)
        }
      }
    }
  }

  private mutating func fill16(
    _ tensor: inout MutableSpan<Float>, _ frame: borrowing some Picture, _ map: AffineMap,
    hasChroma: Bool
  ) {
    frame.withPlane16(0) { luma, shape in
      guard hasChroma else {
        warp?.apply(grey: luma, shape: shape, map: map, into: &tensor)
        return
      }
      frame.withPlane16(1) { blue, chromaShape in
        frame.withPlane16(2) { red, _ in
          warp?.apply(
            luma: luma, shape: shape, cb: blue, cr: red, chromaShape: chromaShape, map: map,
            into: &tensor)
        }
      }
    }
  }
}
