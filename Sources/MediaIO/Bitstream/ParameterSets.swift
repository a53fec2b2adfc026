/// The parameter sets of an H.264 or HEVC stream as they are met, to notice where they change.
struct ParameterSets: Sendable {
  /// A set is replaced by a later one of the same kind and identifier.
  private struct Key: Hashable {
    let kind: UInt8
    let identifier: Int
  }

  /// What must stay the same for the pictures to be of one format.
  private struct Format: Equatable {
    let width: Int
    let height: Int
    let chromaFormat: Int
    let bitDepth: Int
  }

  private let units: CodedUnits
  private var known: [Key: [UInt8]] = [:]
  private var format: Format?
  /// Whether a set replaced another one, or is for pictures of another format.
  private(set) var areChanged = false
  /// Whether sets stand in the packets themselves.
  private(set) var areInBand = false

  /// Most sets that are kept: H.264 has identifiers for 32 and 256.
  private static let mostSets = 400

  /// - Parameter header: the codec's header.
  init(_ units: CodedUnits, header: [UInt8]) {
    self.units = units
    for set in units.sets(inHeader: header) where !set.isEmpty { note(set, units.kind(set[0])) }
    // A header may hold the sets of two encoders, as after a splice.
    areChanged = false
  }

  /// Takes a parameter set that stands in a packet.
  mutating func noteInBand(_ set: [UInt8], _ kind: CodedUnits.Kind) {
    areInBand = true
    note(set, kind)
  }

  private mutating func note(_ set: [UInt8], _ kind: CodedUnits.Kind) {
    guard let identifier = identifier(of: set, kind) else { return }
    let key = Key(kind: set[0] & (units.coding == .h264 ? 0x1F : 0x7E), identifier: identifier)
    // Zeros behind the last one are padding.
    let bytes = Array(set[..<((set.lastIndex { $0 != 0 } ?? -1) + 1)])
    if let old = known[key] {
      if old != bytes { areChanged = true }
    } else if kind == .sequenceSet {
      let found = Self.format(of: set, units.coding)
      if let format, found != format { areChanged = true }
      format = format ?? found
    }
    if known[key] != nil || known.count < Self.mostSets { known[key] = bytes }
  }

  private func identifier(of set: [UInt8], _ kind: CodedUnits.Kind) -> Int? {
    guard set.count > units.headerSize else { return nil }
    let payload = NALPayload.bytes(of: set.span.extracting(units.headerSize...))
    var bits = BitReader(payload)
    switch (units.coding, kind) {
    case (.h264, .sequenceSet): bits.skip(24)
    case (.hevc, .sequenceSet): return HEVCParameterSet(payload: payload)?.identifier
    case (.hevc, .videoSet): return bits.bits(4)
    case (_, .pictureSet): break
    default: return nil
    }
    let identifier = bits.unsigned()
    return bits.isExhausted ? nil : identifier
  }

  private static func format(of set: [UInt8], _ coding: CodedUnits.Coding) -> Format? {
    switch coding {
    case .h264:
      H264ParameterSet(payload: NALPayload.bytes(of: set.span.extracting(1...))).map {
        Format(
          width: $0.width, height: $0.height, chromaFormat: $0.chromaFormat, bitDepth: $0.bitDepth)
      }
    case .hevc:
      HEVCParameterSet(payload: NALPayload.bytes(of: set.span.extracting(2...))).map {
        Format(
          width: $0.width, height: $0.height, chromaFormat: $0.chromaFormat, bitDepth: $0.bitDepth)
      }
    }
  }
}
