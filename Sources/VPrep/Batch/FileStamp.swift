internal import Glibc

/// Size and time of change of a file, by which a later run sees whether it is the same.
struct FileStamp: Equatable {
  /// Size in bytes.
  let bytes: Int
  /// Seconds since 1970.
  let modified: Double

  /// The stamp of the file at `path`, through links; `nil` when there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    bytes = Int(status.st_size)
    modified = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
  }
}
