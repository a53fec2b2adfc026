internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Synchronization

/// Face networks that are opened once and lent to one use after another.
///
/// Opening them takes as long as measuring ten frames. A call that measures a photo, a clip and its
/// output needs them three times, and a batch once for every clip.
final class FaceEnginePool: Sendable {
  /// Where the networks come from.
  let models: ModelStore
  private let idle = Mutex<[Lease]>([])

  init(_ models: ModelStore = ModelStore()) { self.models = models }

  /// Networks that nobody else uses; `nil` where there are no models.
  func take() throws(MediaError) -> FaceEngine? {
    guard models.state != .missing else { return nil }
    if let lease = idle.withLock({ $0.popLast() }), let engine = lease.take() { return engine }
    do throws(ModelError) {
      return try FaceEngine(models)
    } catch {
      throw MediaError(error)
    }
  }

  /// Takes networks back for the next use.
  func giveBack(_ engine: consuming FaceEngine) {
    engine.forget()
    let lease = Lease(engine)
    idle.withLock { $0.append(lease) }
  }
}

/// Holds networks between two uses: an array cannot hold what cannot be copied.
private final class Lease: Sendable {
  private let engine: Mutex<FaceEngine?>

  init(_ engine: consuming FaceEngine) { self.engine = Mutex(engine) }

  func take() -> FaceEngine? { engine.withLock { $0.take() } }
}
