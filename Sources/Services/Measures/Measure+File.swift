/// What the container and the streams say.
extension Measure {
  static let durationSeconds = whole(
    "input.durationSeconds", .seconds, "duration of the content", need: .file
  ) { $0.clip.file.durationSeconds }

  static let bytes = whole("input.bytes", .bytes, "size of the file", need: .file) {
    Double($0.clip.file.bytes)
  }

  static let base64Bytes = whole(
    "input.base64Bytes", .bytes, "size of the file after Base64, 4·⌈n/3⌉", need: .file
  ) { Double(Base64Size.encoded($0.clip.file.bytes)) }

  static let container = name("input.container", "container of the file", need: .file) {
    $0.clip.file.container
  }

  static let videoCodec = name("input.video.codec", "video codec", need: .file) {
    $0.clip.file.videoCodec
  }

  static let audioCodec = name(
    "input.audio.codec", "audio codec; `none` without a sound track", need: .file
  ) { $0.clip.file.audioCodec ?? Measure.noAudioStream }

  /// The name that stands for a clip without an audio stream.
  static let noAudioStream = "none"

  static let framesDecoded = whole(
    "framesDecoded", .count, "frames that decode", need: .file
  ) { Double($0.clip.file.framesDecoded) }

  static let decodeErrors = whole(
    "input.decodeErrors", .count, "packets and frames reported as damaged", need: .file
  ) { Double($0.clip.file.decodeErrors) }

  static let missingSeconds = whole(
    "input.missingSeconds", .seconds, "what the header promises beyond the content", need: .file
  ) { $0.clip.file.missingSeconds }

  static let shortSide = whole(
    "input.video.shortSide", .pixels, "shorter side of the upright picture", need: .file
  ) { Double(min($0.clip.file.displayWidth, $0.clip.file.displayHeight)) }

  static let longSide = whole(
    "input.video.longSide", .pixels, "longer side of the upright picture", need: .file
  ) { Double(max($0.clip.file.displayWidth, $0.clip.file.displayHeight)) }

  static let frameRate = whole(
    "input.video.frameRate", .framesPerSecond, "mean frame rate", need: .file
  ) { $0.clip.file.frameRate > 0 ? $0.clip.file.frameRate : nil }

  static let bitsPerPixel = whole(
    "input.video.bitsPerPixel", .bitsPerPixel, "bit rate ÷ (width · height · frame rate)",
    need: .file
  ) { evidence in
    let file = evidence.clip.file
    let pixels = Double(file.displayWidth) * Double(file.displayHeight) * file.frameRate
    return pixels > 0 && file.bitRate > 0 ? file.bitRate / pixels : nil
  }

  static let downloadSeconds = whole(
    "input.downloadSeconds", .seconds, "size of the file in bits ÷ the bandwidth given",
    need: .bandwidth
  ) { evidence in
    guard let bandwidth = evidence.options.bandwidth, bandwidth > 0 else { return nil }
    return Double(evidence.clip.file.bytes) * 8 / bandwidth
  }

  static let fileMeasures: [Measure] = [
    durationSeconds, bytes, base64Bytes, container, videoCodec, audioCodec, framesDecoded,
    decodeErrors, shortSide, longSide, frameRate, bitsPerPixel, downloadSeconds,
  ]
}
