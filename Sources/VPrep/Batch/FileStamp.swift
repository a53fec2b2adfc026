internal import MediaIO

/// Size and time of change of a file, by which a later run sees whether it is the same.
struct FileStamp: Equatable, Encodable {
  /// Size in bytes.
  let bytes: Int
  /// Seconds since 1970.
  let modified: Double

  /// The stamp of the file at `path`, through links; `nil` when there is no such file.
  init?(_ path: String) { self.init(FileStatus(path)) }

  /// The stamp of a file in a folder that is open; `nil` for a link and when there is no such file.
  init?(_ name: String, in folder: OutputFolder) {
    self.init(FileStatus(name, in: folder.descriptor))
  }

  private init?(_ status: FileStatus?) {
    guard let status, status.isRegular else { return nil }
    (bytes, modified) = (status.byteCount, status.modified)
  }
}
