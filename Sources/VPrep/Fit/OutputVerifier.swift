internal import MediaIO

/// Reads a finished output back, whole, before it replaces anything.
struct OutputVerifier {
  let limits: InputLimits
  let watchdog: Watchdog

  /// What the output must be.
  struct Expectation {
    let duration: Double
    let frameInterval: Double
    let hasAudio: Bool
    let byteBudget: Int
  }

  /// The output as it was read back; throws a sentence that says what is wrong with it.
  func verify(
    _ path: String, name: String, _ expected: Expectation
  ) throws(MediaError) -> ProbedClip {
    let input = try MediaInput(.file(path), limits: limits)
    guard input.byteCount <= expected.byteBudget else {
      throw failure(name, "\(input.byteCount) bytes are more than \(expected.byteBudget)")
    }
    let found = try ClipProbe(input: input, limits: limits, watchdog: watchdog)
      .run(decodingAll: true)
    guard found.decodeErrors == 0 else {
      throw failure(name, "\(found.decodeErrors) errors while decoding it again")
    }
    guard (found.audio != nil) == expected.hasAudio else {
      throw failure(name, expected.hasAudio ? "the sound is missing" : "there is unplanned sound")
    }
    // One frame for the cut, one AAC block (21 ms) for the sound's padding.
    let tolerance = expected.frameInterval * 1.5 + 0.05
    guard abs(found.videoDuration - expected.duration) <= tolerance else {
      let (want, got) = (expected.duration, found.videoDuration)
      throw failure(
        name,
        "it lasts \(got.formatted(decimals: 3)) s instead of \(want.formatted(decimals: 3)) s")
    }
    return found
  }

  private func failure(_ name: String, _ detail: String) -> MediaError {
    MediaError(.verify, file: name, cause: .output, detail: "the output is not sound: \(detail)")
  }
}
