internal import MediaIO
internal import Services

/// What goes into the request beside the clip: its parameters and the photo.
extension Pipeline {
  /// Checks the request alone.
  func lint() throws(VPrepError) -> [LintFinding] {
    let photo = try openPhoto()
    let sentPhoto = try photo.map { (photo) throws(VPrepError) in
      let md5 = try VPrepError.wrapping { () throws(MediaError) in try photo.md5() }
      return SentFile(md5: md5, bytes: photo.byteCount)
    }
    let clip = SentFile(md5: try md5(), bytes: input.byteCount)
    return findings(clip: clip, photo: sentPhoto) ?? []
  }

  /// The photo as it was measured; `nil` without one.
  func readPhoto() throws(VPrepError) -> PhotoInfo? {
    guard let photo = try openPhoto() else { return nil }
    return try PhotoReader(
      input: photo, service: service, limits: limits, watchdog: watchdog, engines: engines
    ).run()
  }

  private func openPhoto() throws(VPrepError) -> MediaInput? {
    guard let photo = gate.judging.photo else { return nil }
    do throws(MediaError) {
      return try MediaInput(photo.source, limits: limits)
    } catch {
      throw PhotoReader.error(error, for: service)
    }
  }

  private var request: RequestCheck? {
    gate.judging.request.map { RequestCheck(service: service, parameters: $0) }
  }

  /// What the provider would refuse in the request; `nil` without one.
  func findings(clip: SentFile, photo: SentFile?) -> [LintFinding]? {
    request?.findings(clip: clip, photo: photo)
  }
}

extension PhotoInfo {
  /// The photo as it goes with the request.
  var sent: SentFile { SentFile(md5: md5, bytes: measurements.bytes) }
}

extension Judge {
  /// A judge that goes by the request where it says something, else by the caller's options.
  init(_ gate: Gate) {
    let request = gate.judging.request ?? [:]
    let service = gate.service.asked(by: request)
    self.init(
      service,
      options: RequestCheck(service: service, parameters: request).applied(
        to: gate.judging.options),
      overrides: gate.judging.overrides)
  }
}
