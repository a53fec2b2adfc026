import Foundation
import Testing

@testable import VPrep

@Suite("Voice activity")
struct AudioVoiceTests {
  /// Whether someone speaks, for each 20 ms.
  static func voiced(_ sound: [Float], rate: Int = AudioSignals.rate) -> [Bool] {
    var detector = VoiceDetector(sampleRate: rate)
    for frame in frames(sound, rate) { detector.add(Array(frame)) }
    return detector.voiced
  }

  static func share(_ voiced: [Bool]) -> Double {
    Double(voiced.count { $0 }) / Double(max(voiced.count, 1))
  }

  private static func frames(_ sound: [Float], _ rate: Int) -> [ArraySlice<Float>] {
    let length = rate / 50
    return (0..<sound.count / length).map { sound[$0 * length..<($0 + 1) * length] }
  }

  /// Where clean speech is: within 35 dB of its loudest frame, gaps inside words filled.
  static func truth(_ clean: [Float], rate: Int = AudioSignals.rate) -> [Bool] {
    let powers = frames(clean, rate).map(AudioSignals.power)
    let limit = (powers.max() ?? 0) * pow(10, -3.5)
    return powers.map { $0 > limit }.closed(gaps: 8)
  }

  /// Share of the frames called voice that are, and share of the voice's frames that are found.
  static func score(_ found: [Bool], _ truth: [Bool]) -> (precision: Double, recall: Double) {
    let both = Double(zip(found, truth).count { $0 && $1 })
    return (
      both / Double(max(found.count { $0 }, 1)), both / Double(max(truth.count { $0 }, 1))
    )
  }

  static let digits = "four. seven. two. nine."
  static let sentence = "Please hold the phone in front of your face and read the numbers aloud."

  @Test("finds speech at any level", arguments: [0.0, -20, -30, -40])
  func levels(decibels: Double) throws {
    for text in [Self.digits, Self.sentence] {
      let speech = scaled(try AudioSignals.speech(text), by: pow(10, decibels / 20))
      let score = Self.score(Self.voiced(speech), Self.truth(speech))
      #expect(score.precision > 0.95)
      #expect(score.recall > 0.85)
    }
  }

  @Test("finds speech at every sample rate", arguments: [8000, 16_000, 22_050, 44_100, 48_000])
  func rates(rate: Int) throws {
    let speech = try AudioSignals.speech(Self.digits, rate: rate)
    let score = Self.score(Self.voiced(speech, rate: rate), Self.truth(speech, rate: rate))
    #expect(score.precision > 0.95)
    #expect(score.recall > 0.85)
  }

  @Test("finds other voices and languages", arguments: ["de+f3", "cmn", "fr", "en-us+m7"])
  func voices(voice: String) throws {
    let speech = try AudioSignals.speech("1 2 3 4 5 6 7 8 9", voice: voice)
    let score = Self.score(Self.voiced(speech), Self.truth(speech))
    #expect(score.precision > 0.75)
    #expect(score.recall > 0.7)
  }

  @Test("finds speech in noise", arguments: [20.0, 10, 5])
  func noise(signalToNoise: Double) throws {
    let speech = try AudioSignals.speech(Self.sentence)
    let noise = AudioSignals.noise(amplitude: 1, count: speech.count)
    let mixed = mix(speech, scaled(noise, by: Self.gain(noise, under: speech, signalToNoise)))
    let score = Self.score(Self.voiced(mixed), Self.truth(speech))
    #expect(score.precision > 0.95)
    #expect(score.recall > 0.75)
  }

  @Test("finds speech over mains hum", arguments: [20.0, 10])
  func hum(signalToNoise: Double) throws {
    let speech = try AudioSignals.speech(Self.sentence)
    let hum = AudioSignals.sine(100, amplitude: 1, seconds: Double(speech.count) / 16_000)
    let mixed = mix(speech, scaled(hum, by: Self.gain(hum, under: speech, signalToNoise)))
    let score = Self.score(Self.voiced(mixed), Self.truth(speech))
    #expect(score.precision > 0.9)
    #expect(score.recall > 0.7)
  }

  private static func gain(_ noise: [Float], under speech: [Float], _ decibels: Double) -> Double {
    (AudioSignals.power(speech) / AudioSignals.power(noise) * pow(10, -decibels / 10)).squareRoot()
  }

  @Test("takes no tone for a voice", arguments: [60.0, 100, 220, 440, 1000, 3000])
  func tones(hertz: Double) {
    let steady = AudioSignals.sine(hertz, amplitude: 0.3, seconds: 3)
    #expect(Self.share(Self.voiced(steady)) == 0)
    let gap = [Float](repeating: 0, count: 8000)
    let beep = AudioSignals.sine(hertz, amplitude: 0.3, seconds: 0.4)
    #expect(Self.share(Self.voiced(gap + beep + gap + beep + gap)) < 0.02)
  }

  @Test("takes no melody for a voice", arguments: [0.25, 0.5, 1])
  func melody(noteSeconds: Double) {
    let melody = AudioSignals.melody(amplitude: 0.2, noteSeconds: noteSeconds, seconds: 4)
    #expect(Self.share(Self.voiced(melody)) < 0.05)
  }

  @Test("takes neither noise nor silence for a voice")
  func nothing() {
    let noise = AudioSignals.noise(amplitude: 0.3, count: 64_000)
    #expect(Self.share(Self.voiced(noise)) < 0.02)
    #expect(Self.share(Self.voiced([Float](repeating: 0, count: 64_000))) == 0)
    #expect(Self.voiced([]).isEmpty)
  }

  @Test("fills gaps inside words and drops what is no syllable")
  func shaping() {
    let marks = Array("1101100000110001").map { $0 == "1" }
    #expect(marks.closed(gaps: 1).map { $0 ? "1" : "0" }.joined() == "1111100000110001")
    #expect(marks.closed(gaps: 3).map { $0 ? "1" : "0" }.joined() == "1111100000111111")
    #expect(marks.opened(runs: 2).map { $0 ? "1" : "0" }.joined() == "1101100000110000")
    #expect(marks.opened(runs: 3).allSatisfy { !$0 })
  }
}
