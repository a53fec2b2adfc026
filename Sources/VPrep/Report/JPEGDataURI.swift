internal import FoundationEssentials
internal import Kernels

/// A JPEG as a URI that holds it (RFC 2397).
enum JPEGDataURI {
  private static let head = "data:image/jpeg;base64,"

  static func text(_ jpeg: [UInt8]) -> String { head + Base64.encode(jpeg.span) }

  /// The JPEG; `nil` where the URI holds none.
  static func bytes(_ uri: String) -> [UInt8]? {
    guard uri.hasPrefix(head) else { return nil }
    return Data(base64Encoded: String(uri.dropFirst(head.count))).map { [UInt8]($0) }
  }
}
