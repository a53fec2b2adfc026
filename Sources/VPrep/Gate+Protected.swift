internal import MediaIO

extension ProtectedFiles {
  /// What every call of a gate reads beside its clip.
  init(_ gate: Gate) {
    self.init()
    if case .file(let path) = gate.photo {
      add(path: path, as: "the photo that the clip is compared with")
    }
    for path in gate.protectedFiles { add(path: path, as: "a file that the call reads") }
  }
}
