import Foundation
import Kernels

extension AffineMap {
  /// The map under which an output picture shows a rectangle of the input.
  ///
  /// - Parameters:
  ///   - centerX: of the rectangle in the input, as is `centerY`.
  ///   - width: of the rectangle in input samples, as is `height`, along its own sides.
  ///   - angle: by which the rectangle is turned clockwise on the screen, in radians.
  ///   - outputWidth: of the output picture, as is `outputHeight`.
  init(
    centerX: Double, centerY: Double, width: Double, height: Double, angle: Double = 0,
    outputWidth: Int, outputHeight: Int
  ) {
    let across = width / Double(outputWidth)
    let down = height / Double(outputHeight)
    let (sine, cosine) = (sin(angle), cos(angle))
    self.init(
      cosine * across, -sine * down, centerX - (cosine * width - sine * height) / 2,
      sine * across, cosine * down, centerY - (sine * width + cosine * height) / 2)
  }
}
