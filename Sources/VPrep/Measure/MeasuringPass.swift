internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Services

/// Decodes a clip and measures what the judge reads.
///
/// `Sampling` says which frames are decoded and measured, and whether the clip is read once more. This
/// thread reads, decodes and listens; `FrameRecorder`'s measures what was decoded.
struct MeasuringPass {
  let input: MediaInput
  /// What the clip is measured for.
  var stage = ReadingStage.measure
  var limits: InputLimits
  let watchdog: Watchdog
  /// The face networks.
  let engines: FaceEnginePool
  /// Where to write the measured frames with what was found drawn on them; `nil` writes none.
  var annotationFolder: String?
  /// Whose limits colour what is drawn on them.
  var judge: Judge?
  /// Where small pictures of the measured frames are kept; `nil` keeps none.
  var stills: StillBook?
  /// By which faces the frames are compared that are kept for previews; `nil` keeps none.
  var previewLimits: FrameLimits?
  /// What no annotated picture may replace.
  var protected = ProtectedFiles()

  /// What one reading found.
  struct Result {
    let clip: ProbedClip
    let measurements: ClipMeasurements
    let damage: Sampling.Damage
    /// What a second reading builds on.
    let basis: Basis
  }

  /// What one or two readings found.
  struct Measured {
    /// What the verdict is read from.
    let judged: Result
    /// The one that decoded most frames.
    let whole: Result
  }

  /// What a reading of all packets found, before it is put together.
  struct Basis {
    let scan: PacketScan
    /// As measured: how open the eyes are is not yet relative to the person.
    private(set) var frames: [FrameMeasurement] = []
    /// Which frame of the clip each of them is.
    private(set) var places: [FramePosition] = []
    /// Those of them that are kept for previews.
    private(set) var candidates: PreviewCandidates?
    let audio: AudioMeasurement
    /// Windows in which someone speaks, in seconds from the video's start.
    let voiced: [TimeWindow]
    let audioErrors: Int
    /// Why audio that decodes is left out; `nil` if it is not.
    let audioRefusal: String?

    init(
      _ reader: borrowing ClipReader, _ scan: inout PacketScan, _ meter: inout AudioMeter
    ) throws(MediaError) {
      try scan.finish(firstPicture: reader.firstPicture)
      let pictures = scan.pictures
      self.scan = scan
      audio = meter.measurement(clipSeconds: pictures.duration, from: pictures.start)
      voiced = meter.voicedWindows(from: pictures.start)
      audioErrors = reader.audioErrors
      audioRefusal = reader.audioRefusal
    }

    mutating func take(_ measured: MeasuredFrames, _ candidates: PreviewCandidates?) {
      (frames, places) = (measured.frames, measured.places)
      self.candidates = candidates
    }
  }

  /// Reads the clip, and once more where that was not enough: never a third time.
  func run(_ sampling: Sampling) throws(VPrepError) -> Measured {
    try VPrepError.wrapping { () throws(MediaError) in
      var sampling = sampling
      return try run(&sampling, first: read(&sampling))
    }
  }

  /// What follows on the first reading of a clip that is prepared.
  enum Preparation {
    /// The whole clip is read once more, for the plan.
    case plan
    /// The clip is encoded as long as it is, and that reading measures the rest.
    case encode
    /// The clip is copied, and nothing more has to be known of it, if it decoded well.
    case copy
  }

  /// The same for a clip that is prepared, of which nothing is decoded twice for the same reason.
  ///
  /// - Parameters:
  ///   - expectsCopy: whether the clip will probably be copied, by what its header says: the first reading
  ///     then decodes all of it, for the copy's verification.
  ///   - preparation: asked about what the first reading found.
  func run(
    _ sampling: Sampling, expectsCopy: @escaping (borrowing Demuxer) -> Bool,
    preparation: (Result) -> Preparation
  ) throws(VPrepError) -> (measured: Measured, along: MeasuringAlong?) {
    try VPrepError.wrapping { () throws(MediaError) in
      let start = sampling
      var sampling = start
      let all = Extra()
      all.isWanted = expectsCopy
      var first = try read(&sampling, decoding: all)
      if all.isConfusing(sampling, first) {
        // What a sampling pass does not see must not decide.
        first.basis.candidates?.removeAll()
        sampling = start
        first = try read(&sampling)
      }
      var next = sampling
      if next.goesOn(after: first.measurements, first.damage), next.isSettled {
        switch preparation(first) {
        case .encode:
          let along = MeasuringAlong(self, next, after: first)
          return (Measured(judged: first, whole: first), along)
        case .copy where first.clip.decodesCleanly:
          return (Measured(judged: first, whole: first), nil)
        case .copy, .plan: break
        }
      }
      return (try run(&sampling, first: first), nil)
    }
  }

  /// The same, where the first reading decodes the whole clip for a verification as well.
  ///
  /// What is measured does not change: a picture that would not have been decoded is not measured.
  ///
  /// - Parameter samples: pictures that those of the clip are compared with; `nil` compares none.
  func verify(
    _ sampling: Sampling, comparing samples: QualitySamples? = nil
  ) throws(MediaError) -> (measured: Measured, findings: FullDecodeCheck.Findings) {
    var sampling = sampling
    let extra = Extra()
    extra.witness = DecodeWitness(samples: samples)
    let first = try read(&sampling, decoding: extra)
    guard let findings = extra.findings else {
      throw .outOfMemory(.verify, file: input.name)
    }
    return (try run(&sampling, first: first), findings)
  }

  private func run(_ sampling: inout Sampling, first: Result) throws(MediaError) -> Measured {
    guard sampling.goesOn(after: first.measurements, first.damage) else {
      return Measured(judged: first, whole: first)
    }
    let second = try read(&sampling, after: first.basis)
    return Measured(judged: sampling.isSettled ? first : second, whole: second)
  }

  /// What a reading decodes beside what is measured.
  final class Extra {
    /// Whether all of a clip is decoded, by its header; `nil` where it is.
    var isWanted: ((borrowing Demuxer) -> Bool)?
    /// Sees all that is decoded; `nil` where nobody has to.
    var witness: DecodeWitness?
    /// When pictures are shown that would not have been decoded.
    var unmeasured: Set<Ticks> = []
    /// How many of them were.
    var passedOver = 0
    var findings: FullDecodeCheck.Findings?

    /// Whether more may have been measured, or seen of damage, than a reading would that leaves out what
    /// is not measured.
    func isConfusing(_ sampling: Sampling, _ result: Result) -> Bool {
      guard sampling.isPartial, result.clip.isDecoded else { return false }
      return passedOver != sampling.leftOut || !result.clip.decodesCleanly
    }
  }

  func read(
    _ sampling: inout Sampling, after earlier: Basis? = nil, decoding extra: Extra? = nil
  ) throws(MediaError) -> Result {
    var limits = limits
    limits.threads = sampling.pass.threads ?? limits.threads
    var reader = try ClipReader(
      input, for: stage, limits: limits, watchdog: watchdog, trustingHeader: true)
    let video = reader.video
    sampling.begin(
      sampling.pass.isPlanned ? reader.demuxer.videoIndex : nil, codec: video.codec,
      duration: video.headerDuration)
    let candidates = makeCandidates(after: earlier)
    let recorder = try startRecorder(video, sampling, candidates)
    let isWanted = extra?.isWanted.map { $0(reader.demuxer) } ?? true
    let extra = isWanted ? extra : nil
    let known = sampling.pass.reusesAudio ? earlier : nil
    var scan = PacketScan(reader, limits: limits)
    var meter = AudioMeter()
    var choice = sampling
    try reader.forEachFrame(
      ClipReader.Decoding(includesAudio: known == nil)
    ) { (packet) throws(MediaError) in
      if known == nil { try scan.note(packet) }
      guard packet.streamIndex == video.index else { return .decode }
      let use = extra?.witness?.useOfNext() ?? .decodeRoughly
      if choice.decodesNext({ measurements(recorder.measuredSoFar) }) { return .decode }
      guard let extra, let shown = packet.presentationTime else { return .leaveOut }
      extra.unmeasured.insert(shown)
      return use
    } video: { (frame) throws(MediaError) in
      if let extra {
        if let witness = extra.witness {
          guard let shared = frame.shared() else { throw .outOfMemory(.verify, file: input.name) }
          witness.note(shared)
        }
        if let shown = frame.ticks, extra.unmeasured.contains(shown) {
          extra.passedOver += 1
          return .goOn
        }
      }
      let isSample = choice.measures(frame.time)
      guard isSample || choice.pass.takesBoth else { return .goOn }
      return recorder.take(frame, isSample: isSample, followsEyes: choice.followsEyes)
        ? .goOn : .stop
    } audio: { (block) throws(MediaError) in
      extra?.witness?.note(block)
      let time = block.time
      meter.add(try block.interleavedFloats(), at: time)
    }
    sampling = choice
    let samples = try recorder.finish()
    var basis: Basis
    if let known { basis = known } else { basis = try Basis(reader, &scan, &meter) }
    basis.take(samples, candidates)
    extra?.findings = extra?.witness?.findings(reader, basis.scan, byteCount: input.byteCount)
    let result = conclude(reader, basis, isPartial: choice.isPartial && extra == nil)
    guard choice.needsEveryFrame(result.measurements) else { return result }
    basis.take(recorder.everyFrame, candidates)
    return conclude(reader, basis, isPartial: false)
  }

  /// Puts together what a reading found.
  func conclude(
    _ reader: borrowing ClipReader, _ basis: Basis, isPartial: Bool
  ) -> Result {
    let clip = ProbedClip(
      reader, scan: basis.scan, byteCount: input.byteCount,
      frames: isPartial ? basis.scan.pictures.count : reader.frames,
      decodeErrors: reader.pictureErrors + basis.audioErrors, isDecoded: !isPartial,
      audioRefusal: basis.audioRefusal)
    var facts = ClipFacts(clip)
    facts.framesDecoded = reader.frames
    return Result(
      clip: clip, measurements: measurements(basis.frames, facts, basis.audio, basis.voiced),
      damage: Sampling.Damage(isFound: clip.isDamaged, pictureErrors: reader.pictureErrors),
      basis: basis)
  }

  /// What the judge reads of `frames`, as they were measured.
  private func measurements(
    _ frames: [FrameMeasurement], _ facts: ClipFacts = .unknown, _ audio: AudioMeasurement? = nil,
    _ voiced: [TimeWindow] = []
  ) -> ClipMeasurements {
    let facesMeasured = engines.models != nil
    let frames = facesMeasured ? EyeBaseline.applied(to: FacePresence.confirmed(frames)) : frames
    return ClipMeasurements(
      file: facts, frames: frames, audio: audio,
      motion: MotionMeasurement(frames, voiced: voiced), facesMeasured: facesMeasured)
  }

  /// What keeps frames for previews, in place of those that an earlier reading kept.
  func makeCandidates(after earlier: Basis?) -> PreviewCandidates? {
    earlier?.candidates?.removeAll()
    return previewLimits.map { PreviewCandidates(by: $0) }
  }

  func startRecorder(
    _ video: VideoStreamInfo, _ sampling: Sampling, _ candidates: PreviewCandidates?
  ) throws(MediaError) -> FrameRecorder {
    let (folder, rate) = (sampling.isShown ? annotationFolder : nil, sampling.pass.rate)
    return try FrameRecorder(
      video, engines: engines, file: input.name, pictureRate: sampling.pictureRate,
      takesBoth: sampling.pass.takesBoth, candidates: candidates
    ) { [stills, input] in
      stills.map { StillMaker($0, file: input.name, video: video, samplingRate: rate) }
    } makeAnnotator: { [self] () throws(MediaError) in
      guard let folder else { return nil }
      return try FrameAnnotator(
        folder: folder, input: input, protecting: protected, video: video, samplingRate: rate,
        judge: judge)
    }
  }
}
