import Kernels
@testable import MediaIO
@testable import VPrep

extension ProbedClip {
  /// A clip that exists only as numbers: 480×640 H.264 with AAC in MP4, 30 frames a second.
  static func made(
    container: ContainerFormat = .mp4, byteCount: Int = 1_000_000, seconds: Double = 3,
    codec: CodecName = .h264, sound: CodecName? = .aac, channels: Int = 1,
    width: Int = 480, height: Int = 640, sampleAspect: Rational = Rational(1, 1),
    orientation: Orientation = .upright, frameRate: Double = 30, isDamaged: Bool = false,
    hasTrailingIndex: Bool = false, durationSource: DurationSource = .header
  ) -> ProbedClip {
    let timeBase = Rational(1, 90_000)
    let rate = Rational(Int(frameRate), 1)
    let frames = Int(seconds * frameRate)
    let video = VideoStreamInfo(
      index: 0, codec: codec, width: width, height: height, sampleAspect: sampleAspect,
      orientation: orientation, pixelFormat: "yuv420p", color: ColorDescription(),
      timeBase: timeBase, averageFrameRate: rate, nominalFrameRate: rate,
      headerDuration: seconds, headerFrames: frames, isInterlaced: false)
    let audio = sound.map {
      AudioStreamInfo(
        index: 1, codec: $0, sampleRate: 48_000, channels: channels, timeBase: timeBase,
        headerDuration: seconds)
    }
    return ProbedClip(
      name: "made.\(container.rawValue)", byteCount: byteCount, container: container, video: video,
      audio: audio, others: [], duration: seconds, durationSource: durationSource,
      videoDuration: seconds, videoStart: 0, frameRate: frameRate, hasVariableFrameRate: false,
      frames: frames, videoBytes: byteCount * 9 / 10,
      packetSizes: PacketSizes(times: [], bytes: []), decodeErrors: 0, isDamaged: isDamaged,
      isDecoded: true, hasTrailingIndex: hasTrailingIndex, warnings: [])
  }
}
