import Foundation
import Services
import TestSupport
import Testing

@testable import MediaIO
@testable import VPrep

@Suite("Loudness")
struct AudioLoudnessTests {
  /// Measures a sound in blocks, as a decoder hands it out.
  static func measure(
    _ samples: [Float], channels: Int = 1, rate: Int = AudioSignals.rate, block: Int = 1024,
    clipSeconds: Double = 3
  ) -> AudioMeasurement {
    var meter = AudioMeter()
    let length = block * channels
    for start in stride(from: 0, to: samples.count, by: length) {
      let part = Array(samples[start..<min(start + length, samples.count)])
      let time = Double(start / channels) / Double(rate)
      meter.add(AudioBlock(samples: part, channels: channels, sampleRate: rate), at: time)
    }
    return meter.measurement(clipSeconds: clipSeconds)
  }

  /// BS.1770-4: a full-scale sine of 997 Hz in one channel reads −3.01 LUFS.
  @Test("of a sine is that of BS.1770", arguments: [8000, 22_050, 44_100, 48_000])
  func sine(rate: Int) throws {
    let sine = AudioSignals.sine(997, amplitude: 0.1, seconds: 3, rate: rate)
    let mono = try #require(Self.measure(sine, rate: rate).loudnessLUFS)
    #expect(abs(mono - -23.01) < 0.1)
    let stereo = try #require(
      Self.measure(sine.flatMap { [$0, $0] }, channels: 2, rate: rate).loudnessLUFS)
    #expect(abs(stereo - -20) < 0.1)
  }

  @Test(
    "of a clip is what ffmpeg's meter says",
    arguments: ["no-face", "mp3-in-mp4", "flv"])
  func clips(id: String) async throws {
    let path = try TestClips.named(id).path
    let report = try await Gate(.tencent(.lip)).check(.file(path)).report
    let found = try #require(report.measurements?.audio?.loudnessLUFS)
    #expect(abs(found - (try AudioSignals.ffmpegLoudness(path))) <= 0.15)
  }

  @Test("does not depend on how the sound is cut into blocks", arguments: [1, 7, 480, 100_000])
  func blocks(block: Int) throws {
    let speech = try AudioSignals.speech(AudioVoiceTests.digits)
    let whole = Self.measure(speech)
    #expect(whole.voicedLoudnessLUFS != nil)
    #expect(Self.measure(speech, block: block) == whole)
  }

  @Test("of the voiced parts follows the voice, not the silence around it")
  func voicedParts() throws {
    let speech = try AudioSignals.speech(AudioVoiceTests.sentence)
    let loud = try #require(Self.measure(speech).voicedLoudnessLUFS)
    let soft = try #require(Self.measure(scaled(speech, by: 0.1)).voicedLoudnessLUFS)
    #expect(abs(loud - soft - 20) < 0.5)
    let padded = speech + [Float](repeating: 0, count: 160_000)
    let alone = try #require(Self.measure(padded).voicedLoudnessLUFS)
    #expect(abs(alone - loud) < 0.2)
  }

  @Test("shares the voice out over the clip's duration")
  func voicedShare() throws {
    let speech = try AudioSignals.speech(AudioVoiceTests.digits)
    let short = try #require(Self.measure(speech, clipSeconds: 4).voicedShare)
    let long = try #require(Self.measure(speech, clipSeconds: 8).voicedShare)
    #expect(short > 0.2 && short < 0.9)
    #expect(abs(short - 2 * long) < 1e-9)
    #expect(Self.measure(speech, clipSeconds: 0.1).voicedShare == 1)
  }

  @Test("is not stated for silence, which peaks at the floor")
  func silence() {
    var silent = Self.measure([Float](repeating: 0, count: 48_000))
    silent.frames = []
    #expect(
      silent
        == AudioMeasurement(
          present: true, peakDBFS: -120, loudnessLUFS: nil, voicedLoudnessLUFS: nil,
          voicedShare: 0))
    #expect(Self.measure([]) == AudioMeasurement(present: false))
  }

  @Test("survives samples that are no numbers and samples beyond all bounds")
  func damaged() throws {
    var sound = AudioSignals.sine(997, amplitude: 0.1, seconds: 3)
    let clean = try #require(Self.measure(sound).loudnessLUFS)
    for index in stride(from: 100, to: sound.count, by: 4001) { sound[index] = .nan }
    let found = try #require(Self.measure(sound).loudnessLUFS)
    #expect(abs(found - clean) < 0.5)
    sound[500] = .infinity
    sound[501] = -3e38
    let wild = Self.measure(sound)
    #expect(wild.loudnessLUFS?.isFinite == true)
    #expect(try #require(wild.peakDBFS) < 25)
  }

  @Test("goes on when the format changes in the middle")
  func formatChange() throws {
    var meter = AudioMeter()
    let before = AudioSignals.sine(997, amplitude: 0.1, seconds: 2, rate: 16_000)
    let after = AudioSignals.sine(997, amplitude: 0.1, seconds: 2, rate: 44_100)
    meter.add(AudioBlock(samples: before, channels: 1, sampleRate: 16_000), at: 0)
    meter.add(
      AudioBlock(samples: after.flatMap { [$0, 0] }, channels: 2, sampleRate: 44_100), at: 2)
    let loudness = try #require(meter.measurement(clipSeconds: 4).loudnessLUFS)
    #expect(abs(loudness - -23.01) < 0.2)
  }

  @Test("is measured where the voice is heard")
  func stretches() throws {
    var meter = AudioMeter()
    let speech = try AudioSignals.speech("seven")
    meter.add(AudioBlock(samples: speech, channels: 1, sampleRate: 16_000), at: 5)
    let stretches = meter.voicedWindows(from: 4)
    let first = try #require(stretches.first)
    let last = try #require(stretches.last)
    #expect(first.start >= 1.4 && first.start < 1.7)
    #expect(last.end > first.start && last.end <= 1 + Double(speech.count) / 16_000 - 0.3)
  }
}
