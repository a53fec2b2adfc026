internal import Kernels
internal import MediaIO
internal import Services

/// How the bytes are divided, and what size the pictures get.
extension FitPlanner {
  /// Bytes that the index of an MP4 needs, in all and for each frame of video and of AAC.
  ///
  /// Tables of size, composition offset, time-to-sample, sync and chunk; 12 a frame were measured.
  private static let indexBytes = (fixed: 1400, videoFrame: 14, audioFrame: 9)
  /// Bits that one pixel of one frame should get: below it x264's veryfast preset shows blocks.
  private static let bitsPerPixel = 0.05
  /// The share of the source's own bits, as H.264, with which its pixels are kept where it has fewer.
  private static let leastOfSource = 0.8

  /// The clip's bytes converted to H.264; more bytes would not restore what it lost.
  ///
  /// A window gets half as much again for the loss of a second encoding, but never more than the
  /// complete clip.
  func sourceBytes(seconds: Double) -> Int {
    let pictures = Double(clip.videoBytes)
    let whole =
      Double(clip.byteCount) + pictures * (CodecEfficiency.h264Bytes(for: clip.video.codec) - 1)
    let share = clip.duration > 0 ? min(1, seconds / clip.duration) : 1
    let bytes = share < 1 ? min(whole * share * 1.5 + Self.windowOverheadBytes, whole) : whole
    return max(Int(saturating: min(bytes, Double(limits.maximumBytes))), 1)
  }

  /// Bytes that any window may have in addition to its share: an index, and a key frame that the
  /// source had elsewhere.
  private static let windowOverheadBytes = 16_384.0

  /// The bit rate of encoded audio with copied video: that of the source, at most AAC's transparent
  /// rate; `nil` if the video leaves too little room.
  func audioBitRate(beside pictures: Int, seconds: Double, within limit: Int) -> Int? {
    guard let audio = clip.audio, clip.duration > 0, seconds > 0 else { return nil }
    let old = Double(max(0, clip.byteCount - clip.videoBytes)) * 8 / clip.duration
    let room = Double(limit - pictures - indexBytes(seconds: seconds)) * 8
    let rate = min(
      Self.transparentAudioBitRate(channels: audio.channels), max(old, Self.leastAudioBitRate),
      room / seconds)
    // AAC's encoder may exceed its rate a little on a short clip.
    return rate >= Self.leastAudioBitRate ? Int(saturating: rate * 0.93) : nil
  }

  /// Bits per second with which speech survives AAC.
  private static let leastAudioBitRate = 24_000.0

  private static func transparentAudioBitRate(channels: Int) -> Double {
    channels > 1 ? 128_000 : 96_000
  }

  func indexBytes(seconds: Double) -> Int {
    let frames = max(1, clip.frameRate * seconds)
    let rate = clip.audio.map { AudioEncoder.sampleRate(for: $0.sampleRate) } ?? 0
    let blocks = Double(rate) * seconds / 1024
    let bytes =
      frames * Double(Self.indexBytes.videoFrame) + blocks * Double(Self.indexBytes.audioFrame)
    return Self.indexBytes.fixed + Int(min(bytes, 1e12))
  }

  /// Divides the bytes between audio, pictures and index, then finds a picture size that the rate
  /// can fill.
  ///
  /// - Parameter window: the part that is kept, for the sizes of its pictures and of the face.
  func target(budget: Int, duration: Double, window: TimeWindow? = nil) -> TranscodeTarget {
    let seconds = max(duration, 0.04)
    let available = Double(max(0, budget - indexBytes(seconds: seconds))) * 8 / seconds
    let audio = clip.audio.map { Self.audioBitRate(channels: $0.channels, available: available) }
    let video = max(available - Double(audio ?? 0), 10_000)
    let size = pictureSize(bitRate: video, window: window)
    return TranscodeTarget(
      width: size.width, height: size.height, videoBytes: Int(saturating: video * seconds / 8),
      audioBitRate: audio ?? 0, duration: seconds)
  }

  /// AAC's transparent rate where it fits, else a tenth of what there is; speech survives 24 kbit/s.
  private static func audioBitRate(channels: Int, available: Double) -> Int {
    Int(
      saturating: max(
        leastAudioBitRate, min(transparentAudioBitRate(channels: channels), available / 10)))
  }

  /// The display size, even, shrunk until each pixel gets its bits; never below what the face's limits
  /// need, nor below 480 × 640 unless the source is.
  private func pictureSize(bitRate: Double, window: TimeWindow?) -> (width: Int, height: Int) {
    let (width, height) = clip.commonSize(in: window)
    let pixels = max(Double(width) * Double(height) * max(clip.frameRate, 1), 1)
    let affordable = (bitRate / (neededBits(pixels: pixels) * pixels)).squareRoot()
    let floor = max(
      Double(limits.minimumShortSide) / Double(max(1, min(width, height))),
      Double(limits.minimumLongSide) / Double(max(1, max(width, height))),
      timeline?.leastScale(window) ?? 0)
    let scale = min(1, max(affordable, floor))
    return (Self.even(Double(width) * scale), Self.even(Double(height) * scale))
  }

  /// Bits per pixel below which blocks show; fewer if the source had fewer.
  ///
  /// - Parameter pixels: pixels per second of the source.
  private func neededBits(pixels: Double) -> Double {
    guard clip.videoDuration > 0, clip.videoBytes > 0 else { return Self.bitsPerPixel }
    let bytes = Double(clip.videoBytes) * CodecEfficiency.h264Bytes(for: clip.video.codec)
    let own = bytes * 8 / clip.videoDuration / pixels
    return min(Self.bitsPerPixel, own * Self.leastOfSource)
  }

  static func even(_ value: Double) -> Int { max(2, Int(saturating: value.rounded()) & ~1) }
}
