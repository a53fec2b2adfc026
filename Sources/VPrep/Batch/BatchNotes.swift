internal import FoundationEssentials
internal import MediaIO
internal import Services

/// What is noted of a clip while it is worked on.
struct BatchNotes {
  var record: BatchRecord
  /// The report as its line has it: where its output and its previews stand.
  var report: ReportDocument?
  /// The line, where it was appended before the output got its name.
  var line: Data?
  /// The preview pictures, which get their names after the line.
  var previews: [StagedFile] = []
  /// Why the line could not be appended.
  var failure: VPrepError?

  init(_ record: BatchRecord) { self.record = record }

  /// Names the output that is there from an earlier run, or the one that is planned.
  mutating func name(_ earlier: (name: String, modified: Double?)?, or item: BatchItem) {
    let planned = item.problem == nil ? item.stem.map { $0 + ".mp4" } : nil
    record.output = earlier?.name ?? planned
    record.outputModified = earlier?.modified
  }
}

/// A file that is written and has no name yet.
final class StagedFile {
  private var file: OutputFile?

  init(_ bytes: [UInt8], _ target: OutputTarget) throws(MediaError) {
    let file = try OutputFile(target)
    try file.write(bytes.span)
    self.file = consume file
  }

  /// Gives the file its name.
  func commit() throws(MediaError) {
    guard let file = file.take() else { return }
    try file.commit()
  }
}

/// The time of day, as reports have it.
enum SystemClock {
  /// Seconds since 1970.
  static var now: Double { Date().timeIntervalSince1970.rounded(decimals: 3) }
}

extension Verdict {
  /// Leaves out what is the same for every clip of a batch: the codes that only the service can decide,
  /// and rules about what was not given.
  fileprivate mutating func leaveOutCommonParts() {
    unpredictable = []
    unmeasured.removeAll {
      [.photoNotGiven, .bandwidthNotGiven, .actionsNotGiven].contains($0.reason)
    }
  }
}

extension ReportDocument {
  /// The report as a line of a batch has it.
  mutating func leaveOutCommonParts() {
    verdict?.leaveOutCommonParts()
    outputVerdict?.leaveOutCommonParts()
    // The output is what is sent, so limits are learned from its values alone.
    if outputVerdict != nil { verdict?.readings = [] }
  }
}

extension PreviewReport {
  /// The picture's bytes; `nil` where they are not in the report.
  var jpeg: [UInt8]? { JPEGDataURI.bytes(image) }
}

extension String {
  /// A relative path as a relative reference (RFC 3986): every byte but letters, digits, `-._~` and `/`
  /// is written in hexadecimal.
  var percentEncodedPath: String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return utf8.reduce(into: "") { text, byte in
      if plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
