internal import FaceModel
internal import MediaIO
internal import Services

/// Telling frames side by side on one picture, for a ticket.
package enum ContactSheet {
  /// Pictures in a row.
  private static let columns = 3
  /// Pixels between pictures, and around them.
  private static let gap = 12
  /// Pixels along one dot of the font.
  private static let scale = 2
  private static let lineHeight = 20
  /// Lines below a picture: its time, and what it shows.
  private static let captionLines = 4
  /// Luma of the ground.
  private static let ground: UInt8 = 28
  /// libjpeg's quality.
  private static let quality = 88

  /// The sheet of a report as JPEG.
  ///
  /// Throws where the report has no frames: it was made without an illustration, or none was measured.
  package static func jpeg(_ report: ReportDocument) throws(VPrepError) -> [UInt8] {
    let file = report.input.path
    guard let figures = report.illustration?.figures, !figures.isEmpty else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: file,
        message: "no frame was measured, so there is nothing for a contact sheet")
    }
    return try VPrepError.wrapping { () throws(MediaError) in try draw(figures, file) }
  }

  private static func draw(
    _ figures: [Illustration.Figure], _ file: String
  ) throws(MediaError) -> [UInt8] {
    let columns = min(Self.columns, figures.count)
    let rows = (figures.count + columns - 1) / columns
    let width = (figures.map(\.width).max() ?? 0) + gap
    let height = (figures.map(\.height).max() ?? 0) + gap + captionLines * lineHeight
    var sheet = try PictureBuffer(
      width: (columns * width + gap) & ~1, height: (rows * height + gap) & ~1, file: file)
    sheet.fill(luma: ground)
    var mask = CoverageMask(width: sheet.width, height: sheet.height)
    for (index, figure) in figures.enumerated() {
      let x = gap + index % columns * width
      let y = gap + index / columns * height
      if let picture = try picture(figure, file) { sheet.paste(picture, x: x, y: y) }
      write(figure, on: &sheet, x: x, y: y + figure.height + gap / 2, &mask)
    }
    return try JPEGEncoder.encode(sheet, quality: quality, file: file)
  }

  /// A frame with what was found drawn on it.
  private static func picture(
    _ figure: Illustration.Figure, _ file: String
  ) throws(MediaError) -> PictureBuffer? {
    guard let jpeg = JPEGDataURI.bytes(figure.image) else { return nil }
    let stored = StoredPicture(.bytes(jpeg, name: file), name: file)
    guard var picture = try stored.read(shortestSide: .max) else { return nil }
    try picture.makeWritable(file: file)
    var mask = CoverageMask(width: picture.width, height: picture.height)
    FaceDrawing.draw(others: figure.others.map(Rect2D.init), on: &picture, &mask)
    if let face = figure.face {
      FaceDrawing(face).draw(on: &picture, &mask, box: .box(figure.frame.reasons.map(\.severity)))
    }
    return picture
  }

  private static func write(
    _ figure: Illustration.Figure, on sheet: inout PictureBuffer, x: Int, y: Int,
    _ mask: inout CoverageMask
  ) {
    let frame = figure.frame
    let most = figure.width / (BitmapFont.advance * scale)
    var lines = [
      (frame.t.formatted(decimals: 2) + " S" + (frame.isBest ? "  BEST" : ""), Ink.text)
    ]
    lines += frame.reasons.prefix(captionLines - 1).map { reason in
      let code = reason.code.split(separator: ".").last ?? ""
      return (code.uppercased(), reason.severity == .fail ? .fail : .warn)
    }
    for (index, (text, ink)) in lines.enumerated() {
      mask.clear()
      mask.add(text: String(text.prefix(most)), x: x, y: y + index * lineHeight, scale: scale)
      sheet.paint(mask, ink)
    }
  }
}

extension Rect2D {
  /// A box of an outline.
  init(_ box: FaceOutline.Box) {
    self.init(minX: box.x, minY: box.y, maxX: box.x + box.width, maxY: box.y + box.height)
  }
}
