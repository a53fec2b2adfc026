internal import FaceModel
internal import MediaIO
internal import Services

/// The values of one frame as a table in a band beside the picture.
struct ValuePanel {
  /// A name and a value; an empty name and value are a gap.
  struct Row: Equatable {
    var label = ""
    var value = ""
    /// The worst limit that the value crosses; `nil` for none.
    var severity: Severity?
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
  /// Characters in a line.
  ///
  /// All pictures of a clip have one width, so that they can be made into a film.
  static let columns = 20
  /// Pixels that a band is wide; even, as a picture must be.
  static let width = (BitmapFont.advance * scale * columns + 2 * padding + 1) & ~1
  /// Luma of the band.
  private static let ground: UInt8 = 28

  /// Reads the values of one frame.
  ///
  /// - Parameter crossings: the limits that the frame crosses, by measure.
  ///
  /// Light and sharpness are the face's where there is one, else the whole frame's. The eyes are
  /// height by width as measured: how open that is for this person is known at the clip's end.
  init(_ frame: FrameMeasurement, _ crossings: [String: Severity] = [:]) {
    title = frame.time.formatted(decimals: 3) + " S"
    let light = frame.face?.light ?? frame.light
    var rows = [
      Row(label: "FACES", value: frame.faceCount.map(String.init) ?? "-"),
      Row(label: "FRAME", value: frame.light.mean.formatted(decimals: 0)),
      Row(),
      Row(
        label: "LIGHT", value: light.mean.formatted(decimals: 0),
        severity: crossings[frame.face == nil ? "brightness.frameMean" : "brightness.faceMean"]),
      Row(label: "P05", value: light.p05.formatted(decimals: 0)),
      Row(label: "P95", value: light.p95.formatted(decimals: 0)),
      Row(
        label: "SHARP", value: (frame.face?.sharpness ?? frame.sharpness).formatted(decimals: 0),
        severity: crossings["sharpness.face"]),
    ]
    if let face = frame.face { rows += Self.rows(face, crossings) }
    self.rows = rows
  }

  private static func rows(_ face: FaceMeasurement, _ crossings: [String: Severity]) -> [Row] {
    let eyes = [face.leftEyeOpen, face.rightEyeOpen].map { $0.formatted(decimals: 2) }
    return [
      Row(),
      Row(
        label: "WIDTH", value: face.widthPixels.formatted(decimals: 0) + " PX",
        severity: crossings["face.widthPixels"]),
      Row(
        label: "EYE GAP", value: face.interEyePixels.formatted(decimals: 0) + " PX",
        severity: crossings["face.interEyePixels"]),
      Row(label: "YAW", value: degrees(face.yaw), severity: crossings["face.yaw"]),
      Row(label: "PITCH", value: degrees(face.pitch), severity: crossings["face.pitch"]),
      Row(label: "ROLL", value: degrees(face.roll), severity: crossings["face.roll"]),
      Row(),
      Row(label: "EYE H/W", value: eyes.joined(separator: " ")),
      Row(
        label: "MOUTH", value: face.mouthOpen.formatted(decimals: 2),
        severity: crossings["face.mouthOpen"]),
      Row(
        label: "MOUTH COVER", value: share(face.lowerFaceOcclusion),
        severity: crossings["face.lowerFaceOcclusion"]),
      Row(
        label: "EYE COVER", value: share(face.eyeOcclusion),
        severity: crossings["face.eyeOcclusion"]),
      Row(
        label: "HAND", value: share(face.handOcclusion), severity: crossings["face.handOcclusion"]),
    ]
  }

  private static func degrees(_ value: Double) -> String {
    let text = value.formatted(decimals: 0)
    return (text.hasPrefix("-") || text == "0" ? "" : "+") + text + "°"
  }

  private static func share(_ value: Double?) -> String {
    value.map { ($0 * 100).formatted(decimals: 0) + "%" } ?? "-"
  }

  /// Pixels from the first line's upper edge to the last one's lower edge, and as much space around.
  var height: Int {
    rows.reduce(Self.titleHeight + 2 * Self.padding) { $0 + Self.height($1) }
  }

  private static func height(_ row: Row) -> Int {
    row == Row() ? gapHeight : lineHeight
  }

  /// A picture with the table in a dark band at its right.
  ///
  /// The result is as tall as the taller of the two.
  func beside(
    _ picture: borrowing PictureBuffer, file: String
  ) throws(MediaError) -> PictureBuffer {
    var page = try PictureBuffer(
      width: (picture.width & ~1) + Self.width, height: (max(picture.height, height) + 1) & ~1,
      file: file)
    page.fill(luma: Self.ground)
    page.paste(picture, x: 0, y: 0)
    var mask = CoverageMask(width: page.width, height: page.height)
    draw(on: &page, x: picture.width & ~1, &mask)
    return page
  }

  private func draw(on page: inout PictureBuffer, x: Int, _ mask: inout CoverageMask) {
    let (left, top) = (x + Self.padding, Self.padding)
    for (severity, ink) in [(nil, Ink.text), (Severity.warn, .warn), (.fail, .fail)] {
      mask.clear()
      if severity == nil { mask.add(text: title, x: left, y: top, scale: Self.titleScale) }
      place(at: top) { row, top in
        guard row.severity == severity else { return }
        let end = x + Self.width - Self.padding - BitmapFont.width(of: row.value) * Self.scale
        mask.add(text: row.value, x: end, y: top, scale: Self.scale)
      }
      page.paint(mask, ink)
    }
    mask.clear()
    place(at: top) { row, top in
      mask.add(text: row.label, x: left, y: top, scale: Self.scale)
    }
    page.paint(mask, .label)
  }

  private func place(at top: Int, _ draw: (Row, Int) -> Void) {
    var top = top + Self.titleHeight
    for row in rows {
      draw(row, top)
      top += Self.height(row)
    }
  }
}
