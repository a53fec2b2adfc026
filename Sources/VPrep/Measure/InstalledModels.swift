internal import FaceModel

extension ModelStore {
  /// The models of this process, looked for once: what measures, what the report names and what `doctor`
  /// shows are the same.
  ///
  /// An isolated process looks for them before its fences hide the folders.
  static let installed = ModelStore()
}
