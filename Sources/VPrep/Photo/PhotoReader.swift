internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Services

/// Reads the photo that the clip is compared with and measures it as a frame of a clip is measured.
struct PhotoReader {
  let input: MediaInput
  /// Who takes the photo.
  let service: Service
  let limits: InputLimits
  let watchdog: Watchdog
  /// The face networks.
  let engines: FaceEnginePool

  /// Decodes and measures; a file that shows no picture is an unusable input.
  func run() throws(VPrepError) -> PhotoInfo {
    let kind = ImageKind(input.prefix(ImageKind.prefixLength))
    if let kind, !kind.isAccepted {
      throw Self.unusable(
        input.name, for: service,
        "the photo is \(kind.rawValue.uppercased()), which is not an accepted format")
    }
    do throws(MediaError) {
      let measurements = try measure(kind)
      return PhotoInfo(name: input.name, md5: try input.md5(), measurements: measurements)
    } catch {
      throw Self.error(error, for: service)
    }
  }

  /// The error as one of a photo: a clip's advice would mislead.
  static func error(_ error: MediaError, for service: Service) -> VPrepError {
    switch error.cause {
    case .unsupportedContainer, .noVideo, .corrupt, .unsupportedCodec:
      unusable(
        error.file, for: service,
        "the photo cannot be read: it is damaged, or neither JPG nor PNG")
    case .empty: unusable(error.file, for: service, "the photo is empty (0 bytes)")
    default: VPrepError(error)
    }
  }

  /// What is wrong with a photo's form has one code.
  private static func unusable(
    _ file: String, for service: Service, _ message: String
  ) -> VPrepError {
    VPrepError(
      kind: .unusableInput(.unreadable), stage: "photo", file: file, message: message,
      advice: "Save the photo as JPG or PNG.",
      code: service.profile.photoCode)
  }

  private func measure(_ kind: ImageKind?) throws(MediaError) -> PhotoMeasurements {
    var reader = try ClipReader(
      input, for: .measure, limits: limits.forPhoto, watchdog: watchdog, isPhoto: true)
    let frame = try firstFrame(&reader)
    let geometry = UprightGeometry(
      storedWidth: frame.width, storedHeight: frame.height,
      pixelAspect: reader.video.sampleAspect.value,
      orientation: frame.orientation ?? reader.video.orientation)
    var measurements = PhotoMeasurements(
      bytes: input.byteCount, format: kind?.rawValue ?? reader.demuxer.container.rawValue,
      width: geometry.width, height: geometry.height)
    guard var meter = PhotoMeter(engine: try engines.take()) else { return measurements }
    do throws(ModelError) {
      let found = try meter.measure(frame, in: geometry)
      (measurements.faceCount, measurements.face) = (found.count, found.face)
    } catch {
      throw MediaError(error)
    }
    engines.giveBack(meter.intoEngine())
    return measurements
  }

  private func firstFrame(_ reader: inout ClipReader) throws(MediaError) -> VideoFrame {
    var first: VideoFrame?
    try reader.forEachFrame(
      ClipReader.Decoding(threads: 1, includesAudio: false),
      video: { frame in
        first = consume frame
        return .stop
      })
    guard let first = first.take() else { throw reader.noFrames }
    return first
  }
}
