internal import MediaIO
internal import Services

extension ClipFacts {
  /// Of a clip that is still being read.
  static var unknown: ClipFacts {
    ClipFacts(
      container: "", bytes: 0, durationSeconds: 0, videoCodec: "", audioCodec: nil, displayWidth: 0,
      displayHeight: 0, frameRate: 0, bitRate: 0, framesDecoded: 0)
  }

  init(_ clip: ProbedClip) {
    let display = clip.video.displaySize
    self.init(
      container: clip.container.rawValue, bytes: clip.byteCount,
      durationSeconds: clip.videoDuration,
      videoCodec: clip.video.codec.rawValue, audioCodec: clip.audio?.codec.rawValue,
      displayWidth: display.width,
      displayHeight: display.height, frameRate: clip.frameRate, bitRate: clip.bitRate,
      framesDecoded: clip.frames, decodeErrors: clip.decodeErrors,
      missingSeconds: clip.missingDuration)
  }
}
