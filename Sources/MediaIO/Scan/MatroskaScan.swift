/// Reads what the elements of a Matroska or WebM file claim before FFmpeg does (RFC 8794, RFC 9559).
struct MatroskaScan {
  private let input: MediaInput
  private var tally: HeaderTally
  /// Where the segment's content begins: positions in a seek head count from there.
  private var segment = 0
  /// Elements that were looked at, by their place: a seek head may name them once more.
  private var seen: Set<Int> = []
  /// Places that a seek head names.
  private var named: [Int] = []
  /// Seconds a tick of the clusters' times.
  private var tick = 0.001
  private var firstCluster: Double?
  /// Clusters that begin beyond the limit of seconds.
  private var lateClusters = 0
  private var clusters = 0

  private enum ID {
    static let segment = 0x1853_8067
    static let seekHead = 0x114D_9B74
    static let seek = 0x4DBB
    static let seekPosition = 0x53AC
    static let info = 0x1549_A966
    static let timestampScale = 0x2AD7B1
    static let tracks = 0x1654_AE6B
    static let trackEntry = 0xAE
    static let contentEncodings = 0x6D80
    static let contentEncoding = 0x6240
    static let contentEncryption = 0x5035
    static let contentCompression = 0x5034
    static let compressionAlgorithm = 0x4254
    static let compressionSettings = 0x4255
    static let cluster = 0x1F43_B675
    static let timestamp = 0xE7
    static let cues = 0x1C53_BB6B
    static let cuePoint = 0xBB
    static let attachments = 0x1941_A469
    static let attachedFile = 0x61A7
    static let chapters = 0x1043_A770
    static let editionEntry = 0x45B9
    static let chapterAtom = 0xB6
    static let tags = 0x1254_C367
    static let tag = 0x7373
    static let simpleTag = 0x67C8
  }

  /// Times in a damaged file may be anything; so many clusters make it long.
  private static let mostLateClusters = 8
  /// Elements in elements that are followed.
  private static let deepest = 16
  /// Four bytes of an identifier and eight of a size.
  private static let longestHeader = 12

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  /// An element's place: its content lies from `start` to `end`, as far as the file goes.
  private struct Element {
    let id: Int
    let start: Int
    /// `nil` where the size is not told, as in what is recorded live.
    let end: Int?
  }

  /// Walks the file from element to element; throws at the first claim beyond a limit.
  mutating func run() throws(MediaError) {
    var position = 0
    while let element = element(at: position) {
      try tally.addMetadata(Self.longestHeader)
      position = try next(after: element, at: position)
    }
    while let position = named.popLast() {
      if let element = element(at: position) { try noteMetadata(element, at: position) }
    }
  }

  /// Looks at an element of the outer levels; returns where the next one begins.
  private mutating func next(after element: Element, at position: Int) throws(MediaError) -> Int {
    switch element.id {
    case ID.segment:
      (segment, firstCluster) = (element.start, nil)
      return element.start
    case ID.cluster:
      try noteCluster(element)
      // Without a size, what lies in it comes next.
      return element.end ?? element.start
    default:
      try noteMetadata(element, at: position)
      return element.end ?? input.byteCount
    }
  }

  private mutating func noteCluster(_ element: Element) throws(MediaError) {
    clusters += 1
    try tally.checkClusters(clusters)
    guard let time = self.element(at: element.start), time.id == ID.timestamp, let end = time.end,
      let ticks = input.fields(at: time.start, end - time.start).number(at: 0, end - time.start)
    else { return }
    let seconds = Double(ticks) * tick
    let first = firstCluster ?? seconds
    firstCluster = first
    if seconds - first > tally.limits.seconds { lateClusters += 1 }
    if lateClusters > Self.mostLateClusters { try tally.checkSeconds(seconds - first) }
  }

  /// Looks at an element that holds neither pictures nor audio.
  private mutating func noteMetadata(_ element: Element, at position: Int) throws(MediaError) {
    switch element.id {
    case ID.seekHead, ID.info, ID.tracks, ID.cues, ID.attachments, ID.chapters, ID.tags: break
    default: return
    }
    guard seen.insert(position).inserted else { return }
    let size = (element.end ?? input.byteCount) - element.start
    try tally.addMetadata(size)
    let content = input.fields(at: element.start, size)
    try walk(content, 0..<content.count, depth: 0)
  }

  private mutating func walk(
    _ fields: ByteFields, _ range: Range<Int>, depth: Int
  ) throws(MediaError) {
    guard depth < Self.deepest else { return }
    var offset = range.lowerBound
    while let (id, start, size) = Self.header(fields, offset), start <= range.upperBound {
      let end = start + min(size ?? .max, range.upperBound - start)
      switch id {
      case ID.seek: follow(fields, start..<end)
      case ID.timestampScale:
        if let scale = fields.number(at: start, end - start) { tick = Double(scale) * 1e-9 }
      case ID.trackEntry:
        try tally.addStream()
        try walk(fields, start..<end, depth: depth + 1)
      case ID.attachedFile: try tally.addStream()
      case ID.contentEncryption: throw tally.encrypted
      case ID.contentCompression: try checkCompression(fields, start..<end)
      case ID.cuePoint: try tally.addPackets(1)
      case ID.chapterAtom, ID.simpleTag:
        try tally.addTags(1)
        try walk(fields, start..<end, depth: depth + 1)
      case ID.contentEncodings, ID.contentEncoding, ID.editionEntry, ID.tag:
        try walk(fields, start..<end, depth: depth + 1)
      default: break
      }
      offset = end
      guard size != nil, offset < range.upperBound else { return }
    }
  }

  /// Refuses packets that unfold to more than they are: a few bytes that all begin with may be left out
  /// of each, but nothing is compressed (RFC 9559, 5.1.4.1.31.6).
  private func checkCompression(
    _ fields: ByteFields, _ range: Range<Int>
  ) throws(MediaError) {
    var (algorithm, settings) = (0, 0)
    var offset = range.lowerBound
    while let (id, start, size) = Self.header(fields, offset), let size,
      start <= range.upperBound, size <= range.upperBound - start
    {
      if id == ID.compressionAlgorithm { algorithm = fields.number(at: start, size) ?? 0 }
      if id == ID.compressionSettings { settings = size }
      offset = start + size
    }
    guard algorithm == Self.headerStripping, settings <= Self.longestStripped else {
      throw tally.compressed
    }
  }

  private static let headerStripping = 3
  /// What writers leave out are start codes, a few bytes each.
  private static let longestStripped = 64

  /// Notes the place that an entry of a seek head names.
  private mutating func follow(_ fields: ByteFields, _ range: Range<Int>) {
    var offset = range.lowerBound
    while let (id, start, size) = Self.header(fields, offset), let size,
      start <= range.upperBound, size <= range.upperBound - start
    {
      if id == ID.seekPosition, let place = fields.number(at: start, size) {
        let (position, overflow) = segment.addingReportingOverflow(place)
        if !overflow, position < input.byteCount { named.append(position) }
      }
      offset = start + size
    }
  }

  private func element(at position: Int) -> Element? {
    let fields = input.fields(at: position, Self.longestHeader)
    guard let (id, start, size) = Self.header(fields, 0) else { return nil }
    let begin = position + start
    let end = size.map { min($0, input.byteCount - begin) + begin }
    return Element(id: id, start: begin, end: end)
  }

  /// An element's identifier, where its content begins and its size; `nil` where there is none.
  static func header(
    _ fields: ByteFields, _ offset: Int
  ) -> (id: Int, start: Int, size: Int?)? {
    guard let first = fields.number(at: offset, 1), first >= 0x10 else { return nil }
    let idLength = UInt8(first).leadingZeroBitCount + 1
    guard let id = fields.number(at: offset, idLength),
      let lead = fields.number(at: offset + idLength, 1), lead > 0
    else { return nil }
    let sizeLength = UInt8(lead).leadingZeroBitCount + 1
    guard let raw = fields.number(at: offset + idLength, sizeLength) else { return nil }
    let size = raw & (1 << (7 * sizeLength) - 1)
    let isUnknown = size == 1 << (7 * sizeLength) - 1
    return (id, offset + idLength + sizeLength, isUnknown ? nil : size)
  }
}
