internal import FaceModel
internal import MediaIO
internal import ProviderRules

/// One walk through a clip that decodes it and measures what the judge reads.
///
/// This thread reads, decodes and listens; `FrameRecorder`'s measures what was decoded.
struct MeasuringPass {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  /// The face networks.
  let engines: FaceEnginePool
  /// Measured frames a second; `nil` measures every frame.
  var samplingRate: Double?
  /// Where to write the measured frames with what was found drawn on them; `nil` writes none.
  var annotationFolder: String?
  /// Looks at a part of the pictures where that is enough; `nil` decodes all of them.
  var look: FirstLook?

  /// What the walk found.
  struct Result {
    let clip: ProbedClip
    let measurements: ClipMeasurements
    /// Whether pictures were left out that ought to be seen, because the clip is not what its index
    /// says, or because those that were decoded show damage.
    let isDoubtful: Bool
    /// What a second look at the pictures builds on.
    let basis: Basis
  }

  /// What a walk over all packets found, before it is put together.
  struct Basis {
    let survey: ContentSurvey
    /// As measured: how open the eyes are is not yet relative to the person.
    var frames: [FrameMeasurement]
    let audio: AudioMeasurement
    /// Stretches in which someone speaks, in seconds from the video's start.
    let voiced: [TimeWindow]
    let soundErrors: Int
  }

  func run() throws(VPrepError) -> Result {
    do throws(MediaError) {
      return try walk()
    } catch {
      throw VPrepError(error)
    }
  }

  private func walk() throws(MediaError) -> Result {
    var demuxer = try Demuxer(
      input, limits: limits, watchdog: watchdog, trustingHeader: true)
    let video = try ClipProbe.requireVideo(demuxer)
    let plan = plan(demuxer, video)
    let recorder = try startRecorder(video, pictureRate: plan == nil ? nil : Sampler.defaultRate)
    var survey = ContentSurvey(demuxer, video: video, limits: limits)
    var pictures = PictureSource(
      decoder: try VideoDecoder(demuxer, limits: limits),
      sampler: Sampler(rate: plan?.rate ?? samplingRate))
    var soundErrors = 0
    var sound = try Self.openSound(demuxer, errors: &soundErrors)
    var audioMeter = AudioMeter()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    var choice = PacketChoice(plan, look)
    while pictures.isWanted, try demuxer.read(packet) {
      try survey.note(packet)
      if packet.streamIndex == video.index {
        if choice.takesNext({ measurements(recorder.settled) }) {
          pictures.decoder.send(packet)
          try pictures.drain(into: recorder, followsEyes: choice.followsEyes)
        }
      } else if packet.streamIndex == demuxer.audio?.index {
        sound?.send(packet)
        try Self.drain(&sound, into: &audioMeter)
      }
    }
    pictures.decoder.sendEnd()
    try pictures.drain(into: recorder, followsEyes: choice.followsEyes)
    sound?.sendEnd()
    try Self.drain(&sound, into: &audioMeter)
    let frames = try recorder.finish()
    let basis = Basis(
      survey: survey, frames: frames,
      audio: audioMeter.measurement(clipSeconds: survey.videoDuration),
      voiced: audioMeter.voicedStretches(from: survey.videoStart),
      soundErrors: (sound?.errors ?? 0) + soundErrors)
    return try conclude(
      demuxer, basis, pictures.decoder, isPartial: choice.leftOut > 0,
      isDoubtful: choice.isContradicted)
  }

  /// Puts together what a walk found.
  func conclude(
    _ demuxer: borrowing Demuxer, _ basis: Basis, _ decoder: borrowing VideoDecoder,
    isPartial: Bool, isDoubtful: Bool = false
  ) throws(MediaError) -> Result {
    let video = try ClipProbe.requireVideo(demuxer)
    guard decoder.frames > 0 else { throw ClipProbe.noFrames(demuxer.name) }
    let clip = ProbedClip(
      demuxer, video: video, survey: basis.survey, byteCount: input.byteCount,
      frames: isPartial ? basis.survey.shownFrames : decoder.frames,
      decodeErrors: decoder.errors + basis.soundErrors, isDecoded: !isPartial)
    var facts = ClipFacts(clip)
    facts.framesDecoded = decoder.frames
    return Result(
      clip: clip, measurements: measurements(basis.frames, facts, basis.audio, basis.voiced),
      isDoubtful: isDoubtful || (isPartial && clip.isDamaged), basis: basis)
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

  private func plan(_ demuxer: borrowing Demuxer, _ video: VideoStreamInfo) -> DecodingPlan? {
    guard let look, let index = demuxer.videoIndex, let duration = video.headerDuration else {
      return nil
    }
    return DecodingPlan(index, codec: video.codec, duration: duration, for: look.question)
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
