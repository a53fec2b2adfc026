public import MediaIO

/// What can be asked of a clip without naming a service.
extension Clip {
  /// Finds out what the clip is.
  ///
  /// - Parameter limits: the input limits.
  public func probe(limits: InputLimits = InputLimits()) async throws(VPrepError) -> Probe {
    var gate = Gate.unasked
    gate.runtime.inputLimits = limits
    return try await gate.probe(self)
  }

  /// Picks the best frames, at most `count`, and returns them as JPEG.
  ///
  /// - Parameters:
  ///   - count: most frames that are returned, 0…10.
  ///   - path: where to write the first one; the second gets `-2` before its ending. `nil` writes none.
  ///   - limits: how much is read of the clip before it is refused.
  public func preview(
    count: Int = 1, writingTo path: String? = nil, limits: InputLimits = InputLimits()
  ) async throws(VPrepError) -> Previews {
    var gate = Gate.unasked
    gate.runtime.inputLimits = limits
    return try await gate.preview(self, count: count, writingTo: path)
  }
}
