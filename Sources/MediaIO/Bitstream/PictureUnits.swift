/// Looks into the coded pictures of one stream: for parameters that change, and for user data.
struct PictureUnits: Sendable {
  private enum Form: Sendable {
    case nal(CodedUnits, ParameterSets)
    case av1(sequenceHeader: [UInt8]?)
    case mpeg4
    case jpeg
  }

  private var form: Form
  private(set) var areChanged = false
  private(set) var holdsUserData: Bool

  /// `nil` for a codec whose packets are not looked into.
  init?(_ demuxer: borrowing Demuxer) {
    guard let video = demuxer.video else { return nil }
    let header = demuxer.codecHeader(video.index)
    holdsUserData = false
    if let units = CodedUnits(demuxer) {
      form = .nal(units, ParameterSets(units, header: header))
      holdsUserData = UserData.cleaned(header: header, units) != header
      return
    }
    switch video.codec {
    case .av1: form = .av1(sequenceHeader: nil)
    case .mpeg4:
      form = .mpeg4
      holdsUserData = UserData.isInMPEG4(header.span)
    case .mjpeg: form = .jpeg
    default: return nil
    }
  }

  var setsAreInBand: Bool {
    if case .nal(_, let sets) = form { sets.areInBand } else { false }
  }

  mutating func note(_ packet: borrowing Packet) {
    packet.withBytes { note($0) }
  }

  private mutating func note(_ sample: Span<UInt8>) {
    switch form {
    case .nal(let units, var sets):
      var found = holdsUserData
      units.forEach(in: sample) { kind, range in
        switch kind {
        case .supplement where !found:
          let unit = sample.extracting(range)
          found = UserData.cleaned(unit, headerSize: units.headerSize) != .unchanged
        case .videoSet, .sequenceSet, .pictureSet:
          sets.noteInBand(range.map { sample[$0] }, kind)
        default: break
        }
      }
      holdsUserData = found
      areChanged = sets.areChanged
      form = .nal(units, sets)
    case .av1(var header):
      for unit in OpenBitstreamUnits.units(in: sample) {
        if unit.isSequenceHeader {
          let bytes = unit.payload.map { sample[$0] }
          if let header, header != bytes { areChanged = true }
          header = bytes
        } else if unit.isUserData(in: sample) {
          holdsUserData = true
        }
      }
      form = .av1(sequenceHeader: header)
    case .mpeg4: holdsUserData = holdsUserData || UserData.isInMPEG4(sample)
    case .jpeg: holdsUserData = holdsUserData || UserData.isInJPEG(sample)
    }
  }
}
