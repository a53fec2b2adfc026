internal import CFFmpeg
internal import Synchronization

/// Counts the bytes of the pictures that one decoder and its callers hold, and refuses further ones
/// beyond a limit.
///
/// A decoder keeps up to sixteen pictures to predict from, and some more in flight; a limit for one
/// picture alone would let a clip take seventeen times as much. FFmpeg reuses the memory of pictures
/// that were given back, so what is held at most is what was allocated.
final class PictureMemory: Sendable {
  private let limit: Int
  private let held = Atomic(0)
  private let refused = Atomic(false)

  init(limit: Int) { self.limit = limit }

  /// Whether a picture was refused.
  var isExceeded: Bool { refused.load(ordering: .relaxed) }

  /// Lets `context`, which carries its `LoggedErrors`, allocate its pictures through their `memory`.
  static func watch(_ context: UnsafeMutablePointer<AVCodecContext>) {
    unsafe context.pointee.get_buffer2 = { context, frame, flags in
      guard let context = unsafe context, let frame = unsafe frame,
        let opaque = unsafe context.pointee.opaque
      else { return cff_error_invalid() }
      let carried = unsafe Unmanaged<LoggedErrors>.fromOpaque(opaque).takeUnretainedValue()
      guard let memory = carried.memory else { return cff_error_invalid() }
      return unsafe memory.allocate(context, frame, flags)
    }
    unsafe cff_allow_parallel_buffers(context)
  }

  /// Called on any of the decoder's threads.
  private func allocate(
    _ context: UnsafeMutablePointer<AVCodecContext>, _ frame: UnsafeMutablePointer<AVFrame>,
    _ flags: Int32
  ) -> Int32 {
    let code = unsafe avcodec_default_get_buffer2(context, frame, flags)
    guard code >= 0 else { return code }
    let bytes = unsafe Self.size(of: frame.pointee)
    let before = held.add(bytes, ordering: .relaxed).oldValue
    guard before + bytes <= limit, let receipt = unsafe receipt(bytes) else {
      held.subtract(bytes, ordering: .relaxed)
      if before + bytes > limit { refused.store(true, ordering: .relaxed) }
      unsafe av_frame_unref(frame)
      return cff_error_no_memory()
    }
    unsafe frame.pointee.opaque_ref = unsafe receipt
    return code
  }

  /// A reference that goes with the picture and counts it back when its last holder lets go of it.
  private func receipt(_ bytes: Int) -> UnsafeMutablePointer<AVBufferRef>? {
    let held = unsafe Unmanaged.passRetained(Receipt(memory: self, bytes: bytes))
    let reference = unsafe av_buffer_create(
      nil, 0,
      { opaque, _ in
        guard let opaque = unsafe opaque else { return }
        let receipt = unsafe Unmanaged<Receipt>.fromOpaque(opaque).takeRetainedValue()
        receipt.memory.held.subtract(receipt.bytes, ordering: .relaxed)
      }, held.toOpaque(), 0)
    if unsafe reference == nil { unsafe held.release() }
    return unsafe reference
  }

  private static func size(of frame: AVFrame) -> Int {
    let buffers = unsafe frame.buf
    return unsafe [
      buffers.0, buffers.1, buffers.2, buffers.3, buffers.4, buffers.5, buffers.6, buffers.7,
    ].reduce(0) { sum, buffer in
      guard let buffer = unsafe buffer else { return sum }
      return sum + (unsafe Int(buffer.pointee.size))
    }
  }
}

private final class Receipt: Sendable {
  let memory: PictureMemory
  let bytes: Int

  init(memory: PictureMemory, bytes: Int) {
    self.memory = memory
    self.bytes = bytes
  }
}
