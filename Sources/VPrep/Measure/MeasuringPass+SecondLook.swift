internal import MediaIO
internal import Services

extension MeasuringPass {
  /// Looks again, at all pictures; sound and packets are known from the first look.
  func secondLook(after first: Result) throws(VPrepError) -> Result {
    do throws(MediaError) {
      let result = try lookAgain(after: first.basis)
      guard let alone = alone(after: result) else { return result }
      return try alone.lookAgain(after: first.basis)
    } catch {
      throw VPrepError(error)
    }
  }

  private func lookAgain(after basis: Basis) throws(MediaError) -> Result {
    var reader = try ClipReader(
      input, for: stage, limits: limits, watchdog: watchdog, trustingHeader: true)
    let recorder = try startRecorder(reader.video)
    var sampler = Sampler(rate: samplingRate)
    try reader.forEachFrame(
      ClipReader.Decoding(includesSound: false),
      video: { frame in
        guard sampler.takes(frame.time) else { return .goOn }
        return recorder.take(frame) ? .goOn : .stop
      })
    var whole = basis
    (whole.frames, whole.places) = try recorder.finish()
    return conclude(reader, whole, isPartial: false)
  }
}
