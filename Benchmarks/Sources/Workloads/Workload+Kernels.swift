internal import CPlaneReading
internal import Kernels

extension Workload {
  /// Pictures as a phone records them.
  private static let full = PlaneShape(width: 1920, height: 1080)
  /// A plane that stays in the processor's own cache.
  private static let cached = PlaneShape(width: 640, height: 480)

  static var kernels: [Workload] {
    reading
      + KernelPath.available.flatMap { path in
        [
          luma("luma statistics, 1080p", full, path), luma("luma statistics, 480p", cached, path),
          luma("luma statistics, 480p, limited range", cached, path, .limited()),
          laplacian(path), both(path), scale(path), warp(path), toneMap(path), base64(path),
        ]
      }
  }

  private static var reading: [Workload] {
    [("1080p", full), ("480p", cached)].map { name, shape in
      Workload("reading, \(name)") {
        let plane = Noise.bytes(shape.requiredCount)
        return { keep(cpr_read(plane, plane.count)) }
      }
    }
  }

  private static func luma(
    _ name: String, _ shape: PlaneShape, _ path: KernelPath, _ table: LumaTable = .full()
  ) -> Workload {
    Workload("\(name), \(path)") {
      let plane = Noise.bytes(shape.requiredCount)
      return { keep(LumaStatistics(of: plane.span, shape: shape, table: table, path: path)) }
    }
  }

  private static func laplacian(_ path: KernelPath) -> Workload {
    Workload("Laplacian, 1080p, \(path)") {
      let plane = Noise.bytes(full.requiredCount)
      return { keep(Sharpness.laplacianVariance(plane.span, shape: full, path: path)) }
    }
  }

  private static func both(_ path: KernelPath) -> Workload {
    Workload("luma statistics and Laplacian, 1080p, \(path)") {
      let plane = Noise.bytes(full.requiredCount)
      return {
        keep(LumaStatistics(of: plane.span, shape: full, path: path))
        keep(Sharpness.laplacianVariance(plane.span, shape: full, path: path))
      }
    }
  }

  private static func scale(_ path: KernelPath) -> Workload {
    Workload("scale, 1080p to 128 wide, \(path)") {
      let plane = Noise.bytes(full.requiredCount)
      let small = PlaneShape(width: 128, height: 72)
      var target = [UInt8](repeating: 0, count: small.requiredCount)
      return {
        var span = target.mutableSpan
        AreaScaler.scale(plane.span, shape: full, into: &span, shape: small, path: path)
      }
    }
  }

  private static func warp(_ path: KernelPath) -> Workload {
    Workload("warp, 1080p to 192², \(path)") {
      let luma = Noise.bytes(full.requiredCount)
      let chromaShape = full.subsampled420(stride: 960)
      let chroma = Noise.bytes(chromaShape.requiredCount)
      var warp = TensorWarp(
        width: 192, height: 192,
        layout: TensorWarp.Layout(format: YCbCrFormat(matrix: .bt709, range: .limited)))
      var tensor = [Float](repeating: 0, count: warp.count)
      // A face of 480 pixels, tilted a little.
      let map = AffineMap(2.4, 0.6, 600, -0.6, 2.4, 300)
      return {
        var span = tensor.mutableSpan
        warp.apply(
          luma: luma.span, shape: full, cb: chroma.span, cr: chroma.span,
          chromaShape: chromaShape, map: map, into: &span, path: path)
      }
    }
  }

  private static func toneMap(_ path: KernelPath) -> Workload {
    Workload("tone map, 1080p, \(path)") {
      let luma = Noise.words(full.requiredCount)
      let chromaShape = full.subsampled420(stride: 960)
      let chroma = Noise.words(chromaShape.requiredCount)
      let map = ToneMap(ToneMapFunction(transfer: .hlg, curve: ToneCurve()))
      var newLuma = [UInt8](repeating: 0, count: full.requiredCount)
      var newCb = [UInt8](repeating: 0, count: chromaShape.requiredCount)
      var newCr = newCb
      return {
        var first = newLuma.mutableSpan
        var second = newCb.mutableSpan
        var third = newCr.mutableSpan
        map.apply(
          luma: luma.span, shape: full, cb: chroma.span, cr: chroma.span,
          chromaShape: chromaShape, intoLuma: &first, shape: full, cb: &second, cr: &third,
          chromaShape: chromaShape, path: path)
      }
    }
  }

  private static func base64(_ path: KernelPath) -> Workload {
    Workload("Base64, 1 MB, \(path)") {
      let bytes = Noise.bytes(1_000_000)
      return { keep(Base64.encode(bytes.span, path: path)) }
    }
  }
}
