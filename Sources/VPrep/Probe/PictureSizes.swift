internal import MediaIO

/// The sizes of a clip's pictures as a viewer sees them, where they were decoded.
struct PictureSizes: Sendable, Equatable {
  /// In the order of presentation; empty where too few pictures were decoded to tell.
  let runs: [PictureRun]

  init(_ runs: [PictureRun] = []) { self.runs = runs }

  var isConstant: Bool { runs.count < 2 }

  /// Shapes whose sides' ratios differ by less are one: sizes are rounded.
  private static let sameShape = 0.02

  /// The one size for all frames of an output: the largest of the shape that is shown longest, so
  /// that nothing is lost; `nil` if nothing was decoded.
  ///
  /// - Parameter kept: the window that is kept, on the stream's clock.
  func common(in kept: Range<Double>) -> (width: Int, height: Int)? {
    var shapes: [(size: (width: Int, height: Int), seconds: Double)] = []
    for (index, run) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].start : kept.upperBound
      let seconds = min(end, kept.upperBound) - max(run.start, kept.lowerBound)
      guard seconds > 0 else { continue }
      let size = (run.width, run.height)
      if let known = shapes.firstIndex(where: { Self.isSameShape($0.size, size) }) {
        shapes[known].seconds += seconds
        if run.width > shapes[known].size.width { shapes[known].size = size }
      } else {
        shapes.append((size, seconds))
      }
    }
    // Of two that are shown equally long the first stays.
    guard var longest = shapes.first else { return runs.first.map { ($0.width, $0.height) } }
    for shape in shapes where shape.seconds > longest.seconds { longest = shape }
    return longest.size
  }

  /// Whether pictures of another shape than `size` are shown.
  func holdsOtherShapes(than size: (width: Int, height: Int)) -> Bool {
    runs.contains { !Self.isSameShape(($0.width, $0.height), size) }
  }

  static func isSameShape(
    _ first: (width: Int, height: Int), _ second: (width: Int, height: Int)
  ) -> Bool {
    let one = Double(first.width) * Double(second.height)
    let other = Double(second.width) * Double(first.height)
    return abs(one - other) <= sameShape * max(one, other)
  }

  /// A sentence about a clip whose pictures change their size; `nil` for any other.
  ///
  /// - Parameter origin: when the clip's first picture is shown, on the stream's clock.
  func note(from origin: Double) -> String? {
    guard runs.count > 1 else { return nil }
    let (before, after) = (runs[0], runs[1])
    let time = max(0, after.start - origin).formatted(decimals: 2)
    let sizes = "from \(before.width)×\(before.height) to \(after.width)×\(after.height)"
    if runs.count == 2 { return "the frames change their size at \(time) s, \(sizes)" }
    return "the frames change their size \(runs.count - 1) times, first at \(time) s, \(sizes)"
  }
}
