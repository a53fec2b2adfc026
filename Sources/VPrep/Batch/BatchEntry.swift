public import Services

/// A clip of a batch with wishes of its own: a line of a manifest.
public struct BatchEntry: Sendable, Equatable {
  /// The clip.
  public var path: String
  /// The output's name below the batch's folder; `nil` names it after the clip.
  ///
  /// Such as `clinic/anna`; an ending is replaced by that of what is written.
  public var output: String?
  /// The mode in which it will be judged; `nil` for the batch's.
  public var mode: ProviderMode?
  /// The photo that it is compared with; `nil` for the batch's.
  public var photo: String?
  /// A JSON file with the request's parameters; `nil` for the batch's.
  public var request: String?

  /// Makes an entry.
  public init(
    path: String, output: String? = nil, mode: ProviderMode? = nil, photo: String? = nil,
    request: String? = nil
  ) {
    self.path = path
    self.output = output
    self.mode = mode
    self.photo = photo
    self.request = request
  }
}

extension BatchEntry {
  /// The output's name without its ending; throws where it leads out of the folder or to a place of the
  /// batch's own.
  func stem() throws(VPrepError) -> String? {
    guard let output else { return nil }
    let parts = output.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    let isOwn = parts.count > 1 && BatchLayout.own.contains(parts[0].lowercased())
    guard isPlain, !isOwn, !output.utf8.contains(0) else {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: path,
        message: "the output \(output) is no name below the batch's folder",
        advice: "Give a relative name, such as clinic/anna.")
    }
    return BatchLayout.stem(output)
  }
}

/// A file that a batch has found and does not work on.
public struct BatchSkip: Sendable, Equatable {
  /// Why.
  public enum Reason: String, Sendable, CaseIterable {
    /// Its name begins with a dot.
    case hidden
    /// Its ending is none of a clip's.
    case ending
    /// It is a link to a folder.
    case folderLink
    /// It is the batch's own folder.
    case ownFolder
    /// The folder cannot be read.
    case unreadable
    /// It was given before.
    case repeated
  }

  /// Its path.
  public let path: String
  /// Why.
  public let reason: Reason
}
