/// Waits, without holding a thread of Swift's pool, for work that blocks.
package enum BlockingWork {
  /// Runs `body` on a thread of its own.
  ///
  /// - Parameter end: called when the task is cancelled; it makes `body` end.
  package static func run<R: Sendable>(
    onCancel end: @escaping @Sendable () -> Void,
    _ body: @escaping @Sendable () throws(VPrepError) -> R
  ) async throws(VPrepError) -> R {
    let result: Result<R, VPrepError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        do throws(VPrepError) {
          try OwnThread.start {
            continuation.resume(returning: Result { () throws(VPrepError) in try body() })
          }
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    } onCancel: {
      end()
    }
    return try result.get()
  }
}
