import Testing

@testable import FaceModel
@testable import MediaIO
@testable import Services
@testable import VPrep

@Suite("Drawing on a picture")
struct AnnotateDrawingTests {
  /// Luma of every pixel, row by row.
  static func luma(_ picture: borrowing PictureBuffer) -> [[UInt8]] {
    picture.withPlane(0) { plane, shape in
      (0..<shape.height).map { y in (0..<shape.width).map { plane[y * shape.stride + $0] } }
    }
  }

  static func grey(width: Int, height: Int, _ level: UInt8 = 100) throws -> PictureBuffer {
    var picture = try PictureBuffer(width: width, height: height, file: "test")
    for index in 0..<3 {
      picture.withMutablePlane(index) { plane, _ in
        for sample in plane.indices { plane[sample] = index == 0 ? level : 128 }
      }
    }
    return picture
  }

  /// Landmarks on a spiral, so that no two are one.
  static func landmarks(center: Point2D, radius: Double) throws -> FaceLandmarks {
    let points = (0..<FaceLandmarks.count).map { index in
      let part = Double(index) / Double(FaceLandmarks.count)
      let turned = AffineTransform2D.rotation(part * 40)(Point2D(radius * part, 0))
      return Point3D(center.x + turned.x, center.y + turned.y, 0)
    }
    return try #require(FaceLandmarks(points: points, score: 1))
  }

  @Test("changes the pixels at the landmarks and on the box, and none beyond the box")
  func face() throws {
    let landmarks = try Self.landmarks(center: Point2D(150, 120), radius: 60)
    var picture = try Self.grey(width: 320, height: 240)
    var mask = CoverageMask(width: 320, height: 240)
    let drawing = FaceDrawing(landmarks, scale: Point2D(1, 1))
    drawing.draw(on: &picture, &mask)
    let luma = Self.luma(picture)
    #expect(
      landmarks.points.allSatisfy { point in
        // Inks that overlap may mix to the ground's own grey, but not all over a dot.
        let (x, y) = (Int(point.x), Int(point.y))
        return luma[y - 1...y + 1].contains { $0[x - 1...x + 1].contains { $0 != 100 } }
      })
    let box = drawing.box
    for x in Int(box.minX)...Int(box.maxX) {
      #expect(luma[Int(box.minY)][x] > 130 && luma[Int(box.maxY)][x] > 130)
    }
    // Half of the widest line with its halo.
    let reach = 8.0
    for (y, row) in luma.enumerated() {
      for (x, value) in row.enumerated() where value != 100 {
        #expect(Double(x) > box.minX - reach && Double(x) < box.maxX + reach)
        #expect(Double(y) > box.minY - reach && Double(y) < box.maxY + reach)
      }
    }
  }

  @Test("places landmarks by the picture's scale")
  func scaled() throws {
    let landmarks = try Self.landmarks(center: Point2D(300, 240), radius: 100)
    let drawing = FaceDrawing(landmarks, scale: Point2D(0.5, 0.25))
    let box = try #require(Rect2D(bounding: landmarks.points.map(\.xy)))
    #expect(drawing.box.minX == box.minX / 2 && drawing.box.maxY == box.maxY / 4)
  }

  @Test("draws other faces as boxes alone, in their own colour")
  func others() throws {
    var picture = try Self.grey(width: 64, height: 48)
    var mask = CoverageMask(width: 64, height: 48)
    let box = Rect2D(minX: 16, minY: 12, maxX: 48, maxY: 36)
    FaceDrawing.draw(others: [box], on: &picture, &mask)
    let luma = Self.luma(picture)
    #expect(luma[24][16] != 100 && luma[24][48] != 100 && luma[12][32] != 100)
    #expect(luma[24][32] == 100 && luma[24][4] == 100)
    let blue = picture.withPlane(1) { plane, shape in plane[12 * shape.stride + 8] }
    #expect(blue < 128)
  }

  @Test("outside the picture is left out", arguments: [-1e300, -500, 5000, 1e300])
  func outside(offset: Double) throws {
    let landmarks = try Self.landmarks(center: Point2D(offset, offset), radius: 30)
    var picture = try Self.grey(width: 64, height: 64)
    var mask = CoverageMask(width: 64, height: 64)
    FaceDrawing(landmarks, scale: Point2D(1, 1)).draw(on: &picture, &mask)
    #expect(Self.luma(picture).allSatisfy { $0.allSatisfy { $0 == 100 } })
  }

  @Test("colours the box by the worst that was found")
  func worst() {
    #expect(Ink.box([]) == .box && Ink.box([.warn]) == .warn)
    #expect(Ink.box([.fail, .warn]) == .fail && Ink.box([.warn, .fail]) == .fail)
  }

  @Test("mixes ink by coverage and opacity, in luma and chroma alike")
  func ink() throws {
    let red = Ink(red: 255, green: 0, blue: 0, opacity: 0.5)
    var picture = try Self.grey(width: 8, height: 8)
    var mask = CoverageMask(width: 8, height: 8)
    mask.add(columns: 2..<5, rows: 2..<4)
    picture.paint(mask, red)
    // BT.601: red is (76, 85, 255) as (Y, Cb, Cr).
    #expect(Self.luma(picture)[2] == [100, 100, 88, 88, 88, 100, 100, 100])
    let chroma = picture.withPlane(2) { plane, shape in
      (0..<shape.width).map { plane[shape.stride + $0] }
    }
    // One pixel of the third sample's two columns is covered.
    #expect(chroma == [128, 192, 160, 128])
  }
}

@Suite("The table of values")
struct AnnotatePanelTests {
  @Test("can be written in the font, every character of its own shape")
  func font() throws {
    let shapes = BitmapFont.glyphs
    #expect(Set(shapes.values).count == shapes.count)
    for rows in shapes.values {
      #expect(rows.count == BitmapFont.height && rows.allSatisfy { $0 < 1 << BitmapFont.width })
    }
    var frame = TimelineEntryTests.frame()
    frame.face?.lowerFaceOcclusion = 0.5
    frame.face?.yaw = 12
    for shown in [frame, FrameMeasurement(time: 0, light: TimelineEntryTests.light, sharpness: 1)] {
      let panel = ValuePanel(shown)
      let text = panel.title + panel.rows.map { $0.label + $0.value }.joined()
      #expect(text.filter { shapes[$0] == nil } == "")
    }
  }

  @Test("names each value")
  func values() {
    let rows = ValuePanel(TimelineEntryTests.frame()).rows
    func value(_ label: String) -> String? { rows.first { $0.label == label }?.value }
    #expect(ValuePanel(TimelineEntryTests.frame()).title == "1.235 S")
    #expect(value("FACES") == "1" && value("FRAME") == "99")
    #expect(value("LIGHT") == "120" && value("P05") == "40" && value("P95") == "200")
    #expect(value("SHARP") == "70" && value("WIDTH") == "280 PX" && value("EYE GAP") == "120 PX")
    #expect(value("YAW") == "-3°" && value("PITCH") == "+2°" && value("ROLL") == "+1°")
    #expect(value("EYE H/W") == "1.00 0.90" && value("MOUTH") == "0.10")
    #expect(value("MOUTH COVER") == "-" && value("EYE COVER") == "-")
  }

  @Test("can be read back dot by dot from the band beside the picture")
  func legible() throws {
    let panel = ValuePanel(TimelineEntryTests.frame())
    let page = try panel.beside(AnnotateDrawingTests.grey(width: 64, height: 48), file: "test")
    let luma = AnnotateDrawingTests.luma(page)
    let (left, top, scale) = (64 + 12, 12, 3)
    for (index, character) in panel.title.enumerated() {
      for (row, bits) in BitmapFont.rows(character).enumerated() {
        for column in 0..<BitmapFont.width {
          let x = left + (index * BitmapFont.advance + column) * scale + 1
          let value = luma[top + row * scale + 1][x]
          let isDot = bits >> (BitmapFont.width - 1 - column) & 1 == 1
          #expect(isDot ? value == 255 : value < 50, "\(character), row \(row), column \(column)")
        }
      }
    }
  }

  @Test(
    "hides nothing of the picture, and is as tall as the taller of the two",
    arguments: [(64, 48), (320, 1280), (1280, 2), (66, 402)])
  func beside(width: Int, height: Int) throws {
    let panel = ValuePanel(TimelineEntryTests.frame())
    let page = try panel.beside(
      AnnotateDrawingTests.grey(width: width, height: height), file: "test")
    #expect(page.width == width + ValuePanel.width)
    #expect(page.height == max(height, (panel.height + 1) & ~1))
    let shown = AnnotateDrawingTests.luma(page).prefix(height).map { $0.prefix(width) }
    #expect(shown.allSatisfy { $0.allSatisfy { $0 == 100 } })
  }

  @Test("has room for the longest values")
  func room() {
    var frame = TimelineEntryTests.frame()
    frame.face?.widthPixels = 12_345
    frame.face?.lowerFaceOcclusion = 1
    let longest = ValuePanel(frame).rows.map { $0.label.count + $0.value.count }.max() ?? 0
    #expect(longest < ValuePanel.columns)
  }
}
