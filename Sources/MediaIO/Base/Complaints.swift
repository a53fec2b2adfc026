internal import Synchronization

/// What FFmpeg complains about while it reads or decodes one clip: its messages of level `error` and
/// worse.
///
/// Decoders conceal much of what is wrong and return a picture all the same. The message is then the
/// only sign, and what `ffmpeg -v error` would print. Safe from any thread.
final class Complaints: Sendable {
  private let messages = Atomic(0)
  /// Where a decoder's pictures are counted; `nil` where there are none.
  let memory: PictureMemory?

  /// The addresses of all that live: a context that is not ours may carry anything.
  private static let living = Mutex<Set<UInt>>([])

  init(memory: PictureMemory? = nil) {
    self.memory = memory
    let address = unsafe UInt(bitPattern: opaque)
    Self.living.withLock { _ = $0.insert(address) }
  }

  deinit {
    let address = unsafe UInt(bitPattern: opaque)
    Self.living.withLock { _ = $0.remove(address) }
  }

  /// Messages so far.
  var count: Int { messages.load(ordering: .relaxed) }

  func add() { messages.add(1, ordering: .relaxed) }

  /// What a context of FFmpeg carries so that its messages are counted here; the caller keeps this
  /// object for as long as the context lives.
  var opaque: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

  /// The one behind a context's `opaque`; `nil` for what somebody else left there.
  static func known(_ opaque: UnsafeMutableRawPointer?) -> Complaints? {
    guard let opaque = unsafe opaque else { return nil }
    let address = UInt(bitPattern: opaque)
    guard living.withLock({ $0.contains(address) }) else { return nil }
    return unsafe Unmanaged<Complaints>.fromOpaque(opaque).takeUnretainedValue()
  }
}
