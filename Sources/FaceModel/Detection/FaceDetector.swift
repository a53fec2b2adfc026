/// Finds the faces in a picture.
///
/// Source: BlazeFace (Bazarevsky et al., 2019) as published in MediaPipe, with the parameters of
/// MediaPipe's face detection graphs.
package struct FaceDetector: ~Copyable, Sendable {
  /// Which of the two networks.
  package enum Range: Sendable, CaseIterable {
    /// Faces of at least about a tenth of the picture: 128×128, 896 anchors.
    case short
    /// Smaller faces too: 192×192, 2304 anchors.
    case full

    var file: FaceModelFile {
      switch self {
      case .short: .shortRangeDetector
      case .full: .fullRangeDetector
      }
    }

    /// Side of the square input in pixels.
    package var inputSize: Int {
      switch self {
      case .short: 128
      case .full: 192
      }
    }

    var anchors: AnchorGrid {
      switch self {
      case .short: AnchorGrid(size: 128, strides: [8, 16, 16, 16], anchorsPerLayer: 2)
      case .full: AnchorGrid(size: 192, strides: [4], anchorsPerLayer: 1)
      }
    }

    /// The score from which a detection counts.
    ///
    /// Source: `min_score_thresh` of MediaPipe's face detection graphs.
    package var defaultScore: Float {
      switch self {
      case .short: 0.5
      case .full: 0.6
      }
    }
  }

  /// The numbers that black and white become in the input.
  package static let inputRange: ClosedRange<Float> = -1...1
  /// Which network it is.
  package let range: Range
  private let anchors: AnchorGrid
  private var network: Network

  /// Loads the network.
  ///
  /// - Parameter shared: memory of a network that never runs at the same time.
  package init(
    _ range: Range, from store: ModelStore, sharing shared: ActivationMemory? = nil
  ) throws(ModelError) {
    try self.init(range, network: store.network(range.file, sharing: shared))
  }

  /// Takes a network that must have the detector's shapes.
  init(_ range: Range, network: consuming Network) throws(ModelError) {
    let anchors = range.anchors
    let count = anchors.centers.count
    let size = range.inputSize
    let outputs = network.outputShapes.map(\.dimensions)
    guard network.inputShape.dimensions == [1, size, size, 3],
      outputs == [[1, count, 16], [1, count, 1]]
    else {
      throw ModelError(.invalidGraph, file: network.name, "not a face detector of \(size)²")
    }
    self.range = range
    self.anchors = anchors
    self.network = network
  }

  /// How the whole picture is put into the input.
  ///
  /// - Parameter margin: side of the input by that of the picture in it, at least 1.
  package func letterbox(
    pictureWidth: Int, pictureHeight: Int, margin: Double = 1
  ) -> TensorTransform {
    .letterbox(
      pictureWidth: pictureWidth, pictureHeight: pictureHeight, width: range.inputSize,
      height: range.inputSize, margin: margin)
  }

  /// Every place that the network takes for a face, several for each face, in 0–1 coordinates of the
  /// tensor.
  ///
  /// - Parameters:
  ///   - threshold: 0–1.
  ///   - fill: writes the picture: row-major, RGB, each number in `inputRange`.
  package mutating func candidates(
    minimumScore threshold: Float,
    fill: (inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> [FaceDetection] {
    try network.run(fill: fill)
    var candidates: [FaceDetection] = []
    network.withOutput(0) { boxes in
      network.withOutput(1) { logits in
        for anchor in anchors.centers.indices {
          let score = sigmoid(logits[anchor])
          guard score >= threshold else { continue }
          if let detection = decode(boxes, anchor: anchor, score: score) {
            candidates.append(detection)
          }
        }
      }
    }
    return candidates
  }

  /// Turns an anchor's 16 numbers into a detection; nil when they make no box.
  ///
  /// Centre, size and six points follow each other as `(x, y)`, in pixels of the tensor; centre
  /// and points are measured from the anchor.
  /// Source: MediaPipe's `TensorsToDetectionsCalculator` with `reverse_output_order`.
  private func decode(
    _ numbers: Span<Float>, anchor: Int, score: Float
  ) -> FaceDetection? {
    let size = Double(range.inputSize)
    let start = 16 * anchor
    func pair(_ index: Int) -> Point2D {
      Point2D(Double(numbers[start + 2 * index]), Double(numbers[start + 2 * index + 1])) / size
    }
    let origin = Point2D(anchors.centers[anchor])
    let center = origin + pair(0)
    let half = pair(1) / 2
    let box = Rect2D(
      minX: center.x - half.x, minY: center.y - half.y, maxX: center.x + half.x,
      maxY: center.y + half.y)
    guard box.width > 0, box.height > 0, box.area.isFinite, center.x.isFinite, center.y.isFinite
    else { return nil }
    let keypoints = FaceDetection.Keypoint.allCases.map { origin + pair(2 + $0.rawValue) }
    return FaceDetection(box: box, keypoints: keypoints, score: score)
  }
}
