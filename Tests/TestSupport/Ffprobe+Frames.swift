package import Foundation

extension Ffprobe {
  /// How many frames of the first video stream decode, as `ffprobe -count_frames` counts them.
  package static func countFrames(_ url: URL) throws -> Int? {
    let text = try run(
      "ffprobe",
      [
        "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames",
        "-of", "csv=p=0", url.path(percentEncoded: false),
      ]
    ).outputText
    return text.split(whereSeparator: { ",\n ".contains($0) }).compactMap { Int($0) }.first
  }

  /// MD5 of every frame of the first video stream as it is stored, unturned, in the order of display.
  ///
  /// - Parameter ignoringEditLists: also shows what an MP4's edit list hides.
  package static func frameDigests(
    _ url: URL, ignoringEditLists: Bool = false
  ) throws -> [String] {
    try run(
      "ffmpeg",
      ["-nostdin", "-noautorotate"] + (ignoringEditLists ? ["-ignore_editlist", "1"] : []) + [
        "-i", url.path(percentEncoded: false), "-map", "0:v:0", "-fps_mode", "passthrough", "-f",
        "framemd5", "-",
      ]
    ).outputText.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.compactMap {
      $0.split(separator: ",").last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The first sound track as 16-bit mono from time zero of the file's clock on; what is missing
  /// before the first sample is silence.
  ///
  /// - Parameter rate: samples a second.
  package static func sound(_ url: URL, rate: Int) throws -> [Int16] {
    let bytes = try run(
      "ffmpeg",
      [
        "-nostdin", "-copyts", "-i", url.path(percentEncoded: false), "-map", "0:a:0", "-ac", "1",
        "-af", "aresample=\(rate):async=1:first_pts=0", "-f", "s16le", "-",
      ]
    ).output
    return stride(from: 0, to: bytes.count - 1, by: 2).map {
      Int16(truncatingIfNeeded: Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8)
    }
  }

  /// Raw video that ffmpeg makes of a clip's first video stream with a chain of filters.
  ///
  /// - Parameters:
  ///   - filters: a filter chain; ffmpeg turns the picture upright before it.
  ///   - pixelFormat: FFmpeg's name of the samples' layout.
  ///   - frames: how many frames to keep; `nil` keeps all.
  package static func raw(
    _ url: URL, filters: String, pixelFormat: String, frames: Int? = nil
  ) throws -> Data {
    let count = frames.map { ["-frames:v", "\($0)"] } ?? []
    return try run(
      "ffmpeg",
      ["-nostdin", "-i", url.path(percentEncoded: false), "-map", "0:v:0", "-vf", filters]
        + count + ["-fps_mode", "passthrough", "-pix_fmt", pixelFormat, "-f", "rawvideo", "-"]
    ).output
  }

  /// Makes a file with ffmpeg; the last argument is where it is to stand.
  package static func make(_ arguments: [String]) throws {
    _ = try run("ffmpeg", ["-nostdin", "-y"] + arguments)
  }
}

/// The mean of the absolute differences between the bytes of two pictures of one size.
///
/// It is infinite where the sizes differ, so that no comparison can pass by mistake.
package func meanAbsoluteDifference(_ first: Data, _ second: Data) -> Double {
  guard first.count == second.count, !first.isEmpty else { return .infinity }
  var sum = 0
  for (one, other) in zip(first, second) { sum += abs(Int(one) - Int(other)) }
  return Double(sum) / Double(first.count)
}
