internal import MediaIO
public import ProviderRules

/// Why there is no report, or no output.
public struct VPrepError: Error, Sendable, Equatable {
  /// What went wrong, as a caller has to react to it.
  public enum Kind: Sendable, Equatable {
    /// The input is missing, unreadable, damaged or refused.
    case unusableInput(UnusableMedia)
    /// The limits cannot be met without going below the floors of quality.
    case limitsCannotBeMet
    /// The output could not be written; what stood there before is untouched.
    case outputNotWritten
    /// The caller cancelled.
    case cancelled
    /// The request contradicts itself.
    case badRequest
  }

  /// What went wrong.
  public let kind: Kind
  /// The step of the pipeline: `open`, `demux`, `decode`, `convert`, `encode`, `mux`, `write`,
  /// `verify`, `fit`.
  public let stage: String
  /// The file it is about.
  public let file: String
  /// One sentence without the file's name.
  public let message: String
  /// What can be done about it; `nil` where nothing can.
  public let advice: String?
  /// The code that the provider is expected to answer to such a clip; `nil` where no provider was
  /// asked, and where it is not the clip's content that is wrong.
  public let code: String?
  /// What is wrong with the content of the file; `nil` where something else is.
  let content: UnusableMedia?

  /// Makes an error.
  public init(
    kind: Kind, stage: String, file: String, message: String, advice: String? = nil,
    code: String? = nil
  ) {
    self.init(
      kind: kind, stage: stage, file: file, message: message, advice: advice, code: code,
      content: nil)
  }

  private init(
    kind: Kind, stage: String, file: String, message: String, advice: String?, code: String?,
    content: UnusableMedia?
  ) {
    self.kind = kind
    self.stage = stage
    self.file = file
    self.message = message
    self.advice = advice
    self.code = code
    self.content = content
  }

  init(_ error: MediaError) {
    let kind: Kind =
      switch error.cause {
      case .empty: .unusableInput(.empty)
      case .noVideo: .unusableInput(.noVideo)
      case .cancelled: .cancelled
      case .output: .outputNotWritten
      // Whatever else is limited is the input; an encoder only fails to stay below the output's.
      case .limitExceeded where error.stage == .encode: .limitsCannotBeMet
      case .library where [.encode, .mux, .write].contains(error.stage): .outputNotWritten
      default: .unusableInput(.unreadable)
      }
    // A missing file, the caller's limits and a full disk say nothing about the content.
    let content: UnusableMedia? =
      switch (error.cause, kind) {
      case (.empty, .unusableInput(let media)), (.noVideo, .unusableInput(let media)),
        (.unsupportedContainer, .unusableInput(let media)),
        (.unsupportedCodec, .unusableInput(let media)), (.corrupt, .unusableInput(let media)):
        media
      default: nil
      }
    self.init(
      kind: kind, stage: error.stage.rawValue, file: error.file, message: error.detail,
      advice: error.advice, code: nil, content: content)
  }

  /// The error with the code that the provider would answer to such a clip.
  func named(by gate: Gate) -> VPrepError {
    guard let content else { return self }
    let verdict = Judge.verdict(
      forUnusable: content, provider: gate.provider, mode: gate.mode)
    return VPrepError(
      kind: kind, stage: stage, file: file, message: message, advice: advice,
      code: verdict.predictions.first?.code, content: content)
  }

  /// Runs `body` and turns its media error into this type.
  static func wrapping<R>(_ body: () throws(MediaError) -> R) throws(VPrepError) -> R {
    do { return try body() } catch { throw VPrepError(error) }
  }
}

extension VPrepError: CustomStringConvertible {
  /// One line: file, what is wrong, what to do.
  public var description: String {
    let head = "\(file): \(message)" + (code.map { " (\($0))" } ?? "")
    guard let advice else { return head }
    return "\(head). \(advice)"
  }
}
