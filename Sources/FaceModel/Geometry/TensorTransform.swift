/// Which part of the upright picture a network's input tensor shows, and how to get back.
///
/// The caller fills the tensor by this map; what a network reports in the tensor's own 0–1
/// coordinates is mapped back by it.
package struct TensorTransform: Equatable, Sendable {
  /// Size of the tensor in pixels.
  package let width: Int
  package let height: Int
  /// From continuous tensor coordinates (pixels) to continuous picture coordinates.
  package let pictureFromTensor: AffineTransform2D

  package init(width: Int, height: Int, pictureFromTensor: AffineTransform2D) {
    self.width = width
    self.height = height
    self.pictureFromTensor = pictureFromTensor
  }

  /// The whole picture, centred and as large as fits; what it does not cover is to be black.
  ///
  /// - Parameter margin: side of the tensor by that of the picture in it, at least 1.
  package static func letterbox(
    pictureWidth: Int, pictureHeight: Int, width: Int, height: Int, margin: Double = 1
  ) -> Self {
    let scale =
      margin
      * max(Double(pictureWidth) / Double(width), Double(pictureHeight) / Double(height))
    return Self(
      width: width, height: height,
      pictureFromTensor: AffineTransform2D(
        a: scale, b: 0, c: 0, d: scale,
        tx: (Double(pictureWidth) - scale * Double(width)) / 2,
        ty: (Double(pictureHeight) - scale * Double(height)) / 2))
  }

  /// A turned square of the picture.
  ///
  /// - Parameter mirrored: whether the tensor shows it with left and right exchanged.
  package static func region(
    _ region: RegionOfInterest, width: Int, height: Int, mirrored: Bool = false
  ) -> Self {
    let scaleX = region.side / Double(width) * (mirrored ? -1 : 1)
    let scaleY = region.side / Double(height)
    return Self(
      width: width, height: height,
      pictureFromTensor:
        AffineTransform2D
        .translation(-Double(width) / 2, -Double(height) / 2)
        .then(.scaling(scaleX, scaleY))
        .then(.rotation(region.rotation))
        .then(.translation(region.center.x, region.center.y)))
  }

  /// From tensor coordinates scaled to 0–1 to picture coordinates.
  package var pictureFromNormalized: AffineTransform2D {
    AffineTransform2D.scaling(Double(width), Double(height)).then(pictureFromTensor)
  }

  /// Pixels of the picture along one pixel of the tensor, for lengths across the picture plane.
  package var scale: Double { abs(pictureFromTensor.determinant).squareRoot() }
}
