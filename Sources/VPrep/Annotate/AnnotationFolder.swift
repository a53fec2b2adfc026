internal import MediaIO

/// The folder that annotated pictures go to; each one appears whole or not at all.
struct AnnotationFolder {
  private let folder: OutputFolder
  private let protected: ProtectedFiles

  /// Makes the folder, with those above it, unless it is there.
  init(_ path: String, protecting protected: ProtectedFiles) throws(MediaError) {
    folder = try Self.open(path)
    self.protected = protected
  }

  /// Makes the folder, with those above it, unless it is there, and removes there what runs that died
  /// have left.
  static func open(_ path: String) throws(MediaError) -> OutputFolder {
    do throws(SystemError) {
      let folder = try OutputFolder(making: path)
      folder.sweep()
      return folder
    } catch {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the folder cannot be created: \(error.text)",
        advice: "Give a folder that can be written to.")
    }
  }

  /// Writes a picture under its time, replacing one that is there.
  func write(_ jpeg: [UInt8], time: Double) throws(MediaError) {
    let output = try OutputFile(
      OutputTarget(folder, Self.name(time), protecting: protected))
    try output.write(jpeg.span)
    try output.commit()
  }

  /// `0003.200.jpg` for 3.2 s, so that names sort as time runs.
  static func name(_ time: Double) -> String {
    let seconds = max(0, time).formatted(decimals: 3)
    return String(repeating: "0", count: max(0, 8 - seconds.count)) + seconds + ".jpg"
  }

  /// Whether a picture could be called so.
  static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0].count >= 4 && parts[1].count == 3 && parts[2] == "jpg"
      && (parts[0] + parts[1]).utf8.allSatisfy { (48...57).contains($0) } && name.utf8.count < 32
  }
}
