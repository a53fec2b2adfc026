import CVPrep
import Foundation
import Testing

/// What a call of the C interface answered.
struct Answer {
  let status: Int32
  /// The text that was put out, as UTF-8.
  let text: Data
  /// What was put out, where it is an object.
  let json: [String: Any]
  /// What was put out, where it is an array of objects.
  let list: [[String: Any]]

  /// Makes a call and takes over the text that it puts out.
  init(
    _ call: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) throws {
    var text: UnsafeMutablePointer<CChar>?
    status = call(&text)
    defer { vprep_free(text) }
    self.text = Data(String(cString: try #require(text)).utf8)
    let value = try JSONSerialization.jsonObject(with: self.text)
    json = value as? [String: Any] ?? [:]
    list = value as? [[String: Any]] ?? []
    try #require(!json.isEmpty || !list.isEmpty)
  }

  /// The error that stands in place of a report.
  var error: [String: Any]? { json["error"] as? [String: Any] }
  /// The error's kind.
  var errorKind: String? { error?["kind"] as? String }
  /// The error's sentence.
  var message: String { error?["message"] as? String ?? "" }

  /// An object of the report.
  func object(_ key: String) throws -> [String: Any] {
    try #require(json[key] as? [String: Any], "the report has no \(key)")
  }

  /// The status that the outcome of a verdict stands for.
  static func status(of verdict: [String: Any], strict: Bool) -> vprep_status? {
    switch verdict["outcome"] as? String {
    case "pass": VPREP_ACCEPTED
    case "warn": strict ? VPREP_REFUSED : VPREP_ACCEPTED
    case "fail": VPREP_REFUSED
    case "incomplete": VPREP_INCOMPLETE
    default: nil
    }
  }
}

extension Answer {
  /// Whether the call answered this status.
  func has(_ expected: vprep_status) -> Bool { status == Int32(expected.rawValue) }
}

/// Lends options that hold the defaults, changed by `change`.
func withOptions<R>(
  _ provider: vprep_provider, _ change: (inout vprep_options) -> Void = { _ in },
  _ body: (UnsafePointer<vprep_options>) throws -> R
) rethrows -> R {
  var options = vprep_options()
  _ = vprep_options_init(&options, MemoryLayout<vprep_options>.size)
  options.provider = provider
  change(&options)
  return try body(&options)
}

/// Lends a clip in a file.
func withFile<R>(_ path: String, _ body: (UnsafePointer<vprep_clip>) throws -> R) rethrows -> R {
  try path.withCString { path in
    var clip = vprep_clip_file(path)
    return try body(&clip)
  }
}
