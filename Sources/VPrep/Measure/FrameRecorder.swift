internal import FaceModel
internal import MediaIO
internal import ProviderRules

/// Measures frames on a thread of its own while the next ones are decoded.
///
/// The face networks are opened on that thread too, beside the opening of the decoder.
final class FrameRecorder: Sendable {
  private let queue = FrameQueue(capacity: 3)
  private let worker: Worker<Result<[FrameMeasurement], MediaError>>

  /// - Parameter makeAnnotator: makes what writes the measured frames as pictures; it may return
  ///   `nil` to write none, and runs on the measuring thread.
  init(
    _ video: VideoStreamInfo, models: ModelStore, file: String,
    makeAnnotator: @escaping @Sendable () throws(MediaError) -> FrameAnnotator?
  ) throws(MediaError) {
    let queue = queue
    worker = Worker {
      let result = Result { () throws(MediaError) in
        try Self.measure(queue, video, models, makeAnnotator)
      }
      // After an error nobody takes frames any more.
      queue.abandon()
      return result
    }
    guard worker.isRunning else {
      throw MediaError(.decode, file: file, cause: .library, detail: "no thread can be started")
    }
  }

  deinit { queue.abandon() }

  /// Hands a frame over; `false` when measuring has failed, which `finish` then throws.
  func take(_ frame: consuming VideoFrame) -> Bool { queue.push(frame) }

  /// Waits for the last frame; what was measured, in presentation order.
  func finish() throws(MediaError) -> [FrameMeasurement] {
    queue.close()
    return try worker.wait().get()
  }

  private static func measure(
    _ queue: FrameQueue, _ video: VideoStreamInfo, _ models: ModelStore,
    _ makeAnnotator: () throws(MediaError) -> FrameAnnotator?
  ) throws(MediaError) -> [FrameMeasurement] {
    var meter = FrameMeter(video, engine: try MeasuringPass.openEngine(models))
    var annotator = try makeAnnotator()
    var frames: [FrameMeasurement] = []
    var start: Double?
    while let frame = queue.take() {
      let origin = start ?? frame.time
      start = origin
      let measured: FrameMeasurement
      do throws(ModelError) {
        measured = try meter.measure(frame, at: frame.time - origin)
      } catch {
        throw MediaError(error)
      }
      frames.append(measured)
      try annotator?.take(frame, measured, meter.landmarks)
    }
    return frames
  }
}
