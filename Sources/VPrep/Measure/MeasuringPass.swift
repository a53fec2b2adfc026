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
  /// Where the face networks come from.
  let models: ModelStore
  /// Measured frames a second; `nil` measures every frame.
  let samplingRate: Double?
  /// Where to write the measured frames with what was found drawn on them; `nil` writes none.
  var annotationFolder: String?
  /// What a first look at a part of the pictures is to tell; `nil` decodes all of them.
  var question: DecodingPlan.Question?

  /// What the walk found.
  struct Result {
    let clip: ProbedClip
    let measurements: ClipMeasurements
    /// Whether pictures were left out that ought to be seen, because the clip is not what its index
    /// says, or because those that were decoded show damage.
    var isDoubtful = false
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
    let recorder = try startRecorder(video)
    var survey = ContentSurvey(demuxer, video: video, limits: limits)
    let plan = plan(demuxer, video)
    var pictures = PictureSource(
      decoder: try VideoDecoder(demuxer, limits: limits),
      sampler: Sampler(rate: plan?.rate ?? samplingRate))
    var soundErrors = 0
    var sound = try Self.openSound(demuxer, errors: &soundErrors)
    var audioMeter = AudioMeter()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    var position = 0
    while pictures.isWanted, try demuxer.read(packet) {
      try survey.note(packet)
      if packet.streamIndex == video.index {
        if plan?.takes(position) ?? true {
          pictures.decoder.send(packet)
          try pictures.drain(into: recorder)
        }
        position += 1
      } else if packet.streamIndex == demuxer.audio?.index {
        sound?.send(packet)
        try Self.drain(&sound, into: &audioMeter)
      }
    }
    pictures.decoder.sendEnd()
    try pictures.drain(into: recorder)
    sound?.sendEnd()
    try Self.drain(&sound, into: &audioMeter)
    let found = try recorder.finish()
    guard pictures.decoder.frames > 0 else { throw ClipProbe.noFrames(demuxer.name) }
    let errors = pictures.decoder.errors + (sound?.errors ?? 0) + soundErrors
    let clip = ProbedClip(
      demuxer, video: video, survey: survey, byteCount: input.byteCount,
      frames: plan == nil ? pictures.decoder.frames : survey.shownFrames, decodeErrors: errors,
      isDecoded: plan == nil)
    let facesMeasured = models.state != .missing
    let voiced = audioMeter.voicedStretches(from: clip.videoStart)
    let frames = facesMeasured ? EyeBaseline.applied(to: found) : found
    var facts = ClipFacts(clip)
    facts.framesDecoded = pictures.decoder.frames
    return Result(
      clip: clip,
      measurements: ClipMeasurements(
        file: facts, frames: frames,
        audio: audioMeter.measurement(clipSeconds: clip.videoDuration),
        motion: MotionMeasurement(frames, voiced: voiced), facesMeasured: facesMeasured),
      isDoubtful: plan.map { clip.isDamaged || position != $0.decodes.count } ?? false)
  }

  private func plan(_ demuxer: borrowing Demuxer, _ video: VideoStreamInfo) -> DecodingPlan? {
    guard let question, let index = demuxer.videoIndex, let duration = video.headerDuration else {
      return nil
    }
    return DecodingPlan(index, codec: video.codec, duration: duration, for: question)
  }

  private func startRecorder(_ video: VideoStreamInfo) throws(MediaError) -> FrameRecorder {
    try FrameRecorder(video, models: models, file: input.name) {
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

/// A decoder and the choice of its pictures that are measured.
private struct PictureSource: ~Copyable {
  var decoder: VideoDecoder
  private var sampler: Sampler
  /// Whether anybody still takes pictures.
  private(set) var isWanted = true

  init(decoder: consuming VideoDecoder, sampler: Sampler) {
    self.decoder = decoder
    self.sampler = sampler
  }

  /// Hands over the pictures that are ready.
  mutating func drain(into recorder: FrameRecorder) throws(MediaError) {
    while let frame = try decoder.receive() {
      if sampler.takes(frame.time), !recorder.take(frame) { isWanted = false }
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
