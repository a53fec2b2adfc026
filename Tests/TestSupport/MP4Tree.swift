package import Foundation

/// The boxes of an MP4, to be changed and written again: how tests make clips that no tool makes.
package struct MP4Tree {
  /// A box of ISO/IEC 14496-12, 4.2: with children where it is a container, else with bytes.
  package final class Box {
    package var type: String
    package var data: Data
    package var children: [Box]?

    package init(_ type: String, _ data: Data = Data(), children: [Box]? = nil) {
      self.type = type
      self.data = data
      self.children = children
    }

    /// The first box down a path of types.
    package func find(_ path: String...) -> Box? {
      var box: Box? = self
      for type in path { box = box?.children?.first { $0.type == type } }
      return box
    }

    package var bytes: Data {
      let body = children.map { $0.reduce(Data()) { $0 + $1.bytes } } ?? data
      return Data(number: body.count + 8) + Data(type.unicodeScalars.map { UInt8($0.value) }) + body
    }

    /// A 32-bit number of the content.
    package subscript(number offset: Int) -> Int {
      get {
        let start = data.startIndex + offset
        return data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      set {
        let start = data.startIndex + offset
        data.replaceSubrange(start..<start + 4, with: Data(number: newValue))
      }
    }

    /// The rows of a table: numbers of 32 bits behind version, flags and the count of rows.
    package func rows(of width: Int) -> [[Int]] {
      (0..<self[number: 4]).map { row in
        (0..<width).map { self[number: 8 + 4 * (row * width + $0)] }
      }
    }

    package func setRows(_ rows: [[Int]]) {
      data = data.prefix(4) + Data(number: rows.count)
      for number in rows.joined() { data += Data(number: number) }
    }
  }

  package let root: Box
  /// Where the media data begin in the file that was read.
  private let mediaStart: Int

  private static let containers: Set<String> = [
    "moov", "trak", "mdia", "minf", "stbl", "edts", "dinf", "udta", "mvex", "moof", "traf",
  ]

  package init(_ url: URL) throws {
    root = Box("", children: Self.boxes(try Data(contentsOf: url)))
    mediaStart = Self.mediaStart(root)
  }

  /// The `trak` boxes in their order.
  package var tracks: [Box] { root.find("moov")?.children?.filter { $0.type == "trak" } ?? [] }

  /// Writes the boxes; the places of the media data follow them.
  package func write(to url: URL) throws {
    let shift = Self.mediaStart(root) - mediaStart
    for track in tracks {
      guard let places = track.find("mdia", "minf", "stbl", "stco") else { continue }
      places.setRows(places.rows(of: 1).map { [$0[0] + shift] })
    }
    try (root.children ?? []).reduce(Data()) { $0 + $1.bytes }.write(to: url)
    for track in tracks {
      guard let places = track.find("mdia", "minf", "stbl", "stco") else { continue }
      places.setRows(places.rows(of: 1).map { [$0[0] - shift] })
    }
  }

  private static func mediaStart(_ root: Box) -> Int {
    var offset = 8
    for box in root.children ?? [] {
      if box.type == "mdat" { break }
      offset += box.bytes.count
    }
    return offset
  }

  private static func boxes(_ bytes: Data) -> [Box] {
    var boxes: [Box] = []
    var offset = bytes.startIndex
    while bytes.endIndex - offset >= 8 {
      let size = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      let type = String(
        String.UnicodeScalarView(bytes[offset + 4..<offset + 8].map { Unicode.Scalar($0) }))
      let end = size < 8 ? bytes.endIndex : min(offset + size, bytes.endIndex)
      let body = Data(bytes[offset + 8..<end])
      boxes.append(
        containers.contains(type) ? Box(type, children: Self.boxes(body)) : Box(type, body))
      offset = end
    }
    return boxes
  }
}

extension Data {
  /// 32 bits, the highest first; negative numbers as two's complement.
  package init(number: Int) {
    let bits = UInt32(truncatingIfNeeded: number)
    self.init([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) })
  }
}

extension MP4Tree {
  /// A stretch of a track that an edit list shows: seconds of its media from `start` on, or of
  /// nothing.
  package struct Edit: Sendable {
    let seconds: Double
    let start: Double?

    package static func show(_ seconds: Double, from start: Double) -> Edit {
      Edit(seconds: seconds, start: start)
    }
    package static func wait(_ seconds: Double) -> Edit { Edit(seconds: seconds, start: nil) }
  }

  /// Gives a track an edit list; the one that it has must begin where its media does.
  package func setEdits(_ edits: [Edit], track index: Int) throws {
    let track = tracks[index]
    guard let header = root.find("moov", "mvhd"), let own = track.find("tkhd"),
      let media = track.find("mdia", "mdhd"), let list = track.find("edts", "elst")
    else { throw TestSupportError("The track has no edit list.") }
    let (clock, tick) = (header[number: 12], media[number: 12])
    let begin = list.rows(of: 3)[0][1]
    let total = Int(edits.reduce(0) { $0 + $1.seconds } * Double(clock))
    list.setRows(
      edits.map { edit in
        let start = edit.start.map { begin + Int($0 * Double(tick)) } ?? -1
        return [Int(edit.seconds * Double(clock)), start, 1 << 16]
      })
    own[number: 20] = total
    header[number: 16] = total
  }

  /// Appends the pictures of another clip, behind a sample description of their own.
  package func appendPictures(of other: MP4Tree) throws {
    let mine = tracks[0].find("mdia", "minf", "stbl")
    let theirs = other.tracks[0].find("mdia", "minf", "stbl")
    guard let mine, let theirs, let data = root.find("mdat"), let added = other.root.find("mdat")
    else { throw TestSupportError("There is no table of samples.") }
    func table(_ type: String, _ box: Box, _ width: Int) -> [[Int]] {
      box.find(type)?.rows(of: width) ?? []
    }
    let (samples, chunks) = (mine.find("stsz")?[number: 8] ?? 0, table("stco", mine, 1).count)
    if let sizes = mine.find("stsz"), let more = theirs.find("stsz") {
      sizes[number: 8] += more[number: 8]
      sizes.data += more.data.dropFirst(12)
    }
    for type in ["stts", "ctts"] {
      mine.find(type)?.setRows(table(type, mine, 2) + table(type, theirs, 2))
    }
    mine.find("stss")?.setRows(
      table("stss", mine, 1) + table("stss", theirs, 1).map { [$0[0] + samples] })
    mine.find("stsc")?.setRows(
      table("stsc", mine, 3) + table("stsc", theirs, 3).map { [$0[0] + chunks, $0[1], 2] })
    let shift = mediaStart - other.mediaStart + data.data.count
    mine.find("stco")?.setRows(
      table("stco", mine, 1) + table("stco", theirs, 1).map { [$0[0] + shift] })
    if let list = mine.find("stsd"), let more = theirs.find("stsd") {
      list.data = list.data.prefix(4) + Data(number: 2) + list.data.dropFirst(8)
      list.data += more.data.dropFirst(8)
    }
    data.data += added.data
    // Twice as long in every header.
    let lengths: [(Box?, Int)] = [
      (root.find("moov", "mvhd"), 16), (tracks[0].find("tkhd"), 20),
      (tracks[0].find("mdia", "mdhd"), 16), (tracks[0].find("edts", "elst"), 8),
    ]
    for (box, offset) in lengths { box?[number: offset] *= 2 }
  }
}
