internal import CFFmpeg

extension Packet {
  /// Moves both times by `ticks` of the stream.
  package func move(by ticks: Ticks) {
    if let time = presentationTime { unsafe pointer.pointee.pts = (time + ticks).count }
    if let time = decodeTime { unsafe pointer.pointee.dts = (time + ticks).count }
  }

  /// A digest of the payload that tells packets apart: any change of one byte changes it.
  ///
  /// Not a cryptographic one: it guards against mistakes, not against forgery. Each step is FNV-1a's
  /// (Fowler, Noll, Vo) over eight bytes at a time, which is a bijection of the state.
  package var digest: UInt64 {
    let buffer = unsafe UnsafeRawBufferPointer(start: pointer.pointee.data, count: byteCount)
    var state: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: byteCount)
    var offset = 0
    while offset + 8 <= buffer.count {
      let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state = (state ^ word) &* 0x0000_0100_0000_01B3
      state ^= state >> 29
      offset += 8
    }
    while offset < buffer.count {
      let byte = unsafe buffer[offset]
      state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      offset += 1
    }
    return state
  }
}

extension Muxer {
  /// Gives a stream another header than its source has; to be called before `begin()`.
  package func setHeader(_ bytes: [UInt8], stream: Int) throws(MediaError) {
    let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE)
    guard let target = unsafe context.pointee.streams[stream]?.pointee.codecpar,
      let copy = unsafe allocated(av_mallocz(bytes.count + padding))
    else {
      throw .outOfMemory(.mux, file: file)
    }
    let header = unsafe copy.assumingMemoryBound(to: UInt8.self)
    unsafe header.update(from: bytes, count: bytes.count)
    unsafe av_free(target.pointee.extradata)
    unsafe target.pointee.extradata = unsafe header
    unsafe target.pointee.extradata_size = Int32(bytes.count)
  }
}
