import Foundation
import TestSupport
import Testing
import VPrep

/// What ffmpeg and ffprobe say of a fitted clip beside its source.
struct FitWitness {
  let source: URL
  let output: URL
  let sourceFile: Ffprobe.File
  let outputFile: Ffprobe.File

  init(source: URL, output: URL) throws {
    self.source = source
    self.output = output
    sourceFile = try Ffprobe.probe(source)
    outputFile = try Ffprobe.probe(output)
  }

  /// Width of the pictures that are compared: a few hundred pixels see a wrong turn, a shift or a
  /// wrong range, and average a codec's noise out.
  private static let width = 48

  /// Expects a whole MP4 that starts to play at once and that ffmpeg decodes without a word.
  func expectSoundMP4(_ location: SourceLocation = #_sourceLocation) throws {
    let inFront = try MP4Boxes.hasIndexInFront(output)
    #expect(inFront, sourceLocation: location)
    let loggedErrors = try Ffprobe.decodeErrors(output)
    #expect(loggedErrors.isEmpty, "\(loggedErrors)", sourceLocation: location)
  }

  /// Expects upright H.264 with square pixels, even sides, 8-bit 4:2:0, limited range, and AAC.
  func expectPlainFormat(_ location: SourceLocation = #_sourceLocation) throws {
    let video = try #require(outputFile.video, sourceLocation: location)
    #expect(outputFile.streams.count == (outputFile.audio == nil ? 1 : 2), sourceLocation: location)
    #expect(video.codec == "h264", sourceLocation: location)
    #expect(video.pixelFormat == "yuv420p", sourceLocation: location)
    #expect(video.range != "pc", sourceLocation: location)
    #expect(video.rotation == 0, sourceLocation: location)
    #expect(video.displaySize == (video.width, video.height), sourceLocation: location)
    #expect(video.width % 2 == 0 && video.height % 2 == 0, sourceLocation: location)
    #expect([nil, "aac"].contains(outputFile.audio?.codec), sourceLocation: location)
  }

  /// Expects every frame, each at its time, and the same distance between picture and sound.
  func expectSameTiming(_ location: SourceLocation = #_sourceLocation) throws {
    let (before, after) = (try Ffprobe.frameTimes(source), try Ffprobe.frameTimes(output))
    #expect(before.count == after.count, sourceLocation: location)
    guard let first = before.first, let start = after.first else {
      Issue.record("no frame", sourceLocation: location)
      return
    }
    let drift = zip(before, after).map { abs(($0 - first) - ($1 - start)) }.max() ?? .infinity
    // Matroska and FLV count milliseconds.
    #expect(drift <= 0.0011, sourceLocation: location)
    let frame = ((before.last ?? first) - first) / Double(max(before.count - 1, 1))
    #expect((sourceFile.audio == nil) == (outputFile.audio == nil), sourceLocation: location)
    if sourceFile.audio != nil {
      let track = SoundTrack(try Ffprobe.sound(source, rate: SoundTrack.rate), from: first)
      let kept = SoundTrack(try Ffprobe.sound(output, rate: SoundTrack.rate), from: start)
      #expect(abs(kept.seconds - track.seconds) <= 0.06, sourceLocation: location)
      let lag = try #require(kept.lag(behind: track), sourceLocation: location)
      #expect(abs(lag) <= min(frame, 1.0 / 30), sourceLocation: location)
    }
    let stated = try #require(outputFile.video?.duration, sourceLocation: location)
    let lasts = (after.last ?? start) - start + frame
    #expect(abs(stated - lasts) <= frame * 1.5 + 0.001, sourceLocation: location)
    // Nothing but priming before the first picture or sound, nothing after the last.
    let whole = try #require(outputFile.duration, sourceLocation: location)
    let soundEnd = (outputFile.audio?.start ?? 0) + (outputFile.audio?.duration ?? 0)
    #expect(whole <= max(start + lasts, soundEnd) + 0.05, sourceLocation: location)
    #expect(start < 1, sourceLocation: location)
  }

  /// Expects the upright pictures of the source within `tolerance` levels of luma on average.
  func expectSamePictures(
    within tolerance: Double, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let size = try #require(sourceFile.video?.displaySize, sourceLocation: location)
    let height = max(2, size.height * Self.width / max(size.width, 1))
    let before = try Ffprobe.luma(source, width: Self.width, height: height)
    let after = try Ffprobe.luma(output, width: Self.width, height: height)
    #expect(before.count == after.count, sourceLocation: location)
    // Every tenth frame: codecs spread an error over its neighbours.
    let worst = stride(from: 0, to: min(before.count, after.count), by: 10).map {
      meanAbsoluteDifference(before[$0], after[$0])
    }.max()
    #expect((worst ?? .infinity) <= tolerance, sourceLocation: location)
  }

  /// Expects the coded pictures and the sound to be the source's, bit for bit.
  ///
  /// A Matroska file may say that its sound begins and ends with samples that no player plays (`CodecDelay`,
  /// `DiscardPadding`). FFmpeg 7.1 writes that, but decodes those samples all the same, and 9 those at the end;
  /// an MP4 hides them, and there it leaves them out. Such sound is compared as it is coded, and
  /// `expectSameTiming` says where it is heard.
  func expectSameStreams(_ location: SourceLocation = #_sourceLocation) throws {
    let isDelayed =
      sourceFile.format.contains("matroska")
      && ((sourceFile.audio?.start ?? 0) < 0 || (sourceFile.audio?.hiddenSamples ?? 0) > 0)
    for (stream, coded) in [("v:0", false), ("a:0", isDelayed)] {
      let (before, after) = (try digest(source, stream, coded), try digest(output, stream, coded))
      #expect(before == after, "\(stream)", sourceLocation: location)
    }
    #expect(sourceFile.video?.rotation == outputFile.video?.rotation, sourceLocation: location)
    #expect(sourceFile.audio?.codec == outputFile.audio?.codec, sourceLocation: location)
  }

  /// MD5 over what a stream decodes to, or over its coded data; empty without the stream.
  private func digest(_ url: URL, _ stream: String, _ coded: Bool) throws -> String {
    let result = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-noautorotate", "-i", url.path(percentEncoded: false), "-map",
        "0:\(stream)", "-fps_mode", "passthrough",
      ] + (coded ? ["-c", "copy"] : []) + ["-f", "md5", "-"])
    return result.outputText
  }
}

/// One clip and one provider: what most fits are tried with.
struct FitCase: Sendable, CustomStringConvertible {
  let clip: TestClip
  let provider: Provider

  var description: String { "\(clip) for \(provider.rawValue)" }

  /// Every clip for every provider but `CompareFaceLiveness`, which takes what `VideoLivenessCompare`
  /// does (`TencentCompareFaceTests`).
  static func all(_ clips: [TestClip]) -> [FitCase] {
    let providers = Provider.allCases.filter { $0 != .tencentCompareFace }
    return clips.flatMap { clip in providers.map { FitCase(clip: clip, provider: $0) } }
  }

  /// Whether the clip is longer than the provider's documentation asks for, whatever its header says.
  var isLongEnough: Bool { provider != .tencent || (clip.probe.durationSeconds ?? 0) > 2 }

  /// Most bytes that the provider takes, as its documentation has it.
  var maximumBytes: Int {
    // Base64 makes four characters of three bytes; 8,000,000 characters are accepted.
    provider == .tencent ? 8_000_000 / 4 * 3 : 20_000_000
  }
}
