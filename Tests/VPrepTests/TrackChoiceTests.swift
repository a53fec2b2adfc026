import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A clip with several tracks")
struct TrackChoiceTests {
  /// A MOV with two sound tracks, of 48 and 32 kHz, and the given dispositions.
  private func twoSounds(_ url: URL, _ dispositions: [String] = ["default", "default"]) throws {
    try Ffprobe.make(
      BeepClip.pictures(2.4) + BeepClip.sound(2.4) + BeepClip.sound(2.4, rate: 32_000)
        + ["-map", "0:v", "-map", "1:a", "-map", "2:a"] + BeepClip.h264
        + ["-c:a", "aac", "-disposition:a:0", dispositions[0], "-disposition:a:1", dispositions[1]]
        + [url.path])
  }

  /// Gives the codec of the track in one of a MOV's sample descriptions a name that FFmpeg has not heard
  /// of.
  private func rename(_ codec: String, number: Int, to name: String, in url: URL) throws {
    var bytes = try Data(contentsOf: url)
    var from = bytes.startIndex
    var found = 0
    while let box = bytes.range(of: Data("stsd".utf8), in: from..<bytes.endIndex) {
      from = box.upperBound
      let place = box.lowerBound + 16
      guard bytes[place..<place + 4].elementsEqual(codec.utf8) else { continue }
      if found == number {
        bytes.replaceSubrange(place..<place + 4, with: name.utf8)
        for header in ["esds", "avcC"] {
          guard let inner = bytes.range(of: Data(header.utf8), in: from..<from + 200) else {
            continue
          }
          bytes.replaceSubrange(inner, with: "skip".utf8)
        }
      }
      found += 1
    }
    try bytes.write(to: url)
  }

  @Test("is heard by the track that decodes, and the other one is named", arguments: [0, 1])
  func undecodableSound(number: Int) async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mov")
    try twoSounds(clip)
    try rename("mp4a", number: number, to: "apac", in: clip)
    let report = try await Gate(.tencent(.lip)).prepare(
      .file(clip.path), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.input.audio?.codec == "aac")
    #expect(report.input.audio?.sampleRate == (number == 0 ? 32_000 : 48_000))
    #expect(report.input.warnings.count == 1)
    #expect(
      report.input.warnings.contains { $0.contains("apac") && $0.contains("the audio in stream") })
    for verdict in [report.verdict, report.outputVerdict] {
      let predictions = try #require(verdict).predictions
      #expect(!predictions.contains { $0.measure == "audio.present" })
      #expect(!predictions.contains { $0.measure == "input.decodeErrors" })
    }
    #expect(report.fit?.output?.audioCodec == "aac")
    #expect(try Ffprobe.probe(folder.file("out.mp4")).streams.count == 2)
  }

  @Test("has no sound where no track decodes, and is not called damaged")
  func noDecodableSound() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mov")
    try twoSounds(clip)
    try rename("mp4a", number: 1, to: "apac", in: clip)
    try rename("mp4a", number: 0, to: "apac", in: clip)
    let report = try await Gate(.tencent(.lip)).prepare(
      .file(clip.path), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.input.audio == nil)
    #expect(report.input.warnings.filter { $0.contains("apac") }.count == 2)
    let predictions = try #require(report.outputVerdict).predictions
    #expect(predictions.contains { $0.code == "FailedOperation.LipVoiceDetect" })
    #expect(!predictions.contains { $0.measure == "input.decodeErrors" })
    #expect(report.fit?.output?.audioCodec == nil)
  }

  @Test("is heard by the track that plays by default")
  func defaultSound() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mov")
    for (dispositions, rate) in [
      (["default", "0"], 48_000), (["0", "default"], 32_000), (["default", "default"], 48_000),
      (["0", "0"], 48_000),
    ] {
      try twoSounds(clip, dispositions)
      let report = try await Gate(provider: .megvii).probe(.file(clip.path)).report
      #expect(report.input.audio?.sampleRate == rate, "\(dispositions)")
      #expect(report.input.warnings.isEmpty)
    }
  }

  @Test("is heard by another track where the default one's decoder does not open")
  func brokenHeader() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mkv")
    try Ffprobe.make(
      BeepClip.pictures(2.4) + BeepClip.sound(2.4) + BeepClip.sound(2.4, rate: 32_000)
        + ["-map", "0:v", "-map", "1:a", "-map", "2:a"] + BeepClip.h264
        + ["-c:a:0", "libopus", "-c:a:1", "aac", clip.path])
    // Opus says in its header how many channels it has; 0 are none.
    var bytes = try Data(contentsOf: clip)
    let head = try #require(bytes.range(of: Data("OpusHead".utf8)))
    bytes[head.upperBound + 1] = 0
    try bytes.write(to: clip)
    let report = try await Gate(provider: .megvii).check(.file(clip.path)).report
    #expect(report.input.audio?.codec == "aac")
  }

  @Test("is seen by the video that decodes, even if another one is better", arguments: [0, 1])
  func undecodableVideo(number: Int) async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mov")
    let sizes = number == 0 ? ["320x320", "96x96"] : ["96x96", "320x320"]
    try Ffprobe.make(
      BeepClip.pictures(2.4, size: sizes[0]) + BeepClip.pictures(2.4, size: sizes[1])
        + ["-map", "0:v", "-map", "1:v"] + BeepClip.h264
        + ["-disposition:v:0", "default", "-disposition:v:1", "default", clip.path])
    try rename("avc1", number: number, to: "zvc9", in: clip)
    let report = try await Gate(provider: .tencent).fit(
      .file(clip.path), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.input.video.codec == "h264")
    #expect(report.input.video.displayWidth == 96)
    #expect(report.fit?.output?.verified == true)
  }
}
