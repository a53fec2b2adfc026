package import Foundation

/// ffprobe and ffmpeg as independent witnesses: tests measure with them what vprep wrote.
package enum Ffprobe {
  /// What ffprobe finds in a file.
  package struct File: Sendable {
    /// FFmpeg's names of the container, such as `mov,mp4,m4a,3gp,3g2,mj2`.
    package let format: String
    /// The container's duration in seconds; `nil` when it states none.
    package let duration: Double?
    /// The streams in their order.
    package let streams: [Stream]

    /// The first video stream that is not a cover picture.
    package var video: Stream? { streams.first { $0.kind == "video" && !$0.isCover } }
    /// The first sound track.
    package var audio: Stream? { streams.first { $0.kind == "audio" } }
  }

  /// One stream of a file.
  package struct Stream: Sendable {
    /// `video`, `audio`, `subtitle` or `data`.
    package let kind: String
    /// FFmpeg's name of the codec.
    package let codec: String
    /// The codec's tag in the container, such as `avc1`.
    package let tag: String
    /// Width in pixels as stored; 0 for sound.
    package let width: Int
    /// Height in pixels as stored; 0 for sound.
    package let height: Int
    /// Width and height in pixels as shown: after rotation and with square pixels.
    package let displaySize: (width: Int, height: Int)
    /// Degrees to turn the picture clockwise for display: 0, 90, 180 or 270.
    package let rotation: Int
    /// FFmpeg's name of the pixel format.
    package let pixelFormat: String?
    /// FFmpeg's name of the matrix; `nil` when it is not tagged.
    package let matrix: String?
    /// FFmpeg's name of the primaries; `nil` when they are not tagged.
    package let primaries: String?
    /// FFmpeg's name of the transfer function.
    package let transfer: String?
    /// `tv` or `pc`.
    package let range: String?
    /// Start in seconds.
    package let start: Double?
    /// Duration in seconds as the container states it.
    package let duration: Double?
    /// Samples in front of the sound that are not to be heard; 0 where this ffprobe does not say.
    package let hiddenSamples: Int
    /// Whether the stream is a cover picture.
    package let isCover: Bool
  }

  /// What ffprobe finds in a file; throws with ffprobe's own words when it cannot read it.
  package static func probe(_ url: URL) throws -> File {
    let data = try run(
      "ffprobe", ["-show_format", "-show_streams", "-of", "json", url.path(percentEncoded: false)]
    ).output
    let answer = try JSONDecoder().decode(Answer.self, from: data)
    return File(
      format: answer.format.format_name, duration: answer.format.duration.flatMap(Double.init),
      streams: answer.streams.map(Stream.init))
  }

  /// When each frame of the first video stream is shown, in seconds, in display order; all are decoded.
  package static func frameTimes(_ url: URL) throws -> [Double] {
    try run(
      "ffprobe",
      [
        "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time",
        "-of", "csv=p=0", url.path(percentEncoded: false),
      ]
    ).outputText.split(whereSeparator: { ",\n".contains($0) }).compactMap { Double($0) }
  }

  /// Where the packets of the first video stream stand in the file, in bytes, and how long they are.
  package static func packets(_ url: URL) throws -> [(position: Int, size: Int)] {
    try run(
      "ffprobe",
      [
        "-select_streams", "v:0", "-show_entries", "packet=size,pos", "-of", "csv=p=0",
        url.path(percentEncoded: false),
      ]
    ).outputText.split(separator: "\n").compactMap { line in
      let values = line.split(separator: ",").compactMap { Int($0) }
      return values.count >= 2 ? (values[1], values[0]) : nil
    }
  }

  /// What ffmpeg complains about while it decodes the whole file; empty for a sound file.
  ///
  /// Times are compared in microseconds: the clock of the null muxer counts frames of the mean rate, so that
  /// two pictures of a variable rate may fall into one.
  package static func decodeErrors(_ url: URL) throws -> String {
    try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", url.path(percentEncoded: false), "-enc_time_base",
        "1/1000000", "-f", "null", "-",
      ]
    ).errorText
  }

  /// The luma plane of every frame as ffmpeg shows it: upright, scaled to the size, 0–255 full range.
  ///
  /// - Returns: frames of `width` × `height` bytes, rows without padding.
  package static func luma(_ url: URL, width: Int, height: Int) throws -> [Data] {
    let filter = "scale=\(width):\(height):flags=area:out_range=pc,format=gray"
    let bytes = try run(
      "ffmpeg",
      [
        "-nostdin", "-i", url.path(percentEncoded: false), "-map", "0:v:0", "-vf", filter,
        "-fps_mode", "passthrough", "-f", "rawvideo", "-",
      ]
    ).output
    let size = width * height
    return (0..<bytes.count / size).map { bytes.subdata(in: $0 * size..<($0 + 1) * size) }
  }

  /// Runs a tool of FFmpeg; throws with its own words when it fails.
  package static func run(_ tool: String, _ arguments: [String]) throws -> ProcessResult {
    let result = try runProcess(tool, ["-v", "error"] + arguments)
    guard result.status == 0 else { throw TestSupportError("\(tool): \(result.errorText)") }
    return result
  }
}

// ffprobe's JSON keeps its own spelling here.
private struct Answer: Decodable {
  struct Format: Decodable {
    let format_name: String
    let duration: String?
  }
  struct SideData: Decodable {
    let rotation: Int?
  }
  struct Stream: Decodable {
    let codec_type: String
    let codec_name: String?
    let codec_tag_string: String?
    let width: Int?
    let height: Int?
    let sample_aspect_ratio: String?
    let pix_fmt: String?
    let color_space: String?
    let color_primaries: String?
    let color_transfer: String?
    let color_range: String?
    let start_time: String?
    let duration: String?
    let initial_padding: Int?
    let disposition: [String: Int]?
    let side_data_list: [SideData]?
  }
  let format: Format
  let streams: [Stream]
}

extension Ffprobe.Stream {
  fileprivate init(_ found: Answer.Stream) {
    // ffprobe counts against the clock.
    let counter = found.side_data_list?.compactMap(\.rotation).first ?? 0
    let aspect = found.sample_aspect_ratio?.split(separator: ":").compactMap { Double($0) } ?? []
    let stretch = aspect.count == 2 && aspect[0] > 0 && aspect[1] > 0 ? aspect[0] / aspect[1] : 1
    let (stored, tall) = (found.width ?? 0, found.height ?? 0)
    let wide = Int((Double(stored) * stretch).rounded())
    kind = found.codec_type
    codec = found.codec_name ?? "unknown"
    tag = found.codec_tag_string ?? ""
    width = stored
    height = tall
    rotation = ((-counter % 360) + 360) % 360
    displaySize = rotation % 180 == 0 ? (wide, tall) : (tall, wide)
    pixelFormat = found.pix_fmt
    matrix = found.color_space
    primaries = found.color_primaries
    transfer = found.color_transfer
    range = found.color_range
    start = found.start_time.flatMap(Double.init)
    duration = found.duration.flatMap(Double.init)
    hiddenSamples = found.initial_padding ?? 0
    isCover = found.disposition?["attached_pic"] == 1
  }
}
