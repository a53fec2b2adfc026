extension ClipMeasurements {
  /// Fewest faces in a row from which a flicker can be told.
  private static let leastFaces = 6

  /// How much the face's light changes from frame to frame, as a part of it; `nil` for a few frames.
  ///
  /// The median of |a − 2b + c| ÷ 2 over the mean lumas of three frames in a row, so that light which
  /// grows or falls steadily has none, divided by the median luma.
  var flicker: Double? {
    var changes: [Double] = []
    for (index, frame) in frames.enumerated().dropFirst().dropLast() {
      guard let before = frames[index - 1].face, let face = frame.face,
        let after = frames[index + 1].face
      else { continue }
      changes.append((before.light.mean - 2 * face.light.mean + after.light.mean).magnitude / 2)
    }
    guard changes.count + 2 >= Self.leastFaces, let change = Statistics.median(changes),
      let mean = Statistics.median(frames.compactMap { $0.face?.light.mean }), mean > 0
    else { return nil }
    return change / mean
  }
}
