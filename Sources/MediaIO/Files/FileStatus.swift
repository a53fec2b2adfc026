#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Which file it is, whatever its names: the device and the number that it has there.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  /// The file that a path refers to, following links; `nil` if there is none.
  package init?(_ path: String) {
    guard let status = FileStatus(path) else { return nil }
    self = status.identity
  }

  /// The directory entry of a name, without following links; `nil` if there is none.
  package init?(_ name: String, in folder: borrowing FileDescriptor) {
    guard let status = FileStatus(name, in: folder) else { return nil }
    self = status.identity
  }

  /// The open file; `nil` where the kernel does not tell.
  package init?(_ file: borrowing FileDescriptor) {
    guard let status = FileStatus(file) else { return nil }
    self = status.identity
  }

  fileprivate init(of status: stat) {
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}

/// What the kernel knows of a file.
package struct FileStatus: Sendable {
  package let identity: FileIdentity
  /// Whether it is neither folder, link, device nor pipe.
  package let isRegular: Bool
  package let isFolder: Bool
  /// Names that it has; 0 once the last one was removed.
  package let linkCount: Int
  /// Size in bytes.
  package let byteCount: Int
  /// Seconds since 1970 of its last change.
  package let modified: Double

  /// The open file; `nil` where the kernel does not tell.
  package init?(_ file: borrowing FileDescriptor) { self.init(number: file.number) }

  /// The file behind an open descriptor of another owner.
  init?(number: Int32) {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The directory entry of a name, without following links; `nil` if there is none.
  package init?(_ name: String, in folder: borrowing FileDescriptor) {
    var status = stat()
    guard !name.utf8.contains(0),
      unsafe fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    else { return nil }
    self.init(status)
  }

  /// The file that a path refers to, following links; `nil` if there is none.
  package init?(_ path: String) {
    var status = stat()
    guard !path.utf8.contains(0), unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    identity = FileIdentity(of: status)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    linkCount = Int(status.st_nlink)
    byteCount = Int(status.st_size)
    let change = status.contentChange
    modified = Double(change.tv_sec) + Double(change.tv_nsec) * 1e-9
  }
}
