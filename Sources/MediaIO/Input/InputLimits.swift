/// The input limits: how much of an input is read before it is refused.
///
/// A selfie video is a few seconds long; the limits stop inputs that were made to exhaust memory or
/// time. `table` says what each limit bounds; `Docs/limits.md` shows the table.
public struct InputLimits: Sendable, Equatable {
  /// The limits, in the order in which they are listed.
  public enum Name: String, Sendable, CaseIterable {
    /// Bytes of the clip or photo.
    case bytes
    /// Bytes that one pass over the clip reads.
    case read
    /// Seconds that one call may take.
    case time
    /// Seconds of video, and of audio.
    case seconds
    /// Seconds for which the audio goes on after the last frame.
    case soundTail
    /// Frames of the clip.
    case frames
    /// Packets of all streams together.
    case packets
    /// Streams of the clip.
    case streams
    /// Pixels of a frame.
    case pixels
    /// Pixels of the photo that the clip is compared with.
    case photoPixels
    /// Bytes of the decoded frames that a decoder holds at once.
    case memory
    /// Bytes of one allocation.
    case allocation
    /// Bytes of headers and other metadata.
    case metadata
    /// Tags of the clip.
    case tags
    /// Entries of edit lists.
    case edits
    /// Scans of a progressive JPEG.
    case scans
    /// Bytes of a JSON text.
    case jsonBytes
    /// Levels of nesting in a JSON text.
    case jsonDepth
  }

  /// One row of the table.
  public struct Entry: Sendable, Equatable {
    /// Its name, as it is given to set it.
    public let name: Name
    /// What its value counts, in the plural, such as `bytes`.
    public let unit: String
    /// Its value unless another one is set.
    public let standard: Double
    /// The values that it takes.
    public let range: ClosedRange<Double>
    /// One sentence: what is bounded.
    public let text: String
  }

  /// Threads that decode the pictures of one clip, and those that encode them.
  package var threads = 2
  /// Values that differ from the table's.
  private var changed: [Name: Double] = [:]

  /// The limits of the table.
  public init() {}

  /// The limits that differ from the table's, by their names.
  package var changes: [String: Double] {
    get { Dictionary(uniqueKeysWithValues: changed.map { ($0.key.rawValue, $0.value) }) }
    set {
      changed = [:]
      for (name, value) in newValue { Name(rawValue: name).map { self[$0] = value } }
    }
  }

  /// The value of a limit.
  ///
  /// Values outside of a limit's range are kept, and refused when a call begins.
  public subscript(name: Name) -> Double {
    get { changed[name] ?? Self.entry(name).standard }
    set { changed[name] = newValue == Self.entry(name).standard ? nil : newValue }
  }

  /// The first limit whose value lies outside of its range; `nil` when there is none.
  package var firstOutOfRange: Entry? {
    Self.table.first { !$0.range.contains(self[$0.name]) }
  }
}

// MARK: - By name

extension InputLimits {
  /// Largest input in bytes.
  package var bytes: Int {
    get { count(.bytes) }
    set { self[.bytes] = Double(newValue) }
  }
  /// Most bytes that one pass reads, what it reads again counted.
  package var bytesRead: Int { count(.read) }
  /// Largest picture in pixels, before rotation.
  package var pixels: Int {
    get { count(.pixels) }
    set { self[.pixels] = Double(newValue) }
  }
  /// The same for FFmpeg, which counts rows as long as it aligns them: to 64 pixels.
  var paddedPixels: Int64 { Int64(min(pixels, 1 << 40)) + 64 * 16_384 }
  /// Most frames that are decoded.
  package var frames: Int {
    get { count(.frames) }
    set { self[.frames] = Double(newValue) }
  }
  /// Longest content in seconds, of pictures and of audio.
  package var seconds: Double {
    get { self[.seconds] }
    set { self[.seconds] = newValue }
  }
  /// Most packets of all streams together.
  package var packets: Int { count(.packets) }
  /// Most streams.
  package var streams: Int { count(.streams) }
  /// Most bytes of decoded pictures that a decoder holds at once.
  package var memory: Int { count(.memory) }
  /// Largest single allocation of FFmpeg in bytes.
  package var allocation: Int { count(.allocation) }
  /// Most bytes of headers, indexes, tags and attachments.
  package var metadata: Int { count(.metadata) }
  /// Most tags.
  package var tags: Int { count(.tags) }
  /// Most entries of one edit list.
  package var edits: Int { count(.edits) }
  /// Most scans of one JPEG picture.
  package var scans: Int { count(.scans) }

  /// The same limits with those of a photo's picture.
  package var forPhoto: InputLimits {
    var limits = self
    limits[.pixels] = self[.photoPixels]
    return limits
  }

  /// A limit as a whole number; what no `Int` holds is no limit.
  private func count(_ name: Name) -> Int {
    Int(exactly: self[name].rounded(.down)) ?? (self[name] < 0 ? 0 : .max)
  }
}

// MARK: - Refusals

extension InputLimits {
  /// Refuses a picture with more pixels than `pixels`.
  func check(
    width: Int, height: Int, file: String, stage: MediaError.Stage
  ) throws(MediaError) {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard overflow || count > pixels else { return }
    throw MediaError(
      stage, file: file, cause: .limitExceeded,
      detail: "the picture is \(width)×\(height); at most \(pixels) pixels are read")
  }

  /// The error of a clip that is longer.
  package func tooLong(_ file: String) -> MediaError {
    MediaError(
      .demux, file: file, cause: .limitExceeded,
      detail: "longer than \(Int(min(seconds, 1e9))) s, the most that is accepted",
      advice: "Cut the clip; a face check takes a few seconds.")
  }

  /// The error of a clip whose audio goes on long after its pictures.
  func tooLongTail(_ file: String) -> MediaError {
    MediaError(
      .demux, file: file, cause: .limitExceeded,
      detail: "the audio continues for more than \(count(.soundTail)) s after the last frame",
      advice: "Cut the clip; a face check takes a few seconds.")
  }

  /// The error of an input that holds more of something than is read.
  ///
  /// - Parameter claim: what it holds, such as `the clip has more than 32 streams`.
  func exceeded(
    _ claim: String, file: String, stage: MediaError.Stage = .open
  ) -> MediaError {
    MediaError(
      stage, file: file, cause: .limitExceeded, detail: claim + ", the most that is accepted")
  }
}

// MARK: - The table

extension InputLimits {
  private static func entry(_ name: Name) -> Entry {
    // The table holds every name; a test counts them.
    table.first { $0.name == name }
      ?? Entry(name: name, unit: "", standard: 0, range: 0...0, text: "")
  }

  /// Every limit.
  public static let table: [Entry] = [
    Entry(
      name: .bytes, unit: "bytes", standard: 2_000_000_000, range: 1...1e12,
      text: "The size of the clip or photo, also if it comes through a pipe."),
    Entry(
      name: .read, unit: "bytes", standard: 8_000_000_000, range: 1...1e13,
      text: "Bytes that one pass over the clip reads; bytes that are read twice count twice."),
    Entry(
      name: .time, unit: "seconds", standard: 300, range: 0...(.infinity),
      text: "How long one call may take."),
    Entry(
      name: .seconds, unit: "seconds", standard: 600, range: 0.001...1e6,
      text: "The duration of the video, and that of the audio."),
    Entry(
      name: .soundTail, unit: "seconds", standard: 30, range: 0...1e6,
      text: "The audio after the last frame."),
    Entry(
      name: .frames, unit: "frames", standard: 40_000, range: 1...1e8,
      text: "The clip's frames, those that its header claims among them."),
    Entry(
      name: .packets, unit: "packets", standard: 80_000, range: 1...1e9,
      text: "The packets of all streams together, as the index lists them and as they are read."),
    Entry(
      name: .streams, unit: "streams", standard: 32, range: 1...1000,
      text: "The streams of the clip: video, sound, subtitles, data, attachments."),
    Entry(
      name: .pixels, unit: "pixels", standard: 9_437_184, range: 1...2.68e8,
      text: "The size of every picture, before it is rotated; 4096 × 2304, which holds 4K."),
    Entry(
      name: .photoPixels, unit: "pixels", standard: 35_389_440, range: 1...2.68e8,
      text: "The size of the photo that the clip is compared with; 8192 × 4320."),
    Entry(
      name: .memory, unit: "bytes", standard: 268_435_456, range: 1...1e12,
      text: "The decoded pictures that a decoder holds at once."),
    Entry(
      name: .allocation, unit: "bytes", standard: 134_217_728, range: 1_048_576...2.1e9,
      text: "One allocation of FFmpeg, such as a packet, a plane of a picture or an index."),
    Entry(
      name: .metadata, unit: "bytes", standard: 16_777_216, range: 1...2.1e9,
      text: "Everything except video and audio: headers, indexes, tags, cover art, attachments."),
    Entry(
      name: .tags, unit: "tags", standard: 1_000, range: 1...1e5,
      text: "The tags of the container, and the chunks of a PNG that hold no picture."),
    Entry(
      name: .edits, unit: "entries", standard: 256, range: 1...1e5,
      text: "The entries of one edit list."),
    Entry(
      name: .scans, unit: "scans", standard: 100, range: 1...1e5,
      text: "The scans of one JPEG, each of which covers the complete picture."),
    Entry(
      name: .jsonBytes, unit: "bytes", standard: 1_000_000, range: 1...1e9,
      text: "A request's parameters, and a file of rules."),
    Entry(
      name: .jsonDepth, unit: "levels", standard: 32, range: 1...512,
      text: "The nesting depth of objects and arrays in such a text."),
  ]
}
