internal import MediaIO
internal import Services

/// Reads a finished output back completely before it replaces anything.
///
/// Reads every packet and decodes all video and audio. Compared with the plan: the size in bytes,
/// the streams, the picture size, the duration to one frame, and the start and end of the audio to
/// one block. The first and last frame must not be black unless the source's are.
struct OutputVerifier {
  let limits: InputLimits
  let watchdog: Watchdog
  /// The clip that the output was made from, and the window of it that was kept.
  let source: MediaInput
  let window: TimeWindow?
  /// Reads an output completely; `nil` reads it for nothing else.
  var reading: ((MediaInput) throws(MediaError) -> FullDecodeCheck.Findings)?
  /// Pictures that those of the output are compared with, unless `reading` does it.
  var samples: QualitySamples?

  /// What the output must be.
  struct Expectation {
    /// Seconds of picture.
    let duration: Double
    /// Seconds that one frame is shown.
    let frameInterval: Double
    /// What is heard; `nil` where the bytes are the clip's own.
    let audioOutcome: AudioOutcome?
    /// Most bytes that it may have.
    let byteBudget: Int
    /// Width and height in pixels as a viewer sees it.
    let size: (width: Int, height: Int)
    /// Whether streams other than video and audio are allowed, as in a passthrough.
    let mayHoldOthers: Bool
    /// Whether pictures of another shape stand between black bars, which makes them darker.
    var hasBars = false
  }

  /// The output as it was read back; throws a sentence that says what is wrong with it.
  func verify(
    _ input: MediaInput, _ expected: Expectation
  ) throws(MediaError) -> ProbedClip {
    let name = input.name
    guard input.byteCount <= expected.byteBudget else {
      throw failure(name, "\(input.byteCount) bytes are more than \(expected.byteBudget)")
    }
    let findings = try read(input, name: name)
    let found = findings.clip
    guard !found.isDamaged else {
      throw failure(
        name, "\(found.decodeErrors) errors while decoding it again, or bytes are missing")
    }
    guard found.decodesCleanly else { throw failure(name, "it does not decode without errors") }
    guard !found.picturesGoBack else { throw failure(name, "its video timestamps go back") }
    guard !found.audioGoesBack else { throw failure(name, "its audio timestamps go back") }
    guard
      expected.mayHoldOthers || !Self.onePicture.contains(found.video.codec)
        || found.lostPictures == 0
    else { throw failure(name, "\(found.lostPictures) of its pictures do not decode") }
    guard expected.mayHoldOthers || found.pictureSizes.isConstant else {
      throw failure(name, "its pictures change their size")
    }
    if let audioOutcome = expected.audioOutcome {
      try check(findings.heard, of: found, audioOutcome, name: name)
    }
    guard expected.mayHoldOthers || found.others.isEmpty else {
      throw failure(name, "it has streams that were not planned")
    }
    let size = found.video.displaySize
    guard size == expected.size else {
      throw failure(
        name,
        "its pictures are \(size.width)×\(size.height) instead of "
          + "\(expected.size.width)×\(expected.size.height)")
    }
    guard abs(found.videoDuration - expected.duration) <= expected.frameInterval + Self.rounding
    else {
      let (want, got) = (expected.duration, found.videoDuration)
      throw failure(
        name,
        "it lasts \(got.formatted(decimals: 3)) s instead of \(want.formatted(decimals: 3)) s")
    }
    if !expected.hasBars { try checkEnds(findings.ends, name: name) }
    return found
  }

  /// Codecs whose packets in an MP4 hold one picture each.
  ///
  /// HEVC's leading pictures cannot be decoded where a stream begins, so those before the first that
  /// decodes do not count.
  private static let onePicture: Set<CodecName> = [.h264, .hevc, .av1]

  /// An output that cannot be read is one that is not sound.
  private func read(
    _ input: MediaInput, name: String
  ) throws(MediaError) -> FullDecodeCheck.Findings {
    do throws(MediaError) {
      if let reading { return try reading(input) }
      return try FullDecodeCheck(
        input: input, limits: limits, watchdog: watchdog, samples: samples
      ).run()
    } catch {
      switch error.cause {
      case .noVideo, .corrupt, .unsupportedCodec, .unsupportedContainer:
        throw failure(name, error.detail)
      default: throw error
      }
    }
  }

  /// Seconds by which the clocks of two containers may round apart: FLV and Matroska count
  /// milliseconds.
  private static let rounding = 0.002
  /// Mean luma (0–255, full range) below which a picture is black, noise and all.
  private static let black = 8.0
  /// Mean luma from which a picture surely shows something.
  private static let visible = 16.0

  /// Throws if an end of the output is black and the source's is not.
  ///
  /// Faults in cutting or reordering often leave a black frame at an end. The source is checked only
  /// if the output has one.
  private func checkEnds(_ ends: FullDecodeCheck.Ends, name: String) throws(MediaError) {
    guard min(ends.first, ends.last) < Self.black else { return }
    let wanted = try FullDecodeCheck(
      input: source, limits: limits, watchdog: watchdog, window: window
    ).run().ends
    for (end, own, sources) in [
      ("first", ends.first, wanted.first), ("last", ends.last, wanted.last),
    ] where own < Self.black && sources >= Self.visible {
      throw failure(name, "its \(end) picture is black, the clip's is not")
    }
  }

  /// Throws if the audio begins or ends at another time than the clip's.
  private func check(
    _ heard: ClosedRange<Double>?, of found: ProbedClip, _ wanted: AudioOutcome, name: String
  ) throws(MediaError) {
    guard let audio = found.audio, let heard else {
      guard wanted.heard == nil else { throw failure(name, "the audio is missing") }
      return
    }
    guard let span = wanted.heard else { throw failure(name, "it has audio that was not planned") }
    let tolerance = wanted.tolerance(sampleRate: audio.sampleRate)
    for (verb, own, clips) in [
      ("begins", heard.lowerBound, span.lowerBound), ("ends", heard.upperBound, span.upperBound),
    ] where abs(own - clips) > tolerance {
      throw failure(
        name,
        "its audio \(verb) at \(own.formatted(decimals: 3)) s instead of "
          + "\(clips.formatted(decimals: 3)) s")
    }
  }

  private func failure(_ name: String, _ detail: String) -> MediaError {
    MediaError(
      .verify, file: name, cause: .unusableOutput, detail: "the output is not valid: \(detail)")
  }
}
