internal import CFFmpeg
package import Kernels

/// Converts decoded frames to what an encoder or a JPEG needs: progressive, upright, square pixels,
/// even sides, 8-bit 4:2:0, one colour description.
///
/// A frame that needs no conversion passes through untouched. A frame of another shape than the
/// result, as when a phone is turned during a recording, keeps its shape: it fills the result in
/// one direction and gets black bars in the other.
@safe package struct PicturePreparer: ~Copyable {
  private let orientation: Orientation
  private let width: Int
  private let height: Int
  private let color: ColorDescription
  private let file: String
  private var converter: PictureConverter
  private var deepConverter: PictureConverter
  private var toneMapper = ToneMapper()
  private var deinterlacer = Deinterlacer()

  /// - Parameters:
  ///   - width: width of the upright result in pixels.
  ///   - height: height of the upright result in pixels.
  ///   - color: what the result is tagged with; always standard dynamic range.
  package init(
    orientation: Orientation, width: Int, height: Int, color: ColorDescription, file: String
  ) {
    self.orientation = orientation
    self.width = width
    self.height = height
    self.color = color.assumed(width: width, height: height)
    self.file = file
    converter = PictureConverter(file: file)
    deepConverter = PictureConverter(file: file)
  }

  /// Prepares one frame.
  package mutating func prepare(
    _ frame: consuming VideoFrame
  ) throws(MediaError) -> PictureBuffer {
    let place = place(of: frame.displaySize(orientation))
    // Fields first: scaling and turning would mix their rows.
    let progressive = try deinterlacer.progressive(frame, file: file)
    let frame = progressive.color.isWide && !color.isWide ? try mapped(progressive) : progressive
    var source = frame.color
    var picture: PictureBuffer
    let (storedWidth, storedHeight) =
      orientation.swapsAxes ? (place.height, place.width) : (place.width, place.height)
    let isPlain = frame.layout.bitDepth == 8 && frame.layout.is420
    let cropsToFit =
      frame.width & ~1 == storedWidth & ~1 && frame.height & ~1 == storedHeight & ~1
    if isPlain, cropsToFit {
      picture = PictureBuffer(adopting: frame)
    } else {
      let converted = try unsafe converter.convert(
        frame.pointer, width: storedWidth, height: storedHeight, time: frame.time)
      source = converted.color
      picture = PictureBuffer(adopting: converted)
    }
    if orientation != .upright { picture = try rotated(picture) }
    let conversion = YCbCrConversion(from: source.format, to: color.format)
    if !conversion.isIdentity {
      try picture.makeWritable(file: file)
      picture.convert(conversion)
    }
    guard place.width == width, place.height == height else {
      return try picture.centered(
        width: width, height: height, range: color.format.range, file: file)
    }
    return picture
  }

  /// Pixels by which a frame of the result's own shape may miss it: both were rounded, and odd sides
  /// are cut to even ones.
  private static let rounding = 2

  /// Size that an upright frame has in the result.
  private func place(of shown: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let scale = min(
      Double(width) / Double(max(shown.width, 1)), Double(height) / Double(max(shown.height, 1)))
    let fitted = (
      width: Int((Double(shown.width) * scale).rounded()),
      height: Int((Double(shown.height) * scale).rounded())
    )
    guard width - fitted.width > Self.rounding || height - fitted.height > Self.rounding else {
      return (width, height)
    }
    return (max(2, fitted.width & ~1), max(2, fitted.height & ~1))
  }

  /// Brings a frame of HDR or wide gamut to BT.709 before anything else: scaling and turning keep what
  /// is mapped.
  private mutating func mapped(
    _ frame: consuming VideoFrame
  ) throws(MediaError) -> VideoFrame {
    if frame.layout.is420, frame.layout.bitDepth > 8 {
      return try toneMapper.map(frame, file: file)
    }
    let deep = try unsafe deepConverter.convert(
      frame.pointer, width: frame.width, height: frame.height, time: frame.time, deep: true)
    return try toneMapper.map(deep, file: file)
  }

  private func rotated(_ picture: borrowing PictureBuffer) throws(MediaError) -> PictureBuffer {
    let swaps = orientation.swapsAxes
    var result = try PictureBuffer(
      width: swaps ? picture.height : picture.width,
      height: swaps ? picture.width : picture.height, file: file)
    let turn = Rotation(clockwiseDegrees: 90 * orientation.quarterTurns) ?? .none
    for index in 0..<3 {
      picture.withPlane(index) { source, sourceShape in
        result.withMutablePlane(index) { target, targetShape in
          turn.apply(
            source, shape: sourceShape, into: &target, shape: targetShape,
            mirrored: orientation.mirrored)
        }
      }
    }
    return result
  }
}
