internal import CFFmpeg
package import Kernels

/// Owner of one writable 8-bit 4:2:0 picture.
@safe package struct PictureBuffer: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>
  package let width: Int
  package let height: Int

  /// Allocates planes for a picture; the content is undefined.
  package init(width: Int, height: Int, file: String) throws(MediaError) {
    guard let frame = unsafe av_frame_alloc() else {
      throw MediaError(.convert, file: file, cause: .library, detail: "out of memory")
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

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
    unsafe av_frame_free(&pointer)
  }

  /// Lends plane `index` (0 luma, 1 Cb, 2 Cr) for writing.
  package mutating func withMutablePlane<R>(
    _ index: Int, _ body: (inout MutableSpan<UInt8>, PlaneShape) -> R
  ) -> R {
    let (start, shape) = unsafe plane(index)
    let buffer = unsafe UnsafeMutableBufferPointer(start: start, count: shape.requiredCount)
    var span = unsafe MutableSpan(_unsafeElements: buffer)
    return body(&span, shape)
  }

  /// Lends plane `index` for reading.
  package func withPlane<R, E: Error>(
    _ index: Int, _ body: (Span<UInt8>, PlaneShape) throws(E) -> R
  ) throws(E) -> R {
    let (start, shape) = unsafe plane(index)
    let buffer = unsafe UnsafeBufferPointer(start: start, count: shape.requiredCount)
    return try unsafe body(buffer.span, shape)
  }

  private func plane(_ index: Int) -> (UnsafeMutablePointer<UInt8>?, PlaneShape) {
    let frame = unsafe pointer.pointee
    let luma = unsafe PlaneShape(
      width: width, height: height, stride: Int(frame.linesize.0))
    switch index {
    case 0: return unsafe (frame.data.0, luma)
    case 1: return unsafe (frame.data.1, luma.subsampled420(stride: Int(frame.linesize.1)))
    default: return unsafe (frame.data.2, luma.subsampled420(stride: Int(frame.linesize.2)))
    }
  }
}
