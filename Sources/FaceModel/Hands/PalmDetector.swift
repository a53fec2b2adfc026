/// Finds palms in a picture.
///
/// Source: MediaPipe Hands (Zhang et al., 2020), the palm detector in its full version, with the
/// parameters of MediaPipe's palm detection graph.
package struct PalmDetector: ~Copyable, Sendable {
  /// Side of the square input in pixels.
  package static let inputSize = 192
  /// The numbers that black and white become in the input.
  package static let inputRange: ClosedRange<Float> = 0...1

  /// Numbers of one anchor: centre, size and seven points.
  private static let numbersPerAnchor = 18
  private static let anchors = AnchorGrid(
    size: inputSize, strides: [8, 16, 16, 16], anchorsPerLayer: 2)
  private var network: Network

  /// Loads the network.
  ///
  /// - Parameter shared: memory of a network that never runs at the same time.
  package init(
    from store: ModelStore, sharing shared: ActivationMemory? = nil
  ) throws(ModelError) {
    try self.init(network: store.network(.palmDetector, sharing: shared, isPacked: false))
  }

  /// Takes a network that must have the detector's shapes.
  init(network: consuming Network) throws(ModelError) {
    let (size, count) = (Self.inputSize, Self.anchors.centers.count)
    guard network.inputShape.dimensions == [1, size, size, 3],
      network.outputShapes.map(\.dimensions)
        == [[1, count, Self.numbersPerAnchor], [1, count, 1]]
    else {
      throw ModelError(.invalidGraph, file: network.name, "not a palm detector")
    }
    self.network = network
  }

  /// The places that look most like palms, best first, in 0–1 coordinates of the tensor.
  ///
  /// Whatever their scores are: the fingers of a hand that hides its palm still lead to it.
  ///
  /// - Parameters:
  ///   - count: how many at most.
  ///   - fill: writes the picture: row-major, RGB, each number in `inputRange`.
  package mutating func candidates(
    _ count: Int, fill: (inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> [PalmDetection] {
    try network.run(fill: fill)
    return network.withOutput(0) { boxes in
      network.withOutput(1) { logits in Self.best(count, boxes, logits) }
    }
  }

  private static func best(
    _ count: Int, _ boxes: Span<Float>, _ logits: Span<Float>
  ) -> [PalmDetection] {
    var found: [PalmDetection] = []
    let order = logits.indices.sorted { logits[$0] > logits[$1] }
    for anchor in order {
      guard found.count < count else { break }
      guard let palm = decode(boxes, anchor: anchor, score: sigmoid(logits[anchor])),
        !found.contains(where: { $0.isSame(as: palm) })
      else { continue }
      found.append(palm)
    }
    return found
  }

  /// Turns an anchor's 18 numbers into a detection; nil when they make no palm.
  ///
  /// Centre, size and seven points follow each other as `(x, y)`, in pixels of the tensor; centre
  /// and points are measured from the anchor. The first point is the wrist, the third the root of
  /// the middle finger.
  private static func decode(
    _ numbers: Span<Float>, anchor: Int, score: Float
  ) -> PalmDetection? {
    let start = numbersPerAnchor * anchor
    func pair(_ index: Int) -> Point2D {
      Point2D(Double(numbers[start + 2 * index]), Double(numbers[start + 2 * index + 1]))
        / Double(inputSize)
    }
    let origin = Point2D(anchors.centers[anchor])
    let size = pair(1)
    let palm = PalmDetection(
      center: origin + pair(0), side: max(size.x, size.y), wrist: origin + pair(2),
      middleFinger: origin + pair(4), score: score)
    guard palm.side > 0, palm.side.isFinite, palm.center.x.isFinite, palm.center.y.isFinite,
      (palm.middleFinger - palm.wrist).length.isFinite
    else { return nil }
    return palm
  }
}
