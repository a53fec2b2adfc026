internal import FaceModel
internal import Kernels
internal import MediaIO

/// Owner of the warp that fills one network's input straight from a frame's planes.
///
/// It is made anew when the stream changes its pixel layout or colour description.
struct FrameWarp: ~Copyable, Sendable {
  private let size: Int
  private let values: ClosedRange<Float>
  private var warp: TensorWarp?
  private var layout: PixelLayout?
  private var color: ColorDescription?

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
    layout = nil
    color = nil
  }

  /// Fills `tensor` with what `transform` shows of the upright picture.
  mutating func fill(
    _ tensor: inout MutableSpan<Float>, from frame: borrowing VideoFrame,
    _ transform: TensorTransform, _ geometry: UprightGeometry
  ) {
    if layout != frame.layout || color != frame.color {
      warp = make(frame.layout, frame.color)
      layout = frame.layout
      color = frame.color
    }
    let map = geometry.sampling(transform)
    if frame.layout.bitDepth == 8 {
      fill8(&tensor, frame, map)
    } else {
      fill16(&tensor, frame, map)
    }
  }

  private func make(_ layout: PixelLayout, _ color: ColorDescription) -> TensorWarp {
    let tone: LumaTable? =
      switch color.transfer.hdr {
      case .pq: .pq(bitDepth: 10, limited: false)
      case .hlg: .hlg(bitDepth: 10, limited: false)
      case nil: nil
      }
    return TensorWarp(
      width: size, height: size,
      layout: TensorWarp.Layout(
        format: color.format, bitDepth: layout.bitDepth, chromaShiftX: layout.chromaShiftX,
        chromaShiftY: layout.chromaShiftY),
      values: values, toneTable: tone)
  }

  private mutating func fill8(
    _ tensor: inout MutableSpan<Float>, _ frame: borrowing VideoFrame, _ map: AffineMap
  ) {
    frame.withPlane8(0) { luma, shape in
      guard frame.layout.hasChroma else {
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
    _ tensor: inout MutableSpan<Float>, _ frame: borrowing VideoFrame, _ map: AffineMap
  ) {
    frame.withPlane16(0) { luma, shape in
      guard frame.layout.hasChroma else {
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
