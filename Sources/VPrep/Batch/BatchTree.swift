internal import MediaIO
internal import Synchronization

/// The folder of a batch and the folders below it, each of which is opened once.
///
/// Names are relative to the batch's folder, such as `clinic/visit.mp4` or `refused/clinic/visit.mp4`.
final class BatchTree: Sendable {
  /// The batch's own folder.
  let root: OutputFolder
  private let opened = Mutex<[FilePath: OutputFolder]>([:])

  init(_ root: OutputFolder) { self.root = root }

  /// The folder that a name stands in, and the last part of the name.
  static func split(_ name: String) -> (folder: String, file: String) {
    // By bytes: a mark that combines with a slash makes another character of it.
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", name) }
    return (String(name[..<slash]), String(name[name.utf8.index(after: slash)...]))
  }

  /// Where an output of that name will stand; the folders that it needs are made.
  func target(
    _ name: String, protecting protected: ProtectedFiles
  ) throws(VPrepError) -> OutputTarget {
    let place = Self.split(name)
    let folder: OutputFolder
    do throws(SystemError) { folder = try self.folder(place.folder) } catch {
      throw BatchJournal.failure(
        "\(root.path)/\(place.folder)", "the folder cannot be made", error)
    }
    return try VPrepError.wrapping { () throws(MediaError) in
      try OutputTarget(folder, place.file, protecting: protected)
    }
  }

  /// The stamp of the file of that name; `nil` for a link and when there is no such file.
  func stamp(_ name: String) -> FileStamp? {
    let place = Self.split(name)
    return existing(place.folder).flatMap { FileStamp(place.file, in: $0) }
  }

  /// The identity of the file of that name; `nil` when there is none.
  func identity(_ name: String) -> FileIdentity? {
    let place = Self.split(name)
    return existing(place.folder).flatMap { FileIdentity(place.file, in: $0.descriptor) }
  }

  /// Whether anything has that name.
  func holds(_ name: String) -> Bool {
    let place = Self.split(name)
    return existing(place.folder).map { FileStatus(place.file, in: $0.descriptor) != nil } ?? false
  }

  /// The MD5 of the file of that name; `nil` when it cannot be read.
  func md5(_ name: String) -> String? {
    let place = Self.split(name)
    return try? existing(place.folder)?.read(place.file, limits: InputLimits()).md5()
  }

  /// The names in a folder below the batch's, themselves relative to the batch's; empty when it is missing.
  func names(in folder: String) -> [String] {
    let names = (try? existing(folder)?.descriptor.names()) ?? []
    return folder.isEmpty ? names : names.map { "\(folder)/\($0)" }
  }

  /// Removes the file of that name, and the folders that it leaves empty.
  func remove(_ name: String) {
    let place = Self.split(name)
    try? existing(place.folder)?.descriptor.remove(place.file)
    removeIfEmpty(place.folder)
  }

  /// Removes the folders that this run has opened and that hold nothing, such as those of clips that
  /// were refused.
  func tidy() {
    let all = opened.withLock { Array($0.keys) }
    // Those further down first.
    for folder in all.map(\.text).sorted(by: { $0.utf8.count > $1.utf8.count }) {
      removeIfEmpty(folder)
    }
  }

  private func removeIfEmpty(_ folder: String) {
    var folder = folder
    while !folder.isEmpty {
      let place = Self.split(folder)
      opened.withLock { _ = $0.removeValue(forKey: FilePath(folder)) }
      guard (try? existing(place.folder)?.descriptor.removeFolder(place.file)) != nil else {
        return
      }
      folder = place.folder
    }
  }

  private func existing(_ folder: String) -> OutputFolder? {
    if let known = known(folder) { return known }
    return try? root.subfolder(folder)
  }

  private func folder(_ name: String) throws(SystemError) -> OutputFolder {
    if let known = known(name), known.isInPlace { return known }
    let made = try root.subfolder(making: name)
    // What a killed run has left there goes before anything is written.
    made.sweep()
    opened.withLock { $0[FilePath(name)] = made }
    return made
  }

  private func known(_ folder: String) -> OutputFolder? {
    folder.isEmpty ? root : opened.withLock { $0[FilePath(folder)] }
  }
}
