internal import CFFmpeg
package import Kernels

/// Turns decoded frames into what an encoder or a JPEG wants: progressive, upright, square pixels,
/// even sides, 8-bit 4:2:0 in one colour description.
///
/// A frame that already is all that passes through untouched.
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
  ///   - color: matrix and range of the result; always standard dynamic range.
  package init(
    orientation: Orientation, width: Int, height: Int, color: ColorDescription, file: String
  ) {
    self.orientation = orientation
    self.width = width
    self.height = height
    self.color = color
    self.file = file
    converter = PictureConverter(file: file)
    deepConverter = PictureConverter(file: file)
  }

  /// Prepares one frame.
  package mutating func prepare(
    _ frame: consuming VideoFrame
  ) throws(MediaError) -> PictureBuffer {
    // Fields first: scaling and turning would mix their rows.
    let progressive = try deinterlacer.progressive(frame, file: file)
    let frame = progressive.color.transfer.isHDR ? try standardRange(progressive) : progressive
    var source = frame.color
    var picture: PictureBuffer
    let (storedWidth, storedHeight) = orientation.swapsAxes ? (height, width) : (width, height)
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
    return picture
  }

  /// Brings an HDR frame to SDR BT.709 before anything else: scaling and turning keep what is mapped.
  private mutating func standardRange(
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

extension ColorDescription {
  /// The kernels' name for matrix and range.
  package var format: YCbCrFormat {
    let matrix: YCbCrMatrix =
      switch self.matrix {
      case .bt601: .bt601
      case .bt709: .bt709
      case .bt2020: .bt2020
      }
    return YCbCrFormat(matrix: matrix, range: isFullRange ? .full : .limited)
  }
}
