/// What a container's headers claim, added up while they are scanned; the first claim beyond a limit
/// ends the scan.
///
/// FFmpeg believes what a header claims and allocates for it: for a sample table of eighty-nine
/// million entries in a file of six kilobytes, for a gigabyte of tags. So the claims are read first.
struct HeaderTally {
  let limits: InputLimits
  let file: String
  private var metadata = 0
  private var streams = 0
  private var tags = 0
  private var packets = 0

  init(limits: InputLimits, file: String) {
    self.limits = limits
    self.file = file
  }

  /// Counts bytes that are neither pictures nor audio.
  mutating func addMetadata(_ bytes: Int) throws(MediaError) {
    metadata = Self.sum(metadata, bytes)
    guard metadata <= limits.metadata else {
      throw limits.exceeded(
        "its headers, index and tags have more than \(limits.metadata) bytes", file: file)
    }
  }

  mutating func addStream() throws(MediaError) {
    streams += 1
    guard streams <= limits.streams else {
      throw limits.exceeded("the clip has more than \(limits.streams) streams", file: file)
    }
  }

  mutating func addTags(_ count: Int) throws(MediaError) {
    tags = Self.sum(tags, count)
    guard tags <= limits.tags else {
      throw limits.exceeded("the clip has more than \(limits.tags) tags", file: file)
    }
  }

  /// Counts packets that an index lists, in all streams together.
  mutating func addPackets(_ count: Int) throws(MediaError) {
    packets = Self.sum(packets, count)
    guard packets <= limits.packets else {
      throw limits.exceeded(
        "its index lists more than \(limits.packets) packets", file: file)
    }
  }

  /// Checks the entries of one table, each of which describes one packet or several.
  func checkTable(_ entries: Int) throws(MediaError) {
    guard entries <= limits.packets else {
      throw limits.exceeded(
        "its index has a table of more than \(limits.packets) entries", file: file)
    }
  }

  /// Checks the clusters, each of which holds a packet at least.
  func checkClusters(_ count: Int) throws(MediaError) {
    guard count <= limits.packets else {
      throw limits.exceeded("the clip has more than \(limits.packets) clusters", file: file)
    }
  }

  func checkFrames(_ count: Int) throws(MediaError) {
    guard count <= limits.frames else {
      throw limits.exceeded("its index lists more than \(limits.frames) frames", file: file)
    }
  }

  func checkEdits(_ count: Int) throws(MediaError) {
    guard count <= limits.edits else {
      throw limits.exceeded("an edit list has more than \(limits.edits) entries", file: file)
    }
  }

  func checkSeconds(_ seconds: Double) throws(MediaError) {
    guard seconds <= limits.seconds else { throw limits.tooLong(file) }
  }

  /// The error of a clip that is protected against copying.
  var encrypted: MediaError {
    MediaError(
      .open, file: file, cause: .encrypted, detail: "the content is encrypted",
      advice: "Give the clip as the camera recorded it.")
  }

  /// The error of a clip whose packets are compressed once more by the container.
  var compressed: MediaError {
    MediaError(
      .open, file: file, cause: .limitExceeded,
      detail: "its packets are compressed by the container, which is not supported",
      advice: "Give the clip as the camera recorded it.")
  }

  private static func sum(_ first: Int, _ second: Int) -> Int {
    let (sum, overflow) = first.addingReportingOverflow(max(second, 0))
    return overflow ? .max : sum
  }
}
