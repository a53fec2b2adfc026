/// Finds the landmarks of a face in a region of interest.
///
/// Source: Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs",
/// 2019, as published in MediaPipe.
package struct FaceLandmarker: ~Copyable, Sendable {
  /// Side of the square input in pixels.
  package static let inputSize = 192
  /// The numbers that black and white become in the input.
  package static let inputRange: ClosedRange<Float> = 0...1
  /// The score from which a face counts as present.
  ///
  /// Source: MediaPipe's face landmark graph.
  package static let presenceThreshold: Float = 0.5

  private var network: Network

  /// Loads the network.
  ///
  /// - Parameter shared: memory of a network that never runs at the same time.
  package init(
    from store: ModelStore, sharing shared: ActivationMemory? = nil
  ) throws(ModelError) {
    try self.init(
      network: store.network(
        .faceLandmarks, keeping: FaceActivations.layers.map(\.tensor), sharing: shared))
  }

  /// Takes a network that must have the landmarker's shapes.
  init(network: consuming Network) throws(ModelError) {
    let size = Self.inputSize
    guard network.inputShape.dimensions == [1, size, size, 3],
      network.outputShapes.map(\.count)
        == [3 * FaceLandmarks.count, 1] + FaceActivations.layers.map(\.count)
    else {
      throw ModelError(.invalidGraph, file: network.name, "not a face landmark network")
    }
    self.network = network
  }

  /// Finds the landmarks of the face in a region, or nil when the region or the result is unusable.
  ///
  /// - Parameters:
  ///   - region: from `RegionOfInterest.init(_: FaceDetection)` or from earlier landmarks.
  ///   - fill: writes what the transform shows of the picture: row-major, RGB, in `inputRange`.
  package mutating func landmarks(
    in region: RegionOfInterest,
    fill: (TensorTransform, inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> FaceLandmarks? {
    guard region.isUsable else { return nil }
    let transform = TensorTransform.region(
      region, width: Self.inputSize, height: Self.inputSize)
    try network.run { (span) throws(ModelError) in try fill(transform, &span) }
    let score = network.withOutput(1) { sigmoid($0[0]) }
    let points = network.withOutput(0) { transform.points($0, count: FaceLandmarks.count) }
    return FaceLandmarks(points: points, score: score)
  }

  /// What the last run made of the region.
  package var activations: FaceActivations { FaceActivations(network, firstOutput: 2) }
}

extension TensorTransform {
  /// Points in picture coordinates from a network's `(x, y, z)` triples in pixels of the tensor.
  func points(_ numbers: Span<Float>, count: Int) -> [Point3D] {
    (0..<count).map { index in
      let point = pictureFromTensor(
        Point2D(Double(numbers[3 * index]), Double(numbers[3 * index + 1])))
      return Point3D(point.x, point.y, Double(numbers[3 * index + 2]) * scale)
    }
  }
}
