internal import MediaIO
internal import ProviderRules

extension MeasuringPass {
  /// Looks again, at all pictures; sound and packets are known from the first look.
  func secondLook(after first: Result) throws(VPrepError) -> Result {
    do throws(MediaError) {
      return try lookAgain(after: first.basis)
    } catch {
      throw VPrepError(error)
    }
  }

  private func lookAgain(after basis: Basis) throws(MediaError) -> Result {
    var demuxer = try Demuxer(
      input, limits: limits, watchdog: watchdog, trustingHeader: true)
    let video = try ClipProbe.requireVideo(demuxer)
    let recorder = try startRecorder(video)
    var pictures = PictureSource(
      decoder: try VideoDecoder(demuxer, limits: limits), sampler: Sampler(rate: samplingRate))
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    while pictures.isWanted, try demuxer.read(packet) {
      guard packet.streamIndex == video.index else { continue }
      pictures.decoder.send(packet)
      try pictures.drain(into: recorder)
    }
    pictures.decoder.sendEnd()
    try pictures.drain(into: recorder)
    var whole = basis
    whole.frames = try recorder.finish()
    return try conclude(demuxer, whole, pictures.decoder, isPartial: false)
  }
}
