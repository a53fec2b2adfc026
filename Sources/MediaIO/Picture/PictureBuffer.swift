internal import CFFmpeg
package import Kernels

/// Owner of one writable 8-bit 4:2:0 picture.
@safe package struct PictureBuffer: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>
  package let width: Int
  package let height: Int

  /// Allocates planes for a picture; the content is undefined.
  package init(width: Int, height: Int, file: String) throws(MediaError) {
    guard let frame = unsafe allocated(av_frame_alloc()) else {
      throw .outOfMemory(.convert, file: file)
    }
    unsafe frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    unsafe frame.pointee.width = Int32(width)
    unsafe frame.pointee.height = Int32(height)
    let code = unsafe av_frame_get_buffer(frame, 0)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVFrame>? = unsafe frame
      unsafe av_frame_free(&failed)
      throw MediaError(
        .convert, file: file, cause: .library, detail: "no buffer for a picture", ffmpeg: code)
    }
    unsafe pointer = unsafe frame
    self.width = width
    self.height = height
  }

  /// Takes over an 8-bit 4:2:0 frame, cut to even sides; the planes are shared, not copied.
  package init(adopting frame: consuming VideoFrame) {
    precondition(frame.layout.bitDepth == 8 && frame.layout.is420)
    width = frame.width > 1 ? frame.width & ~1 : frame.width
    height = frame.height > 1 ? frame.height & ~1 : frame.height
    unsafe pointer = frame.release()
    // Names of full-range formats, and one with an alpha plane, that stand for the same planes.
    unsafe pointer.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    unsafe pointer.pointee.width = Int32(width)
    unsafe pointer.pointee.height = Int32(height)
  }

  /// Makes sure that writing changes no one else's planes; copies them only when shared.
  package mutating func makeWritable(file: String) throws(MediaError) {
    let code = unsafe av_frame_make_writable(pointer)
    guard code >= 0 else {
      throw MediaError(
        .convert, file: file, cause: .library, detail: "no buffer for a picture", ffmpeg: code)
    }
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
    unsafe av_frame_free(&pointer)
  }

  /// Lends plane `index` (0 luma, 1 Cb, 2 Cr) for writing.
  package mutating func withMutablePlane<R>(
    _ index: Int, _ body: (inout MutableSpan<UInt8>, PlaneShape) -> R
  ) -> R {
    let (buffer, shape) = unsafe buffer(index)
    var span = unsafe buffer.mutableSpan
    return body(&span, shape)
  }

  /// Gives the picture to a frame with its own colour description and time.
  consuming func asFrame(_ color: ColorDescription, time: Double) -> VideoFrame {
    let pointer = unsafe pointer
    discard self
    unsafe color.write(to: pointer)
    return unsafe VideoFrame(owning: pointer, layout: .yuv420, time: time)
  }

  /// Lends all three planes for writing; both chroma planes have one shape.
  package mutating func withMutablePlanes<R>(
    _ body: (
      inout MutableSpan<UInt8>, PlaneShape, inout MutableSpan<UInt8>, inout MutableSpan<UInt8>,
      PlaneShape
    ) -> R
  ) -> R {
    let (luma, lumaShape) = unsafe buffer(0)
    let (blue, chromaShape) = unsafe buffer(1)
    let (red, _) = unsafe buffer(2)
    var lumaSpan = unsafe luma.mutableSpan
    var blueSpan = unsafe blue.mutableSpan
    var redSpan = unsafe red.mutableSpan
    return body(&lumaSpan, lumaShape, &blueSpan, &redSpan, chromaShape)
  }

  /// Changes matrix and range in place.
  package mutating func convert(_ conversion: YCbCrConversion) {
    withMutablePlanes { luma, shape, blue, red, chromaShape in
      conversion.apply(
        luma: &luma, shape: shape, cb: &blue, cr: &red, chromaShape: chromaShape)
    }
  }

  /// Lends plane `index` for reading.
  package func withPlane<R, E: Error>(
    _ index: Int, _ body: (Span<UInt8>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    let (buffer, shape) = unsafe buffer(index)
    return try unsafe body(UnsafeBufferPointer(buffer).span, shape)
  }

  private func buffer(_ index: Int) -> (UnsafeMutableBufferPointer<UInt8>, PlaneShape) {
    let frame = unsafe pointer.pointee
    let (start, stride) =
      switch index {
      case 0: unsafe (frame.data.0, frame.linesize.0)
      case 1: unsafe (frame.data.1, frame.linesize.1)
      default: unsafe (frame.data.2, frame.linesize.2)
      }
    var shape = PlaneShape(width: width, height: height, stride: Int(stride))
    if index > 0 { shape = shape.subsampled420(stride: Int(stride)) }
    return unsafe (UnsafeMutableBufferPointer(start: start, count: shape.requiredCount), shape)
  }
}
