internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Services

/// One walk through a clip that decodes it and measures what the judge reads.
///
/// This thread reads, decodes and listens; `FrameRecorder`'s measures what was decoded.
struct MeasuringPass {
  let input: MediaInput
  /// What the clip is measured for.
  var stage = ReadingStage.measure
  var limits: InputLimits
  let watchdog: Watchdog
  /// The face networks.
  let engines: FaceEnginePool
  /// Measured frames a second; `nil` measures every frame.
  var samplingRate: Double?
  /// Where to write the measured frames with what was found drawn on them; `nil` writes none.
  var annotationFolder: String?
  /// What no annotated picture may replace.
  var protected = ProtectedFiles()
  /// Looks at a part of the pictures where that is enough; `nil` decodes all of them.
  var look: FirstLook?

  /// What the walk found.
  struct Result {
    let clip: ProbedClip
    let measurements: ClipMeasurements
    /// Whether pictures were left out that ought to be seen, because the clip is not what its index
    /// says, or because those that were decoded show damage.
    let isDoubtful: Bool
    /// Errors while pictures were decoded.
    let pictureErrors: Int
    /// What a second look at the pictures builds on.
    let basis: Basis
  }

  /// What a walk over all packets found, before it is put together.
  struct Basis {
    let survey: ContentSurvey
    /// As measured: how open the eyes are is not yet relative to the person.
    var frames: [FrameMeasurement]
    /// Which frame of the clip each of them is.
    var places: [FramePlace]
    let audio: AudioMeasurement
    /// Stretches in which someone speaks, in seconds from the video's start.
    let voiced: [TimeWindow]
    let soundErrors: Int
    /// Why sound that does decode is left out; `nil` where none is.
    let soundRefusal: String?
  }

  func run() throws(VPrepError) -> Result {
    do throws(MediaError) {
      let result = try walk()
      // A part of the pictures that shows damage is followed by a look at all.
      guard !result.isDoubtful, let alone = alone(after: result) else { return result }
      return try alone.walk()
    } catch {
      throw VPrepError(error)
    }
  }

  /// The same pass with one decoding thread, where pictures turned out to be damaged; `nil` where that
  /// would change nothing.
  ///
  /// A decoder mends a damaged picture from the one before, with which another thread may not be done:
  /// what it shows would depend on chance.
  func alone(after result: Result) -> MeasuringPass? {
    guard result.pictureErrors > 0, limits.threads > 1 else { return nil }
    var pass = self
    pass.limits.threads = 1
    return pass
  }

  private func walk() throws(MediaError) -> Result {
    var reader = try ClipReader(
      input, for: stage, limits: limits, watchdog: watchdog, trustingHeader: true)
    let plan = plan(reader)
    let recorder = try startRecorder(
      reader.video, pictureRate: plan == nil ? nil : Sampler.defaultRate)
    var survey = ContentSurvey(reader, limits: limits)
    var sampler = Sampler(rate: plan?.rate ?? samplingRate)
    var meter = AudioMeter()
    var choice = PacketChoice(plan, look)
    let videoIndex = reader.video.index
    try reader.forEachFrame { (packet) throws(MediaError) in
      try survey.note(packet)
      guard packet.streamIndex == videoIndex else { return .decode }
      return choice.takesNext({ measurements(recorder.settled) }) ? .decode : .leaveOut
    } video: { frame in
      guard sampler.takes(frame.time) else { return .goOn }
      return recorder.take(frame, followsEyes: choice.followsEyes) ? .goOn : .stop
    } audio: { (sound) throws(MediaError) in
      let time = sound.time
      meter.add(try sound.interleavedFloats(), at: time)
    }
    let (frames, places) = try recorder.finish()
    try survey.finish(firstPicture: reader.firstPicture)
    let basis = Basis(
      survey: survey, frames: frames, places: places,
      audio: meter.measurement(clipSeconds: survey.pictures.duration, from: survey.pictures.start),
      voiced: meter.voicedStretches(from: survey.pictures.start), soundErrors: reader.soundErrors,
      soundRefusal: reader.soundRefusal)
    return conclude(
      reader, basis, isPartial: choice.leftOut > 0, isDoubtful: choice.isContradicted)
  }

  /// Puts together what a walk found.
  func conclude(
    _ reader: borrowing ClipReader, _ basis: Basis, isPartial: Bool, isDoubtful: Bool = false
  ) -> Result {
    let clip = ProbedClip(
      reader, survey: basis.survey, byteCount: input.byteCount,
      frames: isPartial ? basis.survey.pictures.count : reader.frames,
      decodeErrors: reader.pictureErrors + basis.soundErrors, isDecoded: !isPartial,
      soundRefusal: basis.soundRefusal)
    var facts = ClipFacts(clip)
    facts.framesDecoded = reader.frames
    return Result(
      clip: clip, measurements: measurements(basis.frames, facts, basis.audio, basis.voiced),
      isDoubtful: isDoubtful || (isPartial && clip.isDamaged),
      pictureErrors: reader.pictureErrors, basis: basis)
  }

  /// What the judge reads of `frames`, as they were measured.
  private func measurements(
    _ frames: [FrameMeasurement], _ facts: ClipFacts = .unknown, _ audio: AudioMeasurement? = nil,
    _ voiced: [TimeWindow] = []
  ) -> ClipMeasurements {
    let facesMeasured = engines.models.state != .missing
    let frames = facesMeasured ? EyeBaseline.applied(to: frames) : frames
    return ClipMeasurements(
      file: facts, frames: frames, audio: audio,
      motion: MotionMeasurement(frames, voiced: voiced), facesMeasured: facesMeasured)
  }

  private func plan(_ reader: borrowing ClipReader) -> DecodingPlan? {
    guard let look, let index = reader.demuxer.videoIndex,
      let duration = reader.video.headerDuration
    else { return nil }
    return DecodingPlan(index, codec: reader.video.codec, duration: duration, for: look.question)
  }

  func startRecorder(
    _ video: VideoStreamInfo, pictureRate: Double? = nil
  ) throws(MediaError) -> FrameRecorder {
    try FrameRecorder(
      video, engines: engines, file: input.name, pictureRate: pictureRate
    ) {
      [self] () throws(MediaError) in try openAnnotator(video)
    }
  }

  private func openAnnotator(_ video: VideoStreamInfo) throws(MediaError) -> FrameAnnotator? {
    guard let annotationFolder else { return nil }
    return try FrameAnnotator(
      folder: annotationFolder, input: input, protecting: protected, video: video,
      samplingRate: samplingRate)
  }
}

extension MediaError {
  /// A face model that cannot be used is no fault of the clip.
  init(_ error: ModelError) {
    guard error.kind != .outOfMemory else {
      self = .outOfMemory(.decode, file: error.file)
      return
    }
    self.init(
      .decode, file: error.file, cause: .library, detail: "face model: \(error.cause)",
      advice: "Run make setup, or point VPREP_MODELS at a folder with intact models.")
  }
}

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
      container: clip.container, bytes: clip.byteCount, durationSeconds: clip.videoDuration,
      videoCodec: clip.video.codec, audioCodec: clip.audio?.codec, displayWidth: display.width,
      displayHeight: display.height, frameRate: clip.frameRate, bitRate: clip.bitRate,
      framesDecoded: clip.frames, decodeErrors: clip.decodeErrors)
  }
}
