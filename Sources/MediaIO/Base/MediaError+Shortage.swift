internal import CFFmpeg

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the machine lacks is no fault of the clip: the call may succeed later.
extension MediaError {
  /// Whether an `errno` says that the machine lacks memory or descriptors.
  static func isShortage(_ code: Int32) -> Bool { [ENOMEM, EMFILE, ENFILE].contains(code) }

  /// The error for such a code.
  static func shortage(_ stage: Stage, file: String, _ code: Int32) -> MediaError {
    let what = code == ENOMEM ? "too little memory" : "too few file descriptors"
    return MediaError(
      stage, file: file, cause: .resources, detail: "the machine has \(what) left",
      advice: tryLater)
  }

  /// The error where an allocation of our own fails.
  package static func outOfMemory(_ stage: Stage, file: String) -> MediaError {
    shortage(stage, file: file, ENOMEM)
  }
}
