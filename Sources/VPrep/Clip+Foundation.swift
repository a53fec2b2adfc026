public import FoundationEssentials

extension Clip {
  /// A file on disk.
  ///
  /// An address that names no file is refused by the call that would read it.
  public init(_ url: URL) { self = .file(url.vprepPath) }

  /// A whole clip in memory; the name is for messages and the report.
  public init(_ data: Data, name: String) { self = .bytes([UInt8](data), name: name) }
}

extension URL {
  /// The path of a file; of anything else the address, which no file has as its path.
  var vprepPath: String { isFileURL ? path(percentEncoded: false) : absoluteString }
}

extension Gate {
  /// Writes a copy of the clip that meets the service's limits, changed as little as possible.
  ///
  /// - Parameters:
  ///   - clip: the clip to copy.
  ///   - url: where to write it, a file; one that is there is replaced in one step.
  public func fit(_ clip: Clip, writingTo url: URL) async throws(VPrepError) -> Fit {
    try await fit(clip, writingTo: url.outputPath())
  }

  /// The main job: check, fit, check of the output, and previews, in one result.
  ///
  /// - Parameters:
  ///   - clip: the clip to prepare.
  ///   - url: where to write the output, a file.
  public func prepare(_ clip: Clip, writingTo url: URL) async throws(VPrepError) -> Preparation {
    try await prepare(clip, writingTo: url.outputPath())
  }

  /// Picks the best frames, at most `count`, writes them, and returns them as JPEG.
  ///
  /// - Parameters:
  ///   - clip: the clip to look at.
  ///   - count: most frames that are returned, 0…10.
  ///   - url: where to write the first one, a file; the second gets `-2` before its ending.
  public func preview(
    _ clip: Clip, count: Int = 1, writingTo url: URL
  ) async throws(VPrepError) -> Previews {
    try await preview(clip, count: count, writingTo: url.outputPath())
  }
}

extension URL {
  /// The path of a file to write.
  fileprivate func outputPath() throws(VPrepError) -> String {
    guard isFileURL else {
      throw Gate.refusal("\(absoluteString.printable) names no file", "Give the URL of a file.")
    }
    return path(percentEncoded: false)
  }
}
