internal import VPrep

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Text on its way from C to Swift and back.
enum CText {
  /// The version as C text that lives as long as the process; it is written once and only read.
  nonisolated(unsafe) static let version: UnsafePointer<CChar>? = unsafe UnsafePointer(
    copy(VPrepVersion.current))

  /// Swift's copy of a C text; `nil` for a null pointer.
  ///
  /// - Throws: `badRequest` for bytes that are not UTF-8.
  static func text(
    _ pointer: UnsafePointer<CChar>?, named name: String
  ) throws(VPrepError) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    guard let text = unsafe String(validatingCString: pointer) else {
      throw .badArgument("\(name) is not UTF-8")
    }
    return text
  }

  /// The output's path, which must be there.
  static func requiredPath(_ pointer: UnsafePointer<CChar>?) throws(VPrepError) -> String {
    guard let path = try unsafe text(pointer, named: "output"), !path.isEmpty else {
      throw .badArgument("output names no file")
    }
    return path
  }

  /// A copy that C owns; `nil` when memory runs out.
  static func copy(_ text: String) -> UnsafeMutablePointer<CChar>? { unsafe strdup(text) }

  /// Gives back what `copy` made.
  static func free(_ text: UnsafeMutablePointer<CChar>?) {
    // Glibc's free, not this one.
    #if canImport(Glibc)
      unsafe Glibc.free(text)
    #elseif canImport(Darwin)
      unsafe Darwin.free(text)
    #endif
  }
}

extension VPrepError {
  /// An argument of the caller that cannot be meant.
  static func badArgument(_ message: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "arguments", file: "", message: message)
  }
}
