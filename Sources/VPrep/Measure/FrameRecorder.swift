internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Services
internal import Synchronization

/// Measures frames on a thread of its own while the next ones are decoded.
///
/// The face networks are opened on that thread too, beside the opening of the decoder.
final class FrameRecorder: Sendable {
  private let queue = FrameQueue(capacity: waiting)
  private let samples = SharedFrames()
  private let all = SharedFrames()
  private let worker: Worker<Result<Void, MediaError>>
  private let taken = Atomic(0)

  /// Frames that may wait to be measured.
  private static let waiting = 1

  /// - Parameters:
  ///   - pictureRate: how often per second the picture as a whole is measured; see `FrameMeter`.
  ///   - takesBoth: whether frames that are no samples are handed over too: every frame is then measured
  ///     as well, as if all were samples.
  ///   - candidates: keeps frames for previews; `nil` keeps none.
  ///   - stills: what makes small pictures of the measured frames; `nil` makes none.
  ///   - makeAnnotator: makes what writes the measured frames as pictures; it may return `nil` to
  ///     write none. Both are made on the measuring thread.
  init(
    _ video: VideoStreamInfo, engines: FaceEnginePool, file: String, pictureRate: Double?,
    takesBoth: Bool = false, candidates: PreviewCandidates? = nil,
    stills makeStillMaker: @escaping @Sendable () -> StillMaker?,
    makeAnnotator: @escaping @Sendable () throws(MediaError) -> FrameAnnotator?
  ) throws(MediaError) {
    worker = Worker { [queue, samples, all] in
      let result = Result { () throws(MediaError) in
        let orientation = video.orientation
        var sampled = Series(
          FrameMeter(orientation, engine: try engines.take(), pictureRate: pictureRate), samples)
        var every =
          takesBoth ? Series(FrameMeter(orientation, engine: try engines.take()), all) : nil
        try Self.measure(
          queue, &sampled, &every, candidates, makeStillMaker(), try makeAnnotator())
        if let engine = sampled.intoEngine() { engines.giveBack(engine) }
        if let engine = every.take()?.intoEngine() { engines.giveBack(engine) }
      }
      // After an error nobody takes frames any more.
      queue.abandon()
      return result
    }
    guard worker.isRunning else {
      throw MediaError(
        .decode, file: file, cause: .resources, detail: "no thread can be started",
        advice: MediaError.tryLater)
    }
  }

  deinit { queue.abandon() }

  /// Hands a frame over; `false` when measuring has failed, which `finish` then throws.
  ///
  /// - Parameters:
  ///   - isSample: whether it is one of the samples.
  ///   - followsEyes: see `FrameMeter.measure`.
  func take(_ frame: consuming VideoFrame, isSample: Bool = true, followsEyes: Bool) -> Bool {
    if isSample { taken.add(1, ordering: .relaxed) }
    return queue.push(
      FrameQueue.Entry(frame: frame, isSample: isSample, followsEyes: followsEyes))
  }

  /// What was measured so far, in presentation order, without the frames that may still wait or be
  /// worked on: the same in every run, however the threads take turns.
  var measuredSoFar: [FrameMeasurement] {
    samples.first(taken.load(ordering: .relaxed) - Self.waiting - 1)
  }

  /// Waits for the last frame; what was measured on the samples.
  func finish() throws(MediaError) -> MeasuredFrames {
    queue.close()
    try worker.wait().get()
    return samples.frames
  }

  /// What was measured on every frame, where both were asked for; whole once `finish` has returned.
  var everyFrame: MeasuredFrames { all.frames }

  private static func measure(
    _ queue: FrameQueue, _ sampled: inout Series, _ every: inout Series?,
    _ candidates: PreviewCandidates?, _ stills: consuming StillMaker?,
    _ annotator: consuming FrameAnnotator?
  ) throws(MediaError) {
    while let entry = queue.take() {
      let (isSample, followsEyes) = (entry.isSample, entry.followsEyes)
      let frame = entry.frame
      _ = try every?.measure(frame, followsEyes: true)
      guard isSample else { continue }
      let measured = try sampled.measure(frame, followsEyes: followsEyes)
      candidates?.take(frame, measured)
      if stills != nil, let shared = frame.shared() {
        try stills?.take(shared, measured, sampled.meter.landmarks)
      }
      try annotator?.take(frame, measured, sampled.meter.landmarks)
    }
  }

  /// Frames that are measured one after another, as if there were no others.
  private struct Series: ~Copyable {
    private(set) var meter: FrameMeter
    private let frames: SharedFrames
    /// When the first of them is shown.
    private var start: Double?

    init(_ meter: consuming FrameMeter, _ frames: SharedFrames) {
      self.meter = meter
      self.frames = frames
    }

    consuming func intoEngine() -> FaceEngine? { meter.intoEngine() }

    mutating func measure(
      _ frame: borrowing VideoFrame, followsEyes: Bool
    ) throws(MediaError) -> FrameMeasurement {
      let origin = start ?? frame.time
      start = origin
      do throws(ModelError) {
        let measured = try meter.measure(
          frame, at: frame.time - origin, followsEyes: followsEyes)
        frames.append(measured, FramePosition(frame))
        return measured
      } catch {
        throw MediaError(error)
      }
    }
  }
}

/// What was measured, in presentation order, and on which frames.
struct MeasuredFrames: Sendable {
  var frames: [FrameMeasurement] = []
  var places: [FramePosition] = []
}

/// Frames that one thread measures and another may read.
private final class SharedFrames: Sendable {
  private let measured = Mutex(MeasuredFrames())

  var frames: MeasuredFrames { measured.withLock { $0 } }

  func first(_ count: Int) -> [FrameMeasurement] {
    measured.withLock { Array($0.frames.prefix(max(count, 0))) }
  }

  func append(_ frame: FrameMeasurement, _ place: FramePosition) {
    measured.withLock {
      $0.frames.append(frame)
      $0.places.append(place)
    }
  }
}
