internal import FoundationEssentials
internal import Services

/// One clip of a batch before anything is done with it.
struct BatchItem: Sendable, Equatable {
  /// The clip's place among those of the batch, from 0.
  var index: Int
  /// As it was given, or below the folder that was given.
  let path: String
  /// The same as an absolute path.
  let absolutePath: String
  /// Where it lies below the folder that was given, such as `clinic/visit.mov`; its name alone where the
  /// clip itself was given.
  let place: String
  /// What is asked for this clip alone; `nil` if nothing.
  var entry: BatchEntry?
  /// The output's name without its ending, below the batch's folder; `nil` when none is asked for.
  var stem: String?
  /// Why it cannot be worked on.
  var problem: VPrepError?
}

/// Turns the inputs of a batch into its clips.
struct BatchInputs {
  /// The batch's own folder, which is not searched.
  let folder: String
  private(set) var items: [BatchItem] = []
  /// What was found beside the clips.
  private(set) var skipped: [BatchSkip] = []
  private var seen: Set<FilePath> = []

  init(folder: String) { self.folder = folder }

  /// The clips in the order of the inputs, those of a folder sorted by their paths.
  mutating func add(_ inputs: [String]) {
    for input in inputs {
      guard !input.utf8.contains(0) else {
        add(input, problem: Self.holdsNUL(input))
        continue
      }
      guard Self.isFolder(input) else {
        add(input)
        continue
      }
      var found: [String] = []
      search(input, into: &found)
      let folder = Self.absolute(input)
      for path in found { add(path, below: folder) }
      if found.isEmpty { add(input, problem: Self.noClips(input)) }
    }
  }

  /// Clips with wishes of their own.
  mutating func add(_ entries: [BatchEntry]) {
    for entry in entries {
      let isBroken = entry.path.utf8.contains(0)
      add(entry.path, entry: entry, problem: isBroken ? Self.holdsNUL(entry.path) : nil)
    }
  }

  /// Leaves some of the clips, as a batch asks for.
  mutating func choose(shard: Batch.Shard?, sample: Int?, first: Int?) {
    if let shard { items.removeAll { !shard.holds($0.absolutePath) } }
    if let sample, sample < items.count {
      let order = items.indices.sorted {
        let (one, other) = (items[$0].absolutePath, items[$1].absolutePath)
        return (StableHash(one).value, $0) < (StableHash(other).value, $1)
      }
      items = order.prefix(max(0, sample)).sorted().map { items[$0] }
    }
    if let first { items = Array(items.prefix(max(0, first))) }
    for index in items.indices { items[index].index = index }
  }

  private mutating func add(
    _ path: String, entry: BatchEntry? = nil, problem: VPrepError? = nil,
    below folder: String? = nil
  ) {
    let absolute = Self.absolute(path)
    guard seen.insert(FilePath(absolute)).inserted else {
      skipped.append(BatchSkip(path: path, reason: .repeated))
      return
    }
    items.append(
      BatchItem(
        index: items.count, path: path, absolutePath: absolute,
        place: Self.place(absolute, below: folder), entry: entry, stem: nil, problem: problem))
  }

  private mutating func search(_ path: String, into found: inout [String]) {
    func skip(_ path: String, _ reason: BatchSkip.Reason) {
      skipped.append(BatchSkip(path: path, reason: reason))
    }
    if Self.absolute(path) == Self.absolute(folder) { return skip(path, .ownFolder) }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      return skip(path, .unreadable)
    }
    for name in names.sorted() {
      let inner = path.hasSuffix("/") ? path + name : path + "/" + name
      if name.hasPrefix(".") {
        skip(inner, .hidden)
      } else if Self.isFolder(inner) {
        // A link may lead back to where it lies.
        if Self.isLink(inner) { skip(inner, .folderLink) } else { search(inner, into: &found) }
      } else if Self.isMedia(name) {
        found.append(inner)
      } else {
        skip(inner, .ending)
      }
    }
  }

  /// A path below a folder, both absolute; the last part of it without a folder.
  private static func place(_ path: String, below folder: String?) -> String {
    let prefix = folder.map { $0 == "/" ? $0 : $0 + "/" }
    if let prefix, path.utf8.starts(with: prefix.utf8) {
      return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
    return BatchTree.split(path).file
  }

  /// The path from the root, without `.` and `..`; links are not followed.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
      .trimmingSuffix("/")
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  private static func isMedia(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: ".") else { return false }
    return Batch.mediaExtensions.contains(name[name.index(after: dot)...].lowercased())
  }

  private static func holdsNUL(_ path: String) -> VPrepError {
    VPrepError(
      kind: .unusableInput(.unreadable), stage: "open", file: path,
      message: "the path holds a NUL byte",
      advice: "Give one path; a list that find -print0 makes is split at its NUL bytes.")
  }

  private static func noClips(_ folder: String) -> VPrepError {
    let endings = Batch.mediaExtensions.sorted().joined(separator: ", ")
    return VPrepError(
      kind: .unusableInput(.unreadable), stage: "open", file: folder,
      message: "the folder holds no clip",
      advice: "Clips are known by their endings: \(endings).")
  }
}

extension String {
  /// The text without `ending`, where it is more than that.
  fileprivate func trimmingSuffix(_ ending: String) -> String {
    count > ending.count && hasSuffix(ending) ? String(dropLast(ending.count)) : self
  }
}
