internal import CFFmpeg

extension Packet {
  /// Moves both times by `ticks` of the stream.
  package func move(by ticks: Ticks) {
    if let time = presentationTime { unsafe pointer.pointee.pts = (time + ticks).count }
    if let time = decodeTime { unsafe pointer.pointee.dts = (time + ticks).count }
  }

  /// A digest of the payload; see `PacketDigest`.
  package var digest: UInt64 {
    unsafe PacketDigest.of(
      UnsafeRawBufferPointer(start: pointer.pointee.data, count: byteCount))
  }
}

/// A digest that tells payloads apart: any change of one byte changes it.
///
/// Not a cryptographic one: it guards against mistakes, not against forgery. Each step is FNV-1a's
/// (Fowler, Noll, Vo) over eight bytes at a time, which is a bijection of the state.
struct PacketDigest {
  private(set) var value: UInt64

  init(byteCount: Int) {
    value = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: byteCount)
  }

  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01B3
    value ^= value >> 29
  }

  static func of(_ buffer: UnsafeRawBufferPointer) -> UInt64 {
    var state = PacketDigest(byteCount: buffer.count)
    var offset = 0
    while offset + 8 <= buffer.count {
      unsafe state.add(buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < buffer.count {
      state.value = unsafe (state.value ^ UInt64(buffer[offset])) &* 0x0000_0100_0000_01B3
      offset += 1
    }
    return state.value
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
