import Foundation
import TestSupport

/// Sounds whose content is known, at 16 kHz, full scale ±1.
enum AudioSignals {
  static let rate = 16_000

  static func sine(_ hertz: Double, amplitude: Double, seconds: Double, rate: Int = rate) -> [Float]
  {
    (0..<Int(seconds * Double(rate))).map {
      Float(amplitude * sin(2 * Double.pi * hertz * Double($0) / Double(rate)))
    }
  }

  /// A note after the other, each with harmonics, as of an organ.
  static func melody(amplitude: Double, noteSeconds: Double, seconds: Double) -> [Float] {
    let notes = [262.0, 330, 392, 523, 440, 349]
    return (0..<Int(seconds * Double(rate))).map {
      let time = Double($0) / Double(rate)
      let phase = 2 * Double.pi * notes[Int(time / noteSeconds) % notes.count] * time
      return Float(amplitude * (sin(phase) + sin(2 * phase) / 2 + sin(3 * phase) / 4))
    }
  }

  /// White noise, the same on every run.
  static func noise(amplitude: Double, count: Int) -> [Float] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(amplitude * (Double(state >> 11) / Double(1 << 52) - 1))
    }
  }

  /// Speech by eSpeak NG with half a second of silence on either side.
  static func speech(
    _ text: String, voice: String = "en", rate: Int = rate
  ) throws -> [Float] {
    let folder = try TemporaryFolder()
    let file = folder.path("speech.wav")
    let spoken = try runProcess("espeak-ng", ["-v", voice, "-s", "140", "-w", file, text])
    guard spoken.status == 0 else { throw SignalError(text: spoken.errorText) }
    let silence = [Float](repeating: 0, count: rate / 2)
    return try silence + decode(file, rate: rate) + silence
  }

  /// The sound of a file as ffmpeg decodes it, as one channel.
  static func decode(_ path: String, rate: Int = rate) throws -> [Float] {
    let decoded = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", path, "-vn", "-ac", "1", "-ar", "\(rate)", "-f", "f32le",
        "-",
      ])
    guard decoded.status == 0 else { throw SignalError(text: decoded.errorText) }
    return decoded.output.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
  }

  /// What ffmpeg's own meter says of a file's integrated loudness in LUFS.
  static func ffmpegLoudness(_ path: String) throws -> Double {
    let text = try runProcess(
      "ffmpeg", ["-nostdin", "-nostats", "-i", path, "-vn", "-af", "ebur128", "-f", "null", "-"]
    ).errorText
    let summary = text.components(separatedBy: "Integrated loudness:").last ?? ""
    let words = summary.split(whereSeparator: \.isWhitespace)
    guard words.count > 1, words[0] == "I:", let loudness = Double(words[1]) else {
      throw SignalError(text: "ffmpeg reports no loudness for \(path)")
    }
    return loudness
  }

  static func power(_ samples: some Collection<Float>) -> Double {
    samples.reduce(0) { $0 + Double($1 * $1) } / Double(max(samples.count, 1))
  }

  struct SignalError: Error { let text: String }
}

/// Two sounds at once.
func mix(_ first: [Float], _ second: [Float]) -> [Float] { zip(first, second).map { $0 + $1 } }

/// A sound made louder by a factor.
func scaled(_ sound: [Float], by factor: Double) -> [Float] { sound.map { $0 * Float(factor) } }
