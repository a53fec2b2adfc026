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
}
