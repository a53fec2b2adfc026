internal import CFFmpeg

/// Owner of one AVPacket, reused from read to read.
@safe package struct Packet: ~Copyable {
  let pointer: UnsafeMutablePointer<AVPacket>

  package init?() {
    guard let pointer = unsafe allocated(av_packet_alloc()) else { return nil }
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
  /// Whether the payload is encrypted, and its key unknown.
  var isEncrypted: Bool {
    unsafe av_packet_get_side_data(pointer, AV_PKT_DATA_ENCRYPTION_INFO, nil) != nil
  }
  /// Presentation timestamp in the stream's time base; `nil` where there is none in range.
  package var presentationTime: Ticks? { Self.timestamp(unsafe pointer.pointee.pts) }
  package var decodeTime: Ticks? { Self.timestamp(unsafe pointer.pointee.dts) }
  /// Duration in the stream's time base, 0 when unknown.
  package var duration: Ticks { unsafe Ticks(clamping: max(pointer.pointee.duration, 0)) }

  /// Where it stands in the file; -1 when unknown.
  var position: Int64 { unsafe pointer.pointee.pos }

  /// Gives the payload to `body`.
  package func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let buffer = unsafe UnsafeBufferPointer(start: pointer.pointee.data, count: byteCount)
    return try unsafe body(buffer.span)
  }

  /// Says how long what is in the packet lasts.
  package func setDuration(_ duration: Ticks) { unsafe pointer.pointee.duration = duration.count }

  func unreference() { unsafe av_packet_unref(pointer) }

  /// Takes away times that are out of range; `false` when there were any.
  ///
  /// Decoders and the muxer read them too, so none may be left.
  func dropTimesOutOfRange(_ timeBase: Rational) -> Bool {
    let hasTimes = unsafe Self.check(&pointer.pointee.pts, timeBase, else: cff_no_pts())
    let isTimed = unsafe Self.check(&pointer.pointee.dts, timeBase, else: cff_no_pts())
    let isLasting = unsafe Self.check(&pointer.pointee.duration, timeBase, else: 0)
    // A duration below zero is none.
    unsafe pointer.pointee.duration = max(pointer.pointee.duration, 0)
    return hasTimes && isTimed && isLasting
  }

  private static func check(
    _ time: inout Int64, _ timeBase: Rational, else missing: Int64
  ) -> Bool {
    guard time != cff_no_pts(), Ticks(time, in: timeBase) == nil else { return true }
    time = missing
    return false
  }

  /// Shows the packet when it is decoded.
  func showWhenDecoded() { unsafe pointer.pointee.pts = pointer.pointee.dts }

  /// Takes over what `other` holds, which is empty then.
  func take(_ other: borrowing Packet) {
    unreference()
    unsafe av_packet_move_ref(pointer, other.pointer)
  }

  private static func timestamp(_ value: Int64) -> Ticks? {
    value == cff_no_pts() ? nil : Ticks(clamping: value)
  }
}
