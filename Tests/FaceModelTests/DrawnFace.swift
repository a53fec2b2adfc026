@testable import FaceModel

/// A face drawn with ellipses, plain enough to draw in whole numbers and good enough that all four
/// networks take it for a face.
///
/// It lies in a square of 1024 units; `make_references.py` draws the same.
struct DrawnFace: Sendable {
  typealias Color = SIMD3<Int>

  struct Ellipse: Sendable {
    var x: Int
    var y: Int
    var radiusX: Int
    var radiusY: Int
    var color: Color
    /// How much darker the edge is than the centre.
    var shading = 0
  }

  var ellipses: [Ellipse]

  /// Where the eyes' middles are drawn.
  static let leftEye = Point2D(408, 494)
  static let rightEye = Point2D(616, 494)

  init(eyesOpen: Bool = true, mouthOpen: Bool = false) {
    let lid = Color(196, 142, 118)
    ellipses = [
      Ellipse(x: 512, y: 1150, radiusX: 330, radiusY: 330, color: Color(60, 70, 110)),
      Ellipse(x: 512, y: 430, radiusX: 300, radiusY: 340, color: Color(58, 40, 30)),
      Ellipse(x: 512, y: 800, radiusX: 110, radiusY: 190, color: Color(176, 128, 104)),
      Ellipse(x: 512, y: 520, radiusX: 240, radiusY: 310, color: Color(224, 172, 144), shading: 48),
      Ellipse(x: 512, y: 300, radiusX: 190, radiusY: 110, color: Color(226, 176, 148)),
      Ellipse(x: 405, y: 430, radiusX: 70, radiusY: 18, color: Color(70, 48, 38)),
      Ellipse(x: 619, y: 430, radiusX: 70, radiusY: 18, color: Color(70, 48, 38)),
      Ellipse(x: 408, y: 490, radiusX: 62, radiusY: 38, color: lid),
      Ellipse(x: 616, y: 490, radiusX: 62, radiusY: 38, color: lid),
    ]
    for x in [408, 616] {
      ellipses += Self.eye(x, open: eyesOpen)
    }
    // Drawn side by side in the reference; eyes do not overlap, so the order does not matter.
    ellipses += [
      Ellipse(x: 512, y: 560, radiusX: 26, radiusY: 95, color: Color(236, 186, 158)),
      Ellipse(x: 512, y: 640, radiusX: 58, radiusY: 30, color: Color(206, 150, 124)),
      Ellipse(x: 488, y: 652, radiusX: 14, radiusY: 9, color: Color(110, 66, 54)),
      Ellipse(x: 536, y: 652, radiusX: 14, radiusY: 9, color: Color(110, 66, 54)),
    ]
    let (lips, gap) = mouthOpen ? (72, 52) : (34, 7)
    ellipses += [
      Ellipse(x: 512, y: 738, radiusX: 88, radiusY: lips, color: Color(186, 92, 88)),
      Ellipse(x: 512, y: 738, radiusX: 70, radiusY: gap, color: Color(96, 36, 40)),
    ]
  }

  private static func eye(_ x: Int, open: Bool) -> [Ellipse] {
    guard open else {
      return [Ellipse(x: x, y: 506, radiusX: 50, radiusY: 4, color: Color(96, 60, 48))]
    }
    return [
      Ellipse(x: x, y: 494, radiusX: 50, radiusY: 22, color: Color(240, 236, 232)),
      Ellipse(x: x, y: 494, radiusX: 21, radiusY: 21, color: Color(80, 56, 40)),
      Ellipse(x: x, y: 494, radiusX: 10, radiusY: 10, color: Color(16, 12, 12)),
    ]
  }

  /// The colour at a point, 0–255 each.
  func color(_ x: Int, _ y: Int) -> Color {
    // What is drawn last lies on top.
    var index = ellipses.count - 1
    while index >= 0 {
      let ellipse = ellipses[index]
      index -= 1
      let (offX, offY) = (x - ellipse.x, y - ellipse.y)
      guard abs(offX) <= ellipse.radiusX, abs(offY) <= ellipse.radiusY else { continue }
      let (dx, dy) = (offX * ellipse.radiusY, offY * ellipse.radiusX)
      let distance = dx * dx + dy * dy
      let radius = ellipse.radiusX * ellipse.radiusX * ellipse.radiusY * ellipse.radiusY
      guard distance <= radius else { continue }
      if ellipse.shading == 0 { return ellipse.color }
      return ellipse.color &- Color(repeating: distance * ellipse.shading / radius)
    }
    return Color(96 + y / 16, 112 + y / 16, 120 + x / 16)
  }

  /// Part of the drawing as a network's input, in whole numbers: the input of the references.
  ///
  /// - Parameter signed: −1…1 instead of 0…1.
  func tensor(size: Int, left: Int, top: Int, side: Int, signed: Bool) -> [Float] {
    var tensor: [Float] = []
    for v in 0..<size {
      for u in 0..<size {
        let color = color(
          left + (2 * u + 1) * side / (2 * size), top + (2 * v + 1) * side / (2 * size))
        for channel in 0..<3 {
          let value = Float(color[channel]) / 255
          tensor.append(signed ? value * 2 - 1 : value)
        }
      }
    }
    return tensor
  }
}

/// A picture that shows a drawn face, seen through tensor transforms.
struct DrawnPicture: Sendable {
  var face = DrawnFace()
  let width: Int
  let height: Int
  /// From the drawing's 1024 units to picture coordinates.
  let pictureFromFace: AffineTransform2D

  /// - Parameters:
  ///   - side: pixels that the drawing's 1024 units take.
  ///   - center: where the drawing's middle lies, in 0–1 of the picture.
  ///   - roll: degrees clockwise.
  init(
    width: Int = 640, height: Int = 480, side: Double = 400, center: Point2D = Point2D(0.5, 0.5),
    roll: Double = 0, mirrored: Bool = false, face: DrawnFace = DrawnFace()
  ) {
    self.face = face
    self.width = width
    self.height = height
    pictureFromFace = AffineTransform2D.translation(-512, -512)
      .then(.scaling(side / 1024 * (mirrored ? -1 : 1), side / 1024))
      .then(.rotation(roll * .pi / 180))
      .then(.translation(center.x * Double(width), center.y * Double(height)))
  }

  /// A place of the drawing in the picture.
  func position(_ point: Point2D) -> Point2D { pictureFromFace(point) }

  /// Fills a tensor with what the transform shows, one sample a pixel, black outside the picture.
  func fill(
    _ transform: TensorTransform, _ range: ClosedRange<Float>, _ span: inout MutableSpan<Float>
  ) {
    guard let faceFromPicture = pictureFromFace.inverse else { return }
    let (toPicture, toFace) = (
      transform.pictureFromTensor, transform.pictureFromTensor.then(faceFromPicture)
    )
    let (low, extent) = (range.lowerBound, (range.upperBound - range.lowerBound) / 255)
    let (right, bottom) = (Double(width), Double(height))
    var index = 0
    for v in 0..<transform.height {
      let y = Double(v) + 0.5
      for u in 0..<transform.width {
        let x = Double(u) + 0.5
        // Written out: these loops run in debug builds.
        let pictureX = toPicture.a * x + toPicture.c * y + toPicture.tx
        let pictureY = toPicture.b * x + toPicture.d * y + toPicture.ty
        var color = DrawnFace.Color.zero
        if pictureX >= 0, pictureY >= 0, pictureX < right, pictureY < bottom {
          let faceX = toFace.a * x + toFace.c * y + toFace.tx
          let faceY = toFace.b * x + toFace.d * y + toFace.ty
          color = face.color(min(max(Int(faceX), 0), 1023), min(max(Int(faceY), 0), 1023))
        }
        span[index] = low + extent * Float(color.x)
        span[index + 1] = low + extent * Float(color.y)
        span[index + 2] = low + extent * Float(color.z)
        index += 3
      }
    }
  }
}
