internal import CVPrep
internal import VPrep

/// Reads a `vprep_clip`: a clip or a photo, in a file or in memory.
enum ClipArgument {
  /// Most bytes of a clip in memory that any limit allows.
  private static let mostBytes = 1 << 40

  /// Swift's copy of a clip; `nil` for a null pointer.
  ///
  /// - Parameter name: what an error calls it.
  static func read(
    _ pointer: UnsafePointer<vprep_clip>?, named name: String
  ) throws(VPrepError) -> Clip? {
    guard let pointer = unsafe pointer else { return nil }
    let bytes = unsafe pointer.pointee.bytes
    let count = unsafe pointer.pointee.byte_count
    if let path = try unsafe CText.text(pointer.pointee.path, named: "\(name)'s path") {
      guard unsafe bytes == nil else { throw .badArgument("\(name) has both a path and bytes") }
      guard !path.isEmpty else { throw .badArgument("\(name)'s path is empty") }
      return .file(path)
    }
    guard unsafe bytes != nil || count == 0, count >= 0 else {
      throw .badArgument("\(name) has a byte_count and no bytes")
    }
    // No object of C is larger; a size beyond it is a mistake and not memory.
    guard count <= mostBytes else {
      throw .badArgument("\(name)'s byte_count is \(count); at most \(mostBytes) are read")
    }
    let shown = try unsafe CText.text(pointer.pointee.name, named: "\(name)'s name") ?? "memory"
    return unsafe .bytes([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)), name: shown)
  }
}
