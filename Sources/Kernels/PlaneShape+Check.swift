extension PlaneShape {
  /// Stops the program where a buffer is too short for its shape.
  ///
  /// This is the one place where the kernels check their caller. Shapes come from the decoder and
  /// the scaler, never straight from a file, so a mismatch is an error of the program.
  func require(_ count: Int, _ file: StaticString = #fileID, _ line: UInt = #line) {
    precondition(
      width >= 0 && height >= 0 && stride >= width && count >= requiredCount,
      "a buffer of \(count) samples does not hold \(width)x\(height) with stride \(stride)",
      file: file, line: line)
  }

  /// Stops the program where the planes of a 4:2:0 picture do not fit together.
  ///
  /// - Parameter chroma: the shape of both chroma planes: half of this size, rounded up.
  func require420(
    _ luma: Int, _ cb: Int, _ cr: Int, _ chroma: PlaneShape,
    _ file: StaticString = #fileID, _ line: UInt = #line
  ) {
    require(luma, file, line)
    chroma.require(cb, file, line)
    chroma.require(cr, file, line)
    precondition(
      chroma == subsampled420(stride: chroma.stride), "4:2:0 chroma has half the luma's size",
      file: file, line: line)
  }
}
