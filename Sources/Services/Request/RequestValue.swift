/// The value of one request parameter.
public enum RequestValue: Sendable, Equatable, Codable {
  /// A string.
  case text(String)
  /// An integer, as some clients write flags.
  case integer(Int)
  /// A file of so many bytes.
  case file(bytes: Int)
  /// An explicit null.
  case null

  /// The value as a form field or a query string carries it; `nil` for a file and for null.
  var string: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .file, .null: nil
    }
  }

  /// Whether a server takes the parameter for missing.
  var isMissing: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .null: true
    case .integer, .file: false
    }
  }
}

/// The MD5 digests of the files that a request names, as hexadecimal digits.
public struct FileDigests: Sendable, Equatable {
  /// Digest of the video; `nil` when unknown.
  public var video: String?
  /// Digest of the photo; `nil` when unknown.
  public var image: String?

  /// Makes a pair of digests.
  public init(video: String? = nil, image: String? = nil) {
    self.video = video
    self.image = image
  }
}

/// A fault in a request that the provider would refuse before it reads the clip.
public struct LintFinding: Sendable, Equatable, Codable {
  /// The provider's code as its answer spells it.
  public var code: String
  /// The parameter.
  public var key: String
  /// One sentence: what is wrong and what is accepted.
  public var message: String

  /// Makes a finding.
  public init(code: String, key: String, message: String) {
    self.code = code
    self.key = key
    self.message = message
  }
}
