internal import MediaIO

/// Measures a clip while it is decoded for something else, so that it is not decoded once more.
///
/// It is the second reading of a `MeasuringPass`, of which the first settled the verdict: what it finds is
/// shown, and decides nothing. It belongs to the thread that reads.
final class MeasuringAlong {
  private let pass: MeasuringPass
  private let first: MeasuringPass.Result
  private var sampling: Sampling
  private var recorder: FrameRecorder?
  private var candidates: PreviewCandidates?
  private var found: MeasuringPass.Result?

  /// - Parameter sampling: as the first reading left it.
  init(_ pass: MeasuringPass, _ sampling: Sampling, after first: MeasuringPass.Result) {
    self.pass = pass
    self.sampling = sampling
    self.first = first
  }

  /// Begins with a reading of the clip.
  func begin(_ reader: borrowing ClipReader) throws(MediaError) {
    let video = reader.video
    found = nil
    sampling.begin(nil, codec: video.codec, duration: video.headerDuration)
    candidates = pass.makeCandidates(after: first.basis)
    recorder = try pass.startRecorder(video, sampling, candidates)
  }

  /// Takes the next picture, in the order of presentation.
  func take(_ frame: borrowing VideoFrame) throws(MediaError) {
    guard let recorder, sampling.measures(frame.time) else { return }
    guard let shared = frame.shared() else { throw .outOfMemory(.decode, file: pass.input.name) }
    // An error is thrown at the end.
    _ = recorder.take(shared, followsEyes: sampling.followsEyes)
  }

  /// Ends with the reading, all of whose pictures were decoded.
  func finish(_ reader: borrowing ClipReader) throws(MediaError) {
    guard let recorder else { return }
    self.recorder = nil
    var basis = first.basis
    basis.take(try recorder.finish(), candidates)
    found = pass.conclude(reader, basis, isPartial: false)
  }

  /// What was found; `nil` where it was not read to the end, or where damaged pictures were decoded by
  /// several threads, so that what they show depends on chance.
  var result: MeasuringPass.Result? {
    guard let found, !found.damage.isFound else { return nil }
    return found
  }

  /// Reads the clip for itself.
  func readAlone() throws(MediaError) -> MeasuringPass.Result {
    try pass.read(&sampling, after: first.basis)
  }
}
