internal import Synchronization

/// Counts the messages of level `error` and worse that FFmpeg logs while it reads or decodes a
/// clip.
///
/// Decoders conceal much damage and still return a frame. The message is then the only sign of it;
/// it is what `ffmpeg -v error` prints. Can be used from any thread.
final class LoggedErrors: Sendable {
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

  /// The counter that a context's `opaque` points to; `nil` if it points to anything else.
  static func known(_ opaque: UnsafeMutableRawPointer?) -> LoggedErrors? {
    guard let opaque = unsafe opaque else { return nil }
    let address = UInt(bitPattern: opaque)
    guard living.withLock({ $0.contains(address) }) else { return nil }
    return unsafe Unmanaged<LoggedErrors>.fromOpaque(opaque).takeUnretainedValue()
  }
}
