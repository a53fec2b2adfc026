#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Owner of a temporary file: its name is removed unless the file gets another one.
///
/// The name is random and marked, so that later runs know it, and the file is locked as long as this
/// run lives, so that they leave it alone until then.
struct TemporaryFile: ~Copyable {
  let folder: OutputFolder
  let descriptor: FileDescriptor
  /// `nil` once the file has another name or none.
  private var name: String?
  /// Its number with the folder's broker.
  private var number: Int?

  deinit {
    guard let name else { return }
    if let number { folder.broker?.giveUp(number) } else { try? folder.descriptor.remove(name) }
  }

  /// Takes the name away; the file lives on as long as it is open.
  mutating func removeName() throws(SystemError) {
    // Its maker keeps the name of a file that was made for this process.
    if number != nil { return }
    if let name { try folder.descriptor.remove(name) }
    name = nil
  }

  /// Gives the file its final name in one step.
  ///
  /// - Parameters:
  ///   - place: the folder of that name, on the same file system.
  ///   - mayReplace: whether a file that has the name already is replaced.
  mutating func place(
    as target: String, in place: OutputFolder, mayReplace: Bool
  ) throws(SystemError) {
    if let number, let broker = folder.broker {
      try broker.place(number, as: target)
      name = nil
      return
    }
    guard let name, FileIdentity(name, in: folder.descriptor) == FileIdentity(descriptor) else {
      // Somebody removed it, or put another in its place.
      throw SystemError(code: ENOENT)
    }
    if mayReplace {
      try folder.descriptor.rename(name, to: target, in: place.descriptor)
    } else {
      try renameToNew(name, as: target, in: place)
    }
    self.name = nil
    descriptor.unlock()
  }

  /// Renames the file where nothing has the new name yet.
  private func renameToNew(
    _ name: String, as target: String, in place: OutputFolder
  ) throws(SystemError) {
    do throws(SystemError) {
      try folder.descriptor.link(name, as: target, in: place.descriptor)
    } catch {
      // Not every file system knows a second name for a file.
      guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(error.code),
        FileStatus(target, in: place.descriptor) == nil
      else { throw error }
      return try folder.descriptor.rename(name, to: target, in: place.descriptor)
    }
    try? folder.descriptor.remove(name)
  }

  // MARK: - Names

  private static let mark = ".vprep-"
  private static let ending = ".part"

  private static func name(for purpose: String) -> String {
    // A name may take 255 bytes, and the temporary one is longer.
    let start = String(String.UnicodeScalarView(purpose.unicodeScalars.prefix(48)))
    let digits = String(UInt64.random(in: .min ... .max), radix: 36)
    return "." + start + mark + digits + ending
  }

  /// Whether a file is called as temporary files are.
  static func isTemporary(_ name: String) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
    let stem = name.dropLast(ending.count)
    guard let dash = stem.lastIndex(of: "-"), stem[...dash].hasSuffix(mark) else { return false }
    let digits = stem[stem.index(after: dash)...]
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLowercase) }
  }
}

extension OutputFolder {
  /// Removes the temporary files of runs that have died.
  ///
  /// Those of runs that live are locked. What cannot be removed stays; the next run tries again.
  package func sweep() {
    if broker != nil { return }
    for name in (try? descriptor.names()) ?? [] where TemporaryFile.isTemporary(name) {
      guard let file = try? descriptor.open(name, O_RDWR | O_NONBLOCK),
        let status = FileStatus(file), status.isRegular, (try? file.tryLock()) == true,
        FileIdentity(name, in: descriptor) == status.identity
      else { continue }
      try? descriptor.remove(name)
    }
  }
}

extension TemporaryFile {
  /// Creates an empty file.
  ///
  /// - Parameter purpose: what its name begins with.
  init(
    in folder: OutputFolder, for purpose: String, mode: UInt32 = 0o666
  ) throws(SystemError) {
    if let broker = folder.broker {
      let made = try broker.makeFile(for: purpose, in: folder.path)
      self.init(
        folder: folder, descriptor: FileDescriptor(number: made.descriptor), name: purpose,
        number: made.number)
      return
    }
    for _ in 0..<100 {
      let name = Self.name(for: purpose)
      do throws(SystemError) {
        let file = try folder.descriptor.open(name, O_RDWR | O_CREAT | O_EXCL, mode: mode)
        // Between the two calls another run may have taken it for a dead run's and removed it. Some
        // network file systems know no locks; there nothing is ever taken for a dead run's.
        let isLocked = (try? file.tryLock()) ?? true
        guard isLocked, FileIdentity(name, in: folder.descriptor) == FileIdentity(file) else {
          continue
        }
        self.init(folder: folder, descriptor: file, name: name)
        return
      } catch {
        guard error.code == EEXIST else { throw error }
      }
    }
    throw SystemError(code: EEXIST)
  }
}
