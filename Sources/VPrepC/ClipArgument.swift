internal import CVPrep
internal import VPrep

/// Reads a `vprep_clip`: a clip or a photo, in a file or in memory.
enum ClipArgument {
  /// Bytes that no process has: addresses of user memory have 47 bits.
  private static let mostBytes = 1 << 47

  /// Swift's copy of a clip; `nil` for a null pointer.
  ///
  /// - Parameters:
  ///   - name: what an error calls it.
  ///   - limits: a clip in memory that is larger is not copied.
  static func read(
    _ pointer: UnsafePointer<vprep_clip>?, named name: String, limits: InputLimits
  ) throws(VPrepError) -> Clip? {
    guard let pointer = unsafe pointer else { return nil }
    let bytes = unsafe pointer.pointee.bytes
    if let path = try unsafe CText.text(pointer.pointee.path, named: "\(name)'s path") {
      guard unsafe bytes == nil else { throw .badArgument("\(name) has both a path and bytes") }
      guard !path.isEmpty else { throw .badArgument("\(name)'s path is empty") }
      return .file(path)
    }
    let shown = try unsafe CText.text(pointer.pointee.name, named: "\(name)'s name") ?? "memory"
    return try unsafe memory(
      bytes, pointer.pointee.byte_count, shown: shown, named: name, limits: limits)
  }

  /// Swift's copy of bytes in memory.
  ///
  /// - Parameters:
  ///   - shown: how messages and reports name the bytes.
  ///   - name: what an error calls the argument.
  ///   - limits: more bytes are not copied.
  static func memory(
    _ bytes: UnsafeRawPointer?, _ count: Int, shown: String, named name: String,
    limits: InputLimits
  ) throws(VPrepError) -> Clip {
    guard unsafe bytes != nil || count == 0, count >= 0 else {
      throw .badArgument("\(name) has a byte_count and no bytes")
    }
    guard count < mostBytes else {
      throw .badArgument("\(name)'s byte_count is \(count), more than memory can have")
    }
    guard Double(count) <= limits[.bytes] else {
      throw VPrepError(
        kind: .unusableInput(.unreadable), cause: .limit, stage: "open", file: shown,
        message: "larger than \(Int(limits[.bytes])) bytes, the most that is accepted")
    }
    return unsafe .bytes([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)), name: shown)
  }
}
