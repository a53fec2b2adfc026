internal import FaceModel
package import Kernels

/// How the picture that a viewer sees lies in the stored luma plane.
///
/// Faces are found, followed and measured in the upright picture with square pixels; no such picture
/// is ever made. Positions are continuous, as in `AffineTransform2D`.
package struct UprightGeometry: Equatable, Sendable {
  /// Size of the upright picture in pixels.
  package let width: Int
  package let height: Int
  /// From upright positions to positions in the stored luma plane.
  let storedFromUpright: AffineTransform2D

  /// Of no picture yet.
  static let empty = UprightGeometry(
    storedWidth: 0, storedHeight: 0, pixelAspect: 1, orientation: .upright)

  /// Of a picture, by its own size and shape of pixels.
  init(_ picture: borrowing some Picture, _ orientation: Orientation) {
    self.init(
      storedWidth: picture.width, storedHeight: picture.height, pixelAspect: picture.pixelAspect,
      orientation: orientation)
  }

  /// - Parameters:
  ///   - storedWidth: size of the decoded picture, as is `storedHeight`.
  ///   - pixelAspect: width of a pixel by its height; 0 where nothing tells.
  package init(
    storedWidth: Int, storedHeight: Int, pixelAspect: Double, orientation: Orientation
  ) {
    let aspect = pixelAspect > 0 ? pixelAspect : 1
    let squareWidth = max(1, (Double(storedWidth) * aspect).rounded())
    let squareHeight = Double(max(1, storedHeight))
    let (uprightWidth, uprightHeight) =
      orientation.swapsAxes ? (squareHeight, squareWidth) : (squareWidth, squareHeight)
    width = Int(uprightWidth)
    height = Int(uprightHeight)
    let unmirrored: AffineTransform2D =
      orientation.mirrored
      ? AffineTransform2D(a: -1, b: 0, c: 0, d: 1, tx: uprightWidth, ty: 0) : .identity
    // A clockwise quarter turn takes (x, y) to (height − y, x); these are the ways back.
    let unturned: AffineTransform2D =
      switch orientation.quarterTurns {
      case 1: AffineTransform2D(a: 0, b: -1, c: 1, d: 0, tx: 0, ty: squareHeight)
      case 2: AffineTransform2D(a: -1, b: 0, c: 0, d: -1, tx: squareWidth, ty: squareHeight)
      case 3: AffineTransform2D(a: 0, b: 1, c: -1, d: 0, tx: squareWidth, ty: 0)
      default: .identity
      }
    storedFromUpright = unmirrored.then(unturned)
      .then(.scaling(Double(storedWidth) / squareWidth, 1))
  }

  /// The map that fills a network's tensor from the stored plane.
  func sampling(_ transform: TensorTransform) -> AffineMap {
    let map = transform.pictureFromTensor.then(storedFromUpright)
    return AffineMap(map.a, map.c, map.tx, map.b, map.d, map.ty)
  }
}
