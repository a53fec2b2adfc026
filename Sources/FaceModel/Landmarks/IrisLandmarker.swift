/// Which eye, as the viewer of the picture sees it.
package enum EyeSide: Sendable, CaseIterable {
  case left
  case right
}

/// The contour and the iris of one eye, in picture coordinates.
package struct EyeLandmarks: Equatable, Sendable {
  /// Eyelids first, then rings of skin around the eye and the brow: 71 points.
  ///
  /// Points 0 to 8 run along the lower lid from the outer to the inner corner, 9 to 15 along the
  /// upper lid in the same direction.
  package let contour: [Point3D]
  /// Centre, then four points on the edge: 5 points.
  package let iris: [Point3D]

  /// Height of the opening by its width, from the contour: the mean of three heights.
  ///
  /// The same idea as `FaceLandmarks.eyeAspectRatio`, with the finer network's points: about 0.3
  /// open, and in a blink below 0.6 of the person's own median where the other falls to 0.7.
  package var aspectRatio: Double {
    let width = (contour[8].xy - contour[0].xy).length
    guard width > 0 else { return 0 }
    let heights = [(3, 11), (4, 12), (5, 13)].map { lower, upper in
      (contour[lower].xy - contour[upper].xy).length
    }
    return heights.reduce(0, +) / Double(heights.count) / width
  }
}

/// Finds the contour and the iris of an eye.
///
/// Source: Ablavatski et al., "Real-time Pupil Tracking from Monocular Video for Digital Puppetry",
/// 2020, as published in MediaPipe.
package struct IrisLandmarker: ~Copyable, Sendable {
  /// Side of the square input in pixels.
  package static let inputSize = 64
  /// The numbers that black and white become in the input.
  package static let inputRange: ClosedRange<Float> = 0...1

  private static let contourCount = 71
  private static let irisCount = 5
  private var network: Network

  /// Loads the network.
  ///
  /// - Parameter shared: memory of a network that never runs at the same time.
  package init(
    from store: ModelStore, sharing shared: ActivationMemory? = nil
  ) throws(ModelError) {
    try self.init(network: store.network(.irisLandmarks, sharing: shared))
  }

  /// Takes a network that must have the landmarker's shapes.
  init(network: consuming Network) throws(ModelError) {
    let size = Self.inputSize
    guard network.inputShape.dimensions == [1, size, size, 3],
      network.outputShapes.map(\.count) == [3 * Self.contourCount, 3 * Self.irisCount]
    else {
      throw ModelError(.invalidGraph, file: network.name, "not an iris landmark network")
    }
    self.network = network
  }

  /// Finds an eye's landmarks, or nil when the eye is too small or the result unusable.
  ///
  /// The network knows one eye; the other is shown to it mirrored, and the transform says so.
  ///
  /// - Parameter fill: writes what the transform shows of the picture: row-major, RGB, in
  ///   `inputRange`.
  package mutating func landmarks(
    of eye: EyeSide, face: FaceLandmarks,
    fill: (TensorTransform, inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> EyeLandmarks? {
    let (left, right) = face.eyeCorners(eye)
    let region = RegionOfInterest(eyeCorners: left, right)
    guard region.isUsable else { return nil }
    let transform = TensorTransform.region(
      region, width: Self.inputSize, height: Self.inputSize, mirrored: eye == .right)
    try network.run { (span) throws(ModelError) in try fill(transform, &span) }
    let contour = network.withOutput(0) { transform.points($0, count: Self.contourCount) }
    let iris = network.withOutput(1) { transform.points($0, count: Self.irisCount) }
    guard (contour + iris).allSatisfy({ ($0.x + $0.y + $0.z).isFinite }) else { return nil }
    return EyeLandmarks(contour: contour, iris: iris)
  }
}

extension FaceLandmarks {
  /// An eye's corners, from left to right as the viewer sees them.
  package func eyeCorners(_ eye: EyeSide) -> (left: Point2D, right: Point2D) {
    switch eye {
    case .left: (self[Self.leftEyeOuterCorner].xy, self[Self.leftEyeInnerCorner].xy)
    case .right: (self[Self.rightEyeInnerCorner].xy, self[Self.rightEyeOuterCorner].xy)
    }
  }
}
