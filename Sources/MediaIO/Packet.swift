internal import CFFmpeg

/// Owner of one AVPacket, reused from read to read.
@safe package struct Packet: ~Copyable {
  let pointer: UnsafeMutablePointer<AVPacket>

  package init?() {
    guard let pointer = unsafe av_packet_alloc() else { return nil }
    unsafe self.pointer = unsafe pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = unsafe pointer
    unsafe av_packet_free(&pointer)
  }

  package var streamIndex: Int { unsafe Int(pointer.pointee.stream_index) }
  package var byteCount: Int { unsafe Int(pointer.pointee.size) }
  package var isKey: Bool { unsafe pointer.pointee.flags & AV_PKT_FLAG_KEY != 0 }
  /// Whether an edit list hides what this packet decodes to.
  package var isDiscarded: Bool { unsafe pointer.pointee.flags & AV_PKT_FLAG_DISCARD != 0 }
  /// Whether the demuxer knows the packet to be damaged.
  package var isCorrupt: Bool { unsafe pointer.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }
  /// Presentation timestamp in the stream's time base.
  package var presentationTime: Int64? { Self.timestamp(unsafe pointer.pointee.pts) }
  package var decodeTime: Int64? { Self.timestamp(unsafe pointer.pointee.dts) }
  /// Duration in the stream's time base, 0 when unknown.
  package var duration: Int64 { unsafe pointer.pointee.duration }

  /// Gives the payload to `body`.
  package func withBytes<R>(_ body: (Span<UInt8>) -> R) -> R {
    let buffer = unsafe UnsafeBufferPointer(start: pointer.pointee.data, count: byteCount)
    return unsafe body(buffer.span)
  }

  /// Says how long what is in the packet lasts.
  func setDuration(ticks: Int64) { unsafe pointer.pointee.duration = ticks }

  func unreference() { unsafe av_packet_unref(pointer) }

  private static func timestamp(_ value: Int64) -> Int64? {
    value == cff_no_pts() ? nil : value
  }
}
