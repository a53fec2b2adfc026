import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Sound of an unusual format")
struct FitAudioFormatTests {
  /// What `check` and `fit` make of a clip with this sound beside small pictures.
  private func fit(
    _ name: String, sound: [String], codec: [String] = ["-c:a", "pcm_s16le"]
  ) async throws -> (
    check: ReportDocument, fit: FitReport, peak: Int, seconds: Double, channels: Int
  ) {
    let folder = try TemporaryFolder()
    let clip = folder.file(name)
    try Ffprobe.make(BeepClip.pictures(2.2) + sound + BeepClip.h264 + codec + [clip.path])
    let output = folder.file("out.mp4")
    let check = try await Gate(.tencent(.lip)).check(.file(clip.path)).report
    let report = try await Gate(provider: .tencent).fit(.file(clip.path), writingTo: output.path)
      .report
    let fit = try #require(report.fit)
    #expect(fit.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    let audio = try Ffprobe.probe(output).audio
    let samples = audio == nil ? [] : try Ffprobe.sound(output, rate: 8000)
    let channels = try Ffprobe.run(
      "ffprobe",
      [
        "-select_streams", "a:0", "-show_entries", "stream=channels", "-of", "csv=p=0", output.path,
      ]
    ).outputText.trimmingCharacters(in: .whitespacesAndNewlines)
    return (
      check, fit, samples.map { abs(Int($0)) }.max() ?? 0, audio?.duration ?? 0, Int(channels) ?? 0
    )
  }

  @Test("is mixed down, however many channels nobody names", arguments: [3, 9, 40, 64])
  func manyChannels(count: Int) async throws {
    let channels = [String](repeating: BeepClip.beeps, count: count)
    let made = try await fit("clip.mkv", sound: BeepClip.sound(2.2, channels: channels))
    #expect(made.channels == 2)
    #expect(abs(made.seconds - 2.2) < 0.03)
    // The mean of equal channels is as loud as each, and nothing clips.
    #expect((12_000...24_000).contains(made.peak))
    #expect(made.check.verdict?.predictions.contains { $0.measure == "audio.present" } == false)
  }

  @Test(
    "is mixed by its speakers, and a single one is heard whatever its name",
    arguments: [
      ("FR", 0, 1), ("LFE", 0, 1), ("5.1", 2, 2), ("7.1", 6, 2), ("stereo", 1, 2),
      ("FL+FR+FC+LFE+BL+BR+SL+SR+TFL+TFR+TBL+TBR", 2, 2), ("TFL+TFR+TBL+TBR", 3, 2),
    ])
  func layouts(layout: String, place: Int, channels: Int) async throws {
    let counts = ["5.1": 6, "7.1": 8, "stereo": 2]
    let count = counts[layout] ?? layout.split(separator: "+").count
    var sounds = [String](repeating: "0", count: count)
    sounds[place] = BeepClip.beeps
    let made = try await fit(
      "clip.mov", sound: BeepClip.sound(2.2, channels: sounds, layout: layout))
    #expect(made.channels == channels)
    #expect(abs(made.seconds - 2.2) < 0.03)
    #expect(made.peak > 500)
    #expect(made.check.verdict?.predictions.contains { $0.measure == "audio.present" } == false)
  }

  @Test("is resampled", arguments: [4000, 5512, 37_800, 192_000])
  func rates(rate: Int) async throws {
    let made = try await fit(
      "clip.mkv", sound: BeepClip.sound(2.2) + ["-ar", "\(rate)"])
    #expect(abs(made.seconds - 2.2) < 0.15)
    #expect(made.peak > 8000)
  }

  @Test("is refused or left out with a sentence about the clip where nobody records so")
  func absurdRate() async throws {
    do {
      let made = try await fit("clip.mkv", sound: BeepClip.sound(2.2) + ["-ar", "1000"])
      #expect(made.fit.output?.audioCodec == nil)
      #expect(made.fit.reasons.contains { $0.contains("1000 samples per second") })
    } catch let error as VPrepError {
      #expect(error.file.hasSuffix("clip.mkv"))
      #expect(error.message.contains("1000 samples per second"))
    }
  }

  @Test("is left out with a sentence where it has more channels than anyone mixes")
  func tooManyChannels() async throws {
    let made = try await fit(
      "clip.mkv",
      sound: ["-f", "s16le", "-ac", "70", "-ar", "8000", "-t", "2.2", "-i", "/dev/zero"])
    #expect(made.check.input.warnings.contains { $0.contains("70 channels") })
    #expect(made.fit.output?.audioCodec == nil)
    #expect(made.fit.reasons.contains { $0.contains("70 channels") })
  }

  @Test("goes on in step where rate and channels change in the middle")
  func changes() async throws {
    let folder = try TemporaryFolder()
    var bytes = Data()
    for (index, format) in [["-ar", "48000", "-ac", "2"], ["-ar", "32000", "-ac", "1"]].enumerated()
    {
      let part = folder.file("\(index).ts")
      try Ffprobe.make(
        BeepClip.pictures(2) + BeepClip.sound(2) + BeepClip.h264 + ["-bf", "0", "-c:a", "aac"]
          + format + ["-output_ts_offset", "\(index * 2)", part.path])
      bytes += try Data(contentsOf: part)
    }
    try bytes.write(to: folder.file("clip.ts"))
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = bytes.count * 3 / 4
    gate.fitting.window = .init(start: 0, end: .infinity)
    let output = folder.file("out.mp4")
    let report = try await gate.fit(.file(folder.path("clip.ts")), writingTo: output.path).report
    #expect(report.fit?.output?.verified == true)
    let onsets = try BeepClip.onsets(output)
    #expect(onsets.count == 8)
    for (number, onset) in onsets.enumerated() {
      #expect(abs(onset - Double(number) * BeepClip.interval) < 0.04, "beep \(number)")
    }
  }
}
