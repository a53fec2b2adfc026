/// Owner of a file that is being written: it appears under its name whole, or not at all.
///
/// The bytes go to a temporary file in the target's folder. `commit()` syncs it and renames it over
/// the target; letting the value go without a commit removes it and leaves the target as it was. Until
/// then the target may become another one on the same file system.
package struct OutputFile: ~Copyable {
  /// Where the finished file will stand.
  package var target: OutputTarget
  private var temporary: TemporaryFile
  /// Whether `commit()` only lets it go: what was written is not wanted.
  package var isDropped = false

  /// Creates the temporary file.
  package init(_ target: OutputTarget) throws(MediaError) {
    do throws(SystemError) {
      temporary = try Self.makeFile(target)
    } catch {
      throw OutputTarget.failure(target.path, "cannot be created", error)
    }
    self.target = target
  }

  private static func makeFile(_ target: OutputTarget) throws(SystemError) -> TemporaryFile {
    guard target.isStandardOutput else {
      return try TemporaryFile(in: target.folder, for: target.name)
    }
    // What people record is nobody else's to read.
    var file = try TemporaryFile(in: target.folder, for: target.name, mode: 0o600)
    try file.removeName()
    return file
  }

  /// How messages and the report name it.
  package var path: String { target.path }

  /// Size of what was written so far, in bytes.
  package var byteCount: Int { FileStatus(temporary.descriptor)?.byteCount ?? 0 }

  /// When it was last written to, in seconds since 1970.
  package var modified: Double? { FileStatus(temporary.descriptor)?.modified }

  /// Writes `bytes` as the whole content.
  package func write(_ bytes: Span<UInt8>) throws(MediaError) {
    try writing { (file) throws(SystemError) in
      try file.resize(to: 0)
      try file.write(bytes, at: 0)
    }
  }

  /// Writes `bytes` behind what is there.
  package func append(_ bytes: Span<UInt8>) throws(MediaError) {
    let end = byteCount
    try writing { (file) throws(SystemError) in try file.write(bytes, at: end) }
  }

  /// Copies the whole of `input` as the content.
  package func copy(_ input: MediaInput) throws(MediaError) {
    try writing { (file) throws(SystemError) in try file.resize(to: 0) }
    try input.forEachChunk { (chunk) throws(MediaError) in try append(chunk) }
  }

  private func writing(
    _ body: (borrowing FileDescriptor) throws(SystemError) -> Void
  ) throws(MediaError) {
    do throws(SystemError) { try body(temporary.descriptor) } catch {
      throw OutputTarget.failure(path, "cannot be written", error)
    }
  }

  /// A second descriptor of what is written.
  func descriptor() throws(MediaError) -> FileDescriptor {
    do throws(SystemError) { return try temporary.descriptor.duplicate() } catch {
      throw OutputTarget.failure(path, "cannot be opened again", error)
    }
  }

  /// Gives the number of the open file to `body`, which must not close it.
  package func withDescriptor<R>(_ body: (Int32) -> R) -> R { body(temporary.descriptor.number) }

  /// What was written, as an input; it stays readable when the file is put in place or given up.
  package func reading(limits: InputLimits) throws(MediaError) -> MediaInput {
    try MediaInput(try descriptor(), name: path, limits: limits)
  }

  /// Makes the file durable and puts it in its place in one step.
  package consuming func commit() throws(MediaError) {
    if isDropped { return }
    let folder = target.folder
    if target.isStandardOutput, folder.broker == nil { return try writeToStandardOutput() }
    do throws(SystemError) { try temporary.descriptor.sync() } catch {
      throw OutputTarget.failure(path, "cannot be synced to disk", error)
    }
    guard folder.isInPlace else {
      throw MediaError(
        .write, file: path, cause: .output,
        detail: "its folder was moved, removed or replaced while it was written")
    }
    do throws(SystemError) {
      try temporary.place(as: target.name, in: folder, mayReplace: target.mayReplace)
    } catch {
      throw OutputTarget.failure(path, "cannot be put in place", error)
    }
    // A name that a power failure takes back leaves what stood there before: absent, not torn.
    try? folder.descriptor.sync()
  }

  /// Gives the whole content to standard output.
  private func writeToStandardOutput() throws(MediaError) {
    // The output is never larger than what a service takes.
    let content = try reading(limits: InputLimits())
    let stream = try Self.openStandardOutput()
    let path = path
    try content.forEachChunk { (chunk) throws(MediaError) in
      do throws(SystemError) { try stream.append(chunk) } catch {
        throw OutputTarget.failure(path, "cannot be written", error)
      }
    }
  }

  private static func openStandardOutput() throws(MediaError) -> FileDescriptor {
    do throws(SystemError) { return try .standardOutput() } catch {
      throw OutputTarget.failure(OutputTarget.standardOutput, "cannot be written", error)
    }
  }
}
