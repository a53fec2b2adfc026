import Kernels

/// Sizes around the widths of vector registers, with and without padding between the rows.
enum Shapes {
  /// From one sample to a few registers a row.
  static let all: [PlaneShape] = sizes.flatMap { width, height in
    [0, 1, 13].map { PlaneShape(width: width, height: height, stride: width + $0) }
  }

  private static let sizes = [
    (1, 1), (1, 7), (2, 2), (3, 3), (5, 4), (8, 8), (15, 6), (16, 16), (17, 5), (31, 9), (32, 4),
    (33, 33), (63, 3), (64, 18), (65, 7), (66, 66), (96, 5), (127, 17), (129, 10), (200, 31),
  ]
}
