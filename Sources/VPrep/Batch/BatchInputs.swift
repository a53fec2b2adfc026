internal import Foundation

/// One clip of a batch before anything is done with it.
struct BatchItem: Sendable, Equatable {
  /// The clip's place among the inputs, from 0.
  let index: Int
  /// As it was given, or below the folder that was given.
  let path: String
  /// The same as an absolute path.
  let absolutePath: String
  /// The output's name without its ending; `nil` when none is asked for.
  var stem: String?
  /// Why it cannot be worked on.
  var problem: VPrepError?
}

/// Turns the inputs of a batch into its clips.
struct BatchInputs {
  /// The batch's own folder, which is not searched.
  let folder: String

  /// The clips in the order of the inputs, those of a folder sorted by their paths.
  func expand(_ inputs: [String]) -> [BatchItem] {
    var items: [BatchItem] = []
    var seen: Set<FilePath> = []
    func add(_ path: String, _ problem: VPrepError? = nil) {
      let absolute = Self.absolute(path)
      guard seen.insert(FilePath(absolute)).inserted else { return }
      items.append(
        BatchItem(
          index: items.count, path: path, absolutePath: absolute, stem: nil, problem: problem))
    }
    for input in inputs {
      guard !input.utf8.contains(0) else {
        add(input, Self.holdsNUL(input))
        continue
      }
      guard Self.isFolder(input) else {
        add(input)
        continue
      }
      var found: [String] = []
      search(input, into: &found)
      found.forEach { add($0) }
      if found.isEmpty { add(input, Self.noClips(input)) }
    }
    return items
  }

  private func search(_ path: String, into found: inout [String]) {
    if Self.absolute(path) == Self.absolute(folder) { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") {
      let inner = path.hasSuffix("/") ? path + name : path + "/" + name
      if Self.isFolder(inner) {
        // A link may lead back to where it lies.
        if !Self.isLink(inner) { search(inner, into: &found) }
      } else if Self.isMedia(name) {
        found.append(inner)
      }
    }
  }

  /// The path from the root, without `.` and `..`; links are not followed.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
      .trimmingSuffix("/")
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
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
