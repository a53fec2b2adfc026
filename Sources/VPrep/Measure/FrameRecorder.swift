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
  private let frames = MeasuredFrames()
  private let worker: Worker<Result<Void, MediaError>>
  private let taken = Atomic(0)

  /// Frames that may wait to be measured.
  private static let waiting = 1

  /// - Parameters:
  ///   - pictureRate: how often a second the picture as a whole is measured; see `FrameMeter`.
  ///   - makeAnnotator: makes what writes the measured frames as pictures; it may return `nil` to
  ///     write none, and runs on the measuring thread.
  init(
    _ video: VideoStreamInfo, engines: FaceEnginePool, file: String, pictureRate: Double?,
    makeAnnotator: @escaping @Sendable () throws(MediaError) -> FrameAnnotator?
  ) throws(MediaError) {
    worker = Worker { [queue, frames] in
      let result = Result { () throws(MediaError) in
        var meter = FrameMeter(
          video.orientation, engine: try engines.take(), pictureRate: pictureRate)
        try Self.measure(queue, &meter, try makeAnnotator(), into: frames)
        if let engine = meter.intoEngine() { engines.giveBack(engine) }
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
  /// - Parameter followsEyes: see `FrameMeter.measure`.
  func take(_ frame: consuming VideoFrame, followsEyes: Bool = true) -> Bool {
    taken.add(1, ordering: .relaxed)
    return queue.push(FrameQueue.Entry(frame: frame, followsEyes: followsEyes))
  }

  /// What was measured so far, in presentation order, without the frames that may still wait or be
  /// worked on: the same in every run, however the threads take turns.
  var settled: [FrameMeasurement] {
    frames.first(taken.load(ordering: .relaxed) - Self.waiting - 1)
  }

  /// Waits for the last frame; what was measured, in presentation order, and on which frames.
  func finish() throws(MediaError) -> (frames: [FrameMeasurement], places: [FramePlace]) {
    queue.close()
    try worker.wait().get()
    return frames.all
  }

  private static func measure(
    _ queue: FrameQueue, _ meter: inout FrameMeter, _ annotator: consuming FrameAnnotator?,
    into frames: MeasuredFrames
  ) throws(MediaError) {
    var start: Double?
    while let entry = queue.take() {
      let followsEyes = entry.followsEyes
      let frame = entry.frame
      let origin = start ?? frame.time
      start = origin
      let measured: FrameMeasurement
      do throws(ModelError) {
        measured = try meter.measure(frame, at: frame.time - origin, followsEyes: followsEyes)
      } catch {
        throw MediaError(error)
      }
      frames.append(measured, FramePlace(frame))
      try annotator?.take(frame, measured, meter.landmarks)
    }
  }
}

/// Frames that one thread measures and another may read.
private final class MeasuredFrames: Sendable {
  private struct Measured {
    var frames: [FrameMeasurement] = []
    var places: [FramePlace] = []
  }

  private let measured = Mutex(Measured())

  var all: (frames: [FrameMeasurement], places: [FramePlace]) {
    measured.withLock { ($0.frames, $0.places) }
  }

  func first(_ count: Int) -> [FrameMeasurement] {
    measured.withLock { Array($0.frames.prefix(max(count, 0))) }
  }

  func append(_ frame: FrameMeasurement, _ place: FramePlace) {
    measured.withLock {
      $0.frames.append(frame)
      $0.places.append(place)
    }
  }
}
