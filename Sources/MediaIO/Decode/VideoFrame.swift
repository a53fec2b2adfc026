internal import CFFmpeg
package import Kernels

/// Owner of one decoded picture.
///
/// The planes are planar YUV or grey with positive strides; they are lent to closures, never
/// copied out.
///
/// It may change its thread: nobody else has the `AVFrame`, and what its planes share with a decoder is
/// counted atomically by FFmpeg and only read.
@safe package struct VideoFrame: ~Copyable, @unchecked Sendable {
  let pointer: UnsafeMutablePointer<AVFrame>
  package let layout: PixelLayout
  /// How the picture is to be looked at: what it tells, and what is assumed of the rest.
  package let color: ColorDescription
  /// Presentation timestamp in seconds of the stream's own clock.
  package let time: Double
  /// The same in ticks of the stream; `nil` where it was counted on from the picture before.
  package internal(set) var ticks: Ticks?
  /// How many pictures the decoder gave before this one.
  package internal(set) var number = 0

  /// Takes over `pointer`; the caller has checked that its format has a layout.
  init(owning pointer: UnsafeMutablePointer<AVFrame>, layout: PixelLayout, time: Double) {
    unsafe self.pointer = unsafe pointer
    self.layout = layout
    color = unsafe ColorDescription(pointer.pointee).assumed(
      width: Int(pointer.pointee.width), height: Int(pointer.pointee.height))
    self.time = time
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
    unsafe av_frame_free(&pointer)
  }

  /// A second owner of the same planes, which neither may then write to; `nil` without memory.
  package func shared() -> VideoFrame? {
    guard let copy = unsafe av_frame_clone(pointer) else { return nil }
    var frame = unsafe VideoFrame(owning: copy, layout: layout, time: time)
    frame.ticks = ticks
    frame.number = number
    return frame
  }

  /// Gives the frame to a new owner.
  consuming func release() -> UnsafeMutablePointer<AVFrame> {
    let pointer = unsafe pointer
    discard self
    return unsafe pointer
  }

  /// Size in pixels as it is stored: every picture has its own.
  package var width: Int { unsafe Int(pointer.pointee.width) }
  package var height: Int { unsafe Int(pointer.pointee.height) }
  /// Width of a pixel by its height; undefined where nothing tells.
  package var sampleAspect: Rational { Rational(unsafe pointer.pointee.sample_aspect_ratio) }

  /// Size of the picture as a viewer sees it.
  package func displaySize(_ orientation: Orientation) -> (width: Int, height: Int) {
    orientation.displaySize(width: width, height: height, sampleAspect: sampleAspect)
  }

  /// Whether the decoder concealed damage in this picture.
  package var isDamaged: Bool {
    unsafe pointer.pointee.decode_error_flags != 0
      || pointer.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
  }
  package var isInterlaced: Bool { unsafe cff_is_interlaced(pointer) != 0 }
  /// Whether rows 0, 2, 4… of an interlaced picture were taken before the others.
  var isTopFieldFirst: Bool { unsafe cff_is_top_field_first(pointer) != 0 }

  /// Size of plane `index` (0 luma, 1 Cb, 2 Cr) in samples.
  package func planeSize(_ index: Int) -> (width: Int, height: Int) {
    guard index > 0 else { return (width, height) }
    let roundX = (1 << layout.chromaShiftX) - 1
    let roundY = (1 << layout.chromaShiftY) - 1
    return ((width + roundX) >> layout.chromaShiftX, (height + roundY) >> layout.chromaShiftY)
  }

  /// Lends plane `index` for writing; the frame must be the only owner of its planes.
  mutating func withMutableSamples<Sample>(
    _ index: Int, as sample: Sample.Type, _ body: (inout MutableSpan<Sample>, PlaneShape) -> Void
  ) {
    let (start, shape) = unsafe samples(index, as: sample)
    let buffer = unsafe UnsafeMutableBufferPointer(start: start, count: shape.requiredCount)
    var span = unsafe buffer.mutableSpan
    body(&span, shape)
  }

  /// Lends plane `index`; `Sample` is as wide as the layout's samples.
  func withSamples<Sample, R, E: Error>(
    _ index: Int, as sample: Sample.Type, _ body: (Span<Sample>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    let (start, shape) = unsafe samples(index, as: sample)
    let samples = unsafe UnsafeBufferPointer(start: start, count: shape.requiredCount)
    return try unsafe body(samples.span, shape)
  }

  private func samples<Sample>(
    _ index: Int, as sample: Sample.Type
  ) -> (UnsafeMutablePointer<Sample>?, PlaneShape) {
    precondition(index == 0 || (layout.hasChroma && (1...2).contains(index)))
    let size = planeSize(index)
    let (data, lineSize) = unsafe Self.plane(pointer.pointee, index)
    let shape = PlaneShape(
      width: size.width, height: size.height,
      stride: Int(lineSize) / MemoryLayout<Sample>.stride)
    let start = unsafe UnsafeMutableRawPointer(data)?.assumingMemoryBound(to: Sample.self)
    return unsafe (start, shape)
  }

  private static func plane(
    _ frame: AVFrame, _ index: Int
  ) -> (UnsafeMutablePointer<UInt8>?, Int32) {
    switch index {
    case 0: unsafe (frame.data.0, frame.linesize.0)
    case 1: unsafe (frame.data.1, frame.linesize.1)
    default: unsafe (frame.data.2, frame.linesize.2)
    }
  }
}
