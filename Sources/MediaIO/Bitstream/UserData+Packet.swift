internal import CFFmpeg

extension UserData {
  /// A codec's header without the user data that may identify: an `hvcC` box may hold
  /// supplemental enhancement information (ISO/IEC 14496-15, 8.3.3.1).
  static func cleaned(header: [UInt8], _ units: CodedUnits) -> [UInt8] {
    guard units.coding == .hevc, header.first == 1, header.count > 22 else { return header }
    var cleaned = Array(header.prefix(22))
    var arrays = 0
    var body: [UInt8] = []
    var offset = 23
    func number() -> Int? {
      guard header.count - offset >= 2 else { return nil }
      defer { offset += 2 }
      return Int(header[offset]) << 8 | Int(header[offset + 1])
    }
    func append(_ number: Int) {
      body.append(UInt8(truncatingIfNeeded: number >> 8))
      body.append(UInt8(truncatingIfNeeded: number))
    }
    for _ in 0..<header[22] {
      guard offset < header.count else { return header }
      let type = header[offset]
      offset += 1
      guard let count = number() else { return header }
      var kept: [[UInt8]] = []
      for _ in 0..<count {
        guard let length = number(), length > 0, length <= header.count - offset else {
          return header
        }
        let unit = Array(header[offset..<offset + length])
        offset += length
        guard units.kind(unit[0]) == .supplement else {
          kept.append(unit)
          continue
        }
        switch Self.cleaned(unit.span, headerSize: units.headerSize) {
        case .unchanged: kept.append(unit)
        case .changed(let rest): kept.append(rest)
        case .empty: break
        }
      }
      guard !kept.isEmpty || count == 0 else { continue }
      arrays += 1
      body.append(type)
      append(kept.count)
      for unit in kept {
        append(unit.count)
        body += unit
      }
    }
    cleaned.append(UInt8(truncatingIfNeeded: arrays))
    cleaned += body
    cleaned += header[offset...]
    return cleaned
  }
}

/// Takes user data that may identify out of the packets of a copy.
package struct UserDataFilter: Sendable {
  private enum Form: Sendable { case nal(CodedUnits), av1 }
  private let form: Form

  /// `nil` where packets of the codec cannot be cleaned.
  package init?(_ demuxer: borrowing Demuxer) {
    if let units = CodedUnits(demuxer) {
      form = .nal(units)
    } else if demuxer.video?.codec == .av1 {
      form = .av1
    } else {
      return nil
    }
  }

  /// Whether packets of a codec can be cleaned, by FFmpeg's name.
  package static func cleans(_ codec: CodecName) -> Bool { [.h264, .hevc, .av1].contains(codec) }

  /// The codec's header without user data.
  package func cleaned(header: [UInt8]) -> [UInt8] {
    guard case .nal(let units) = form else { return header }
    return UserData.cleaned(header: header, units)
  }

  /// Cleans a packet of the pictures; one without user data keeps its bytes.
  package func clean(_ packet: borrowing Packet, file: String) throws(MediaError) {
    let bytes: [UInt8]? = packet.withBytes { sample in
      switch form {
      case .nal(let units): Self.cleaned(sample, units)
      case .av1: OpenBitstreamUnits.cleaned(sample)
      }
    }
    guard let bytes else { return }
    guard !bytes.isEmpty, packet.replaceBytes(bytes) else {
      throw MediaError(
        .mux, file: file, cause: .unusableOutput,
        detail: "user data cannot be taken out of a picture")
    }
  }

  /// `nil` where nothing has to change.
  static func cleaned(_ sample: Span<UInt8>, _ units: CodedUnits) -> [UInt8]? {
    var changes: [(range: Range<Int>, unit: [UInt8])] = []
    units.forEach(in: sample) { kind, range in
      guard kind == .supplement else { return }
      switch UserData.cleaned(sample.extracting(range), headerSize: units.headerSize) {
      case .unchanged: break
      case .changed(let unit): changes.append((range, unit))
      case .empty: changes.append((range, []))
      }
    }
    guard !changes.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(sample.count)
    var offset = 0
    // Start codes are three bytes behind any number of zeros; those stay as padding.
    let prefix = units.lengthSize ?? 3
    for (range, unit) in changes {
      for index in offset..<range.lowerBound - prefix { bytes.append(sample[index]) }
      offset = range.upperBound
      guard !unit.isEmpty else { continue }
      if let lengthSize = units.lengthSize {
        for place in (0..<lengthSize).reversed() {
          bytes.append(UInt8(truncatingIfNeeded: unit.count >> (8 * place)))
        }
      } else {
        bytes += [0, 0, 1]
      }
      bytes += unit
    }
    for index in offset..<sample.count { bytes.append(sample[index]) }
    return bytes
  }
}

extension Packet {
  /// Puts other bytes in the place of the payload; `false` when there is no memory.
  func replaceBytes(_ bytes: [UInt8]) -> Bool {
    let missing = bytes.count - byteCount
    if missing > 0, unsafe av_grow_packet(pointer, Int32(missing)) < 0 { return false }
    guard unsafe av_packet_make_writable(pointer) >= 0 else { return false }
    if missing < 0 { unsafe av_shrink_packet(pointer, Int32(bytes.count)) }
    unsafe pointer.pointee.data.update(from: bytes, count: bytes.count)
    return true
  }
}
