internal import MediaIO

extension Gate {
  /// Checks that a file which goes with a report can be written: its folder is there, and nothing that
  /// the call reads is called so.
  package func checkFile(_ path: String, beside clip: Clip? = nil) throws(VPrepError) {
    _ = try VPrepError.wrapping { () throws(MediaError) in try target(path, beside: clip) }
  }

  /// Writes a file that goes with a report: whole or not at all, and never over something that the call
  /// has read.
  package func writeFile(
    _ bytes: [UInt8], to path: String, beside clip: Clip? = nil
  ) throws(VPrepError) {
    try VPrepError.wrapping { () throws(MediaError) in
      let target = try target(path, beside: clip)
      target.folder.sweep()
      let output = try OutputFile(target)
      try output.write(bytes.span)
      try output.commit()
    }
  }

  private func target(
    _ path: String, beside clip: Clip?
  ) throws(MediaError) -> OutputTarget {
    var protected = ProtectedFiles(self)
    if case .file(let path) = clip?.source { protected.add(path: path, as: "the input itself") }
    return try OutputTarget(path, protecting: protected)
  }
}
