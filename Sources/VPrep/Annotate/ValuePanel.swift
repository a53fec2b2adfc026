internal import FaceModel
internal import MediaIO
internal import Services

/// The values of one frame as a table over a corner of the picture.
struct ValuePanel {
  /// A name and a value; an empty name and value are a gap.
  struct Row: Equatable {
    var label = ""
    var value = ""
  }

  /// The time, larger than the rest.
  let title: String
  let rows: [Row]

  /// Pixels along one dot of the font.
  private static let scale = 2
  private static let titleScale = 3
  private static let padding = 12
  private static let lineHeight = 20
  private static let titleHeight = 34
  private static let gapHeight = 9
  /// Least characters between a name and its value.
  private static let between = 2

  /// Reads the values of one frame.
  ///
  /// Light and sharpness are the face's where there is one, else the whole frame's. The eyes are
  /// height by width as measured: how open that is for this person is known at the clip's end.
  init(_ frame: FrameMeasurement) {
    title = frame.time.formatted(decimals: 3) + " S"
    let light = frame.face?.light ?? frame.light
    var rows = [
      Row(label: "FACES", value: frame.faceCount.map(String.init) ?? "-"),
      Row(label: "FRAME", value: frame.light.mean.formatted(decimals: 0)),
      Row(),
      Row(label: "LIGHT", value: light.mean.formatted(decimals: 0)),
      Row(label: "P05", value: light.p05.formatted(decimals: 0)),
      Row(label: "P95", value: light.p95.formatted(decimals: 0)),
      Row(
        label: "SHARP", value: (frame.face?.sharpness ?? frame.sharpness).formatted(decimals: 0)),
    ]
    if let face = frame.face { rows += Self.rows(face) }
    self.rows = rows
  }

  private static func rows(_ face: FaceMeasurement) -> [Row] {
    let eyes = [face.leftEyeOpen, face.rightEyeOpen].map { $0.formatted(decimals: 2) }
    return [
      Row(),
      Row(label: "WIDTH", value: face.widthPixels.formatted(decimals: 0) + " PX"),
      Row(label: "EYE GAP", value: face.interEyePixels.formatted(decimals: 0) + " PX"),
      Row(label: "YAW", value: degrees(face.yaw)),
      Row(label: "PITCH", value: degrees(face.pitch)),
      Row(label: "ROLL", value: degrees(face.roll)),
      Row(),
      Row(label: "EYE H/W", value: eyes.joined(separator: " ")),
      Row(label: "MOUTH", value: face.mouthOpen.formatted(decimals: 2)),
      Row(label: "MOUTH COVER", value: share(face.lowerFaceOcclusion)),
      Row(label: "EYE COVER", value: share(face.eyeOcclusion)),
      Row(label: "HAND", value: share(face.handOcclusion)),
    ]
  }

  private static func degrees(_ value: Double) -> String {
    let text = value.formatted(decimals: 0)
    return (text.hasPrefix("-") || text == "0" ? "" : "+") + text + "°"
  }

  private static func share(_ value: Double?) -> String {
    value.map { ($0 * 100).formatted(decimals: 0) + "%" } ?? "-"
  }

  /// Size in pixels.
  var size: (width: Int, height: Int) {
    let columns = rows.map { $0.label.count + Self.between + $0.value.count }.max() ?? 0
    let text = BitmapFont.advance * Self.scale * columns
    let height = rows.reduce(0) { $0 + Self.height($1) }
    return (
      max(text, BitmapFont.width(of: title) * Self.titleScale) + 2 * Self.padding,
      Self.titleHeight + height + 2 * Self.padding
    )
  }

  private static func height(_ row: Row) -> Int {
    row == Row() ? gapHeight : lineHeight
  }

  /// Draws with the top left corner at `x` and `y`.
  func draw(on picture: inout PictureBuffer, x: Int, y: Int, _ mask: inout CoverageMask) {
    let (width, height) = size
    mask.clear()
    mask.add(columns: x..<x + width, rows: y..<y + height)
    picture.paint(mask, .panel)
    let (left, top) = (x + Self.padding, y + Self.padding)
    mask.clear()
    mask.add(text: title, x: left, y: top, scale: Self.titleScale)
    place(at: top) { row, top in
      let end = x + width - Self.padding - BitmapFont.width(of: row.value) * Self.scale
      mask.add(text: row.value, x: end, y: top, scale: Self.scale)
    }
    picture.paint(mask, .text)
    mask.clear()
    place(at: top) { row, top in
      mask.add(text: row.label, x: left, y: top, scale: Self.scale)
    }
    picture.paint(mask, .label)
  }

  private func place(at top: Int, _ draw: (Row, Int) -> Void) {
    var top = top + Self.titleHeight
    for row in rows {
      draw(row, top)
      top += Self.height(row)
    }
  }
}
