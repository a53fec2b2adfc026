internal import FaceModel
internal import MediaIO
internal import ProviderRules

/// One walk through a clip that decodes it whole and measures what the judge reads.
struct MeasuringPass {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  /// Where the face networks come from.
  let models: ModelStore
  /// Measured frames a second; `nil` measures every frame.
  let samplingRate: Double?
  /// Where to write the measured frames with what was found drawn on them; `nil` writes none.
  var annotationFolder: String?

  /// What the walk found.
  struct Result {
    let clip: ProbedClip
    let measurements: ClipMeasurements
    /// The stretches in which someone speaks, in seconds from the clip's start.
    let voiced: [TimeWindow]
  }

  func run() throws(VPrepError) -> Result {
    do throws(MediaError) {
      return try walk()
    } catch {
      throw VPrepError(error)
    }
  }

  private func walk() throws(MediaError) -> Result {
    var demuxer = try Demuxer(input, limits: limits, watchdog: watchdog)
    let video = try ClipProbe.requireVideo(demuxer)
    var survey = ContentSurvey(demuxer, video: video, limits: limits)
    var decoder = try VideoDecoder(demuxer, limits: limits)
    var soundErrors = 0
    var sound = try Self.openSound(demuxer, errors: &soundErrors)
    var recorder = FrameRecorder(
      meter: FrameMeter(video, engine: try Self.openEngine(models)),
      sampler: Sampler(rate: samplingRate))
    recorder.annotator = try openAnnotator(video)
    var audioMeter = AudioMeter()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    while try demuxer.read(packet) {
      try survey.note(packet)
      if packet.streamIndex == video.index {
        decoder.send(packet)
        while let frame = try decoder.receive() { try recorder.take(frame) }
      } else if packet.streamIndex == demuxer.audio?.index {
        sound?.send(packet)
        try Self.drain(&sound, into: &audioMeter)
      }
    }
    decoder.sendEnd()
    while let frame = try decoder.receive() { try recorder.take(frame) }
    sound?.sendEnd()
    try Self.drain(&sound, into: &audioMeter)
    guard decoder.frames > 0 else { throw ClipProbe.noFrames(demuxer.name) }
    let clip = ProbedClip(
      demuxer, video: video, survey: survey, byteCount: input.byteCount,
      frames: decoder.frames, decodeErrors: decoder.errors + (sound?.errors ?? 0) + soundErrors)
    let facesMeasured = models.state != .missing
    let voiced = audioMeter.voicedStretches(from: clip.videoStart)
    let frames = facesMeasured ? EyeBaseline.applied(to: recorder.frames) : recorder.frames
    return Result(
      clip: clip,
      measurements: ClipMeasurements(
        file: ClipFacts(clip), frames: frames,
        audio: audioMeter.measurement(clipSeconds: clip.videoDuration),
        motion: MotionMeasurement(frames, voiced: voiced), facesMeasured: facesMeasured),
      voiced: voiced)
  }

  private func openAnnotator(_ video: VideoStreamInfo) throws(MediaError) -> FrameAnnotator? {
    guard let annotationFolder else { return nil }
    return try FrameAnnotator(
      folder: annotationFolder, input: input, video: video, samplingRate: samplingRate)
  }

  /// Measures the sound that the decoder has ready.
  private static func drain(
    _ sound: inout AudioDecoder?, into meter: inout AudioMeter
  ) throws(MediaError) {
    while sound?.receive() == true {
      let time = sound?.time
      meter.add(try sound?.interleavedFloats(), at: time)
    }
  }

  /// A sound track that cannot be decoded counts as damage, not as a reason to give up.
  private static func openSound(
    _ demuxer: borrowing Demuxer, errors: inout Int
  ) throws(MediaError) -> AudioDecoder? {
    do throws(MediaError) {
      return try AudioDecoder(demuxer)
    } catch {
      guard error.cause == .unsupportedCodec else { throw error }
      errors += 1
      return nil
    }
  }

  /// The face networks; `nil` where there are none.
  static func openEngine(_ store: ModelStore) throws(MediaError) -> FaceEngine? {
    guard store.state != .missing else { return nil }
    do throws(ModelError) {
      return try FaceEngine(store)
    } catch {
      throw MediaError(error)
    }
  }
}

/// Measures the frames that the sampler takes, on a clock that starts with the first frame.
private struct FrameRecorder: ~Copyable {
  var meter: FrameMeter
  var sampler: Sampler
  var annotator: FrameAnnotator?
  var frames: [FrameMeasurement] = []
  private var start: Double?

  init(meter: consuming FrameMeter, sampler: Sampler) {
    self.meter = meter
    self.sampler = sampler
  }

  mutating func take(_ frame: consuming VideoFrame) throws(MediaError) {
    let origin = start ?? frame.time
    start = origin
    let time = frame.time - origin
    guard sampler.takes(time) else { return }
    let measured = try measure(frame, at: time)
    frames.append(measured)
    try annotator?.take(frame, measured, meter.landmarks)
  }

  private mutating func measure(
    _ frame: borrowing VideoFrame, at time: Double
  ) throws(MediaError) -> FrameMeasurement {
    do throws(ModelError) {
      return try meter.measure(frame, at: time)
    } catch {
      throw MediaError(error)
    }
  }
}

extension MediaError {
  /// A face model that cannot be used is no fault of the clip.
  init(_ error: ModelError) {
    self.init(
      .decode, file: error.file, cause: .library, detail: "face model: \(error.cause)",
      advice: "Run make setup, or point VPREP_MODELS at a folder with intact models.")
  }
}

extension ClipFacts {
  init(_ clip: ProbedClip) {
    let display = clip.video.displaySize
    self.init(
      container: clip.container, bytes: clip.byteCount, durationSeconds: clip.videoDuration,
      videoCodec: clip.video.codec, audioCodec: clip.audio?.codec, displayWidth: display.width,
      displayHeight: display.height, frameRate: clip.frameRate, bitRate: clip.bitRate,
      framesDecoded: clip.frames, decodeErrors: clip.decodeErrors)
  }
}
