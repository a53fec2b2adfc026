internal import FaceMeasures
internal import FaceModel
internal import MediaIO
internal import Synchronization

/// Face networks that are opened once and lent to one use after another.
///
/// Opening them takes as long as measuring ten frames. A call that measures a photo, a clip and its
/// output needs them three times, and a batch once for every clip.
final class FaceEnginePool: Sendable {
  /// Where the networks come from; `nil` where no faces are looked for.
  let models: ModelStore?
  private let idle = Mutex<[Handover<FaceEngine>]>([])

  private let mostIdle: Int

  /// - Parameter mostIdle: how many networks wait for their next use at most.
  init(_ models: ModelStore?, mostIdle: Int = .max) {
    self.models = models
    self.mostIdle = mostIdle
  }

  /// How many networks wait for their next use.
  var idleCount: Int { idle.withLock { $0.count } }

  /// Networks that nobody else uses; `nil` where no faces are looked for.
  ///
  /// - Throws: `MediaError` of cause `library` where the models are missing or none of the pinned ones: a
  ///   clip whose face was not looked for must not be called incomplete.
  func take() throws(MediaError) -> FaceEngine? {
    guard let models else { return nil }
    if let idle = idle.withLock({ $0.popLast() }), let engine = idle.take() { return engine }
    do throws(ModelError) {
      return try FaceEngine(models)
    } catch {
      throw MediaError(error)
    }
  }

  /// Takes networks back for the next use.
  func giveBack(_ engine: consuming FaceEngine) {
    engine.forget()
    let handover = Handover(engine)
    idle.withLock { if $0.count < mostIdle { $0.append(handover) } }
  }
}
