internal import MediaIO

/// A decoder and the choice of its pictures that are measured.
struct PictureSource: ~Copyable {
  var decoder: VideoDecoder
  private var sampler: Sampler
  /// Whether anybody still takes pictures.
  private(set) var isWanted = true

  init(decoder: consuming VideoDecoder, sampler: Sampler) {
    self.decoder = decoder
    self.sampler = sampler
  }

  /// Hands over the pictures that are ready.
  ///
  /// - Parameter followsEyes: whether the eyes are measured in every one of them; see `FrameMeter`.
  mutating func drain(
    into recorder: FrameRecorder, followsEyes: Bool = true
  ) throws(MediaError) {
    while let frame = try decoder.receive() {
      if sampler.takes(frame.time), !recorder.take(frame, followsEyes: followsEyes) {
        isWanted = false
      }
    }
  }
}
