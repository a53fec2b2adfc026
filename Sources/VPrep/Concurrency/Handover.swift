internal import Synchronization

/// Carries a value that cannot be copied through what holds copies alone, such as an array; whoever
/// takes it out owns it.
final class Handover<Value: ~Copyable & Sendable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: consuming Value) { self.value = Mutex(value) }

  /// The value; `nil` when it was taken before.
  func take() -> Value? { value.withLock { $0.take() } }
}
