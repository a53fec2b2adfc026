internal import FaceModel
internal import MediaIO

extension MediaError {
  /// A face model that cannot be used is no fault of the clip.
  init(_ error: ModelError) {
    guard error.kind != .outOfMemory else {
      self = .outOfMemory(.decode, file: error.file)
      return
    }
    self.init(
      .decode, file: error.file, cause: .library, detail: error.cause,
      advice: "Build vprep where scripts/fetch.py reaches PyPI, or name a folder that holds the "
        + "models in the environment variable VPREP_MODELS.")
  }
}
