internal import CFFmpeg
package import Kernels

extension VideoFrame {
  /// How the picture must be turned, as it says itself; `nil` when it says nothing.
  ///
  /// FFmpeg's JPEG decoder turns the Exif tag Orientation (0x0112) into a display matrix. A PNG's
  /// Exif chunk is not read.
  package var orientation: Orientation? {
    guard
      let side = unsafe av_frame_get_side_data(pointer, AV_FRAME_DATA_DISPLAYMATRIX),
      unsafe side.pointee.size >= 9 * MemoryLayout<Int32>.size
    else { return nil }
    return unsafe side.pointee.data.withMemoryRebound(to: Int32.self, capacity: 9) { matrix in
      unsafe Orientation(displayMatrix: matrix)
    }
  }
}
