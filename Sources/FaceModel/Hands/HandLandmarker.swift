/// The 21 joints and fingertips of a hand, in picture coordinates.
package struct HandLandmarks: Equatable, Sendable {
  /// Number of points.
  package static let count = 21

  /// The wrist first, then four points of each finger from its root to its tip, the thumb first.
  package let points: [Point2D]
  /// Likelihood that a hand is there, 0–1.
  package let presence: Float

  /// Nil unless there are 21 finite points.
  package init?(points: [Point2D], presence: Float) {
    guard points.count == Self.count, points.allSatisfy({ ($0.x + $0.y).isFinite }) else {
      return nil
    }
    self.points = points
    self.presence = presence
  }
}

/// Finds the joints of a hand in a region of interest, and tells whether it is one.
///
/// Source: MediaPipe Hands (Zhang et al., 2020), the landmark network in its lite version.
package struct HandLandmarker: ~Copyable, Sendable {
  /// Side of the square input in pixels.
  package static let inputSize = 224
  /// The numbers that black and white become in the input.
  package static let inputRange: ClosedRange<Float> = 0...1

  private var network: Network

  /// Loads the network.
  ///
  /// - Parameter shared: memory of a network that never runs at the same time.
  package init(
    from store: ModelStore, sharing shared: ActivationMemory? = nil
  ) throws(ModelError) {
    try self.init(network: store.network(.handLandmarks, sharing: shared, isPacked: false))
  }

  /// Takes a network that must have the landmarker's shapes: points, presence, which hand it is,
  /// and points in metres.
  init(network: consuming Network) throws(ModelError) {
    let (size, count) = (Self.inputSize, 3 * HandLandmarks.count)
    guard network.inputShape.dimensions == [1, size, size, 3],
      network.outputShapes.map(\.count) == [count, 1, 1, count]
    else {
      throw ModelError(.invalidGraph, file: network.name, "not a hand landmark network")
    }
    self.network = network
  }

  /// Finds the landmarks of the hand in a region, or nil when the region or the result is unusable.
  ///
  /// - Parameters:
  ///   - region: from `RegionOfInterest.init(_: PalmDetection)`.
  ///   - fill: writes what the transform shows of the picture: row-major, RGB, in `inputRange`.
  package mutating func landmarks(
    in region: RegionOfInterest,
    fill: (TensorTransform, inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> HandLandmarks? {
    guard region.isUsable else { return nil }
    let transform = TensorTransform.region(
      region, width: Self.inputSize, height: Self.inputSize)
    try network.run { (span) throws(ModelError) in try fill(transform, &span) }
    let presence = network.withOutput(1) { $0[0] }
    let points = network.withOutput(0) { transform.points($0, count: HandLandmarks.count) }
    return HandLandmarks(points: points.map(\.xy), presence: presence)
  }
}
