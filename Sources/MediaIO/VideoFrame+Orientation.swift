internal import CFFmpeg

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
      unsafe Orientation(a: matrix[0], b: matrix[1], c: matrix[3], d: matrix[4])
    }
  }
}

extension Orientation {
  /// The turn, then the mirroring, of a matrix that takes (x, y) to (ax + cy, bx + dy); `nil` when
  /// it is singular or no quarter turn.
  init?(a: Int32, b: Int32, c: Int32, d: Int32) {
    let mirrored = Int64(a) * Int64(d) - Int64(b) * Int64(c) < 0
    // Mirrored back, what is left is a turn: (1, 0) goes to (cos, sin), clockwise as y points down.
    switch (mirrored ? -a.signum() : a.signum(), b.signum()) {
    case (1, 0): self.init(quarterTurns: 0, mirrored: mirrored)
    case (0, 1): self.init(quarterTurns: 1, mirrored: mirrored)
    case (-1, 0): self.init(quarterTurns: 2, mirrored: mirrored)
    case (0, -1): self.init(quarterTurns: 3, mirrored: mirrored)
    default: return nil
    }
  }
}
