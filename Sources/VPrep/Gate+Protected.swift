internal import MediaIO

extension ProtectedFiles {
  /// What every call of a gate reads beside its clip.
  init(_ gate: Gate) {
    self.init()
    if case .file(let path) = gate.judging.photo {
      add(path: path, as: "the photo that the clip is compared with")
    }
    for path in gate.runtime.protectedFiles { add(path: path, as: "a file that the call reads") }
  }
}
