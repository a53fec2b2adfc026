internal import CFFmpeg
internal import CJPEG

/// Compresses upright BT.601 full-range 4:2:0 pictures to baseline JPEG, without metadata.
package enum JPEGEncoder {
  /// Returns the bytes of a JPEG.
  ///
  /// - Parameter quality: libjpeg's scale, 1–100.
  package static func encode(
    _ picture: borrowing PictureBuffer, quality: Int, file: String
  ) throws(MediaError) -> [UInt8] {
    var message = [CChar](repeating: 0, count: Int(CJPEG_ERROR_CAPACITY))
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    defer { unsafe cjpeg_free(data) }
    let frame = unsafe picture.pointer.pointee
    guard let luma = unsafe frame.data.0, let blue = unsafe frame.data.1,
      let red = unsafe frame.data.2
    else { throw failure("the picture has no planes", file: file) }
    var planes = unsafe cjpeg_picture(
      luma: luma, blue: blue, red: red, luma_stride: Int(frame.linesize.0),
      blue_stride: Int(frame.linesize.1), red_stride: Int(frame.linesize.2),
      width: frame.width, height: frame.height)
    let code = unsafe cjpeg_encode(&planes, Int32(quality), &data, &size, &message)
    guard code == 0 else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw failure(String(decoding: text, as: UTF8.self), file: file)
    }
    return unsafe Array(UnsafeBufferPointer(start: data, count: size))
  }

  private static func failure(_ text: String, file: String) -> MediaError {
    MediaError(
      .convert, file: file, cause: .library, detail: "the JPEG cannot be written: \(text)")
  }
}
