/// A tensor's checked shape: at most six positive dimensions whose product is known not to overflow.
package struct TensorShape: Equatable, Sendable, CustomStringConvertible {
  package let dimensions: [Int]
  /// Number of elements.
  package let count: Int

  /// Checks dimensions against `TFLiteFile.Limit`; nil when one is zero, negative or too large.
  init?(_ dimensions: [Int]) {
    guard dimensions.count <= TFLiteFile.Limit.rank else { return nil }
    var count = 1
    for dimension in dimensions {
      guard dimension >= 1, dimension <= TFLiteFile.Limit.dimension else { return nil }
      // At most 2^22 · 2^16 before the check: no overflow.
      count *= dimension
      guard count <= TFLiteFile.Limit.elements else { return nil }
    }
    self.dimensions = dimensions
    self.count = count
  }

  var rank: Int { dimensions.count }

  package var description: String {
    "[" + dimensions.map(String.init).joined(separator: "×") + "]"
  }
}

/// The shape of an activation: one picture of `height` × `width` pixels of `channels` numbers each.
struct ImageShape: Equatable {
  let height: Int
  let width: Int
  let channels: Int

  /// Nil unless the shape is `[1, height, width, channels]`.
  init?(_ shape: TensorShape) {
    guard shape.rank == 4, shape.dimensions[0] == 1 else { return nil }
    height = shape.dimensions[1]
    width = shape.dimensions[2]
    channels = shape.dimensions[3]
  }

  init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Whether it is a single pixel, which files also describe as `[1, channels]`.
  var isPixel: Bool { height == 1 && width == 1 }

  /// The tensor's dimensions, batch first.
  var dimensions: [Int] { [1, height, width, channels] }
}
