internal import MediaIO
public import Services

/// Why there is no report, or no output.
public struct VPrepError: Error, Sendable, Equatable {
  /// What went wrong, by how a caller has to react.
  public enum Kind: Sendable, Equatable {
    /// The input is missing, unreadable, damaged or refused.
    case unusableInput(UnusableMedia)
    /// The limits cannot be met without going below the floors of quality.
    case limitsCannotBeMet
    /// The output could not be written; what stood there before is untouched.
    case outputNotWritten
    /// The machine has no memory, thread or descriptor left to give: nothing is wrong with the input,
    /// and the same call may do later.
    case resourcesExhausted
    /// The caller cancelled.
    case cancelled
    /// The request contradicts itself.
    case badRequest
  }

  /// The precise cause, which says who has to act.
  public enum Cause: String, Sendable, CaseIterable {
    /// There is no such file: a matter for the operator.
    case missing
    /// The file may not be read: a matter for the operator.
    case forbidden
    /// Reading fails, or the path names no file: a matter for the operator.
    case unreadable
    /// The file has no bytes: record or send it again.
    case empty
    /// No container or codec that is accepted.
    case unsupported
    /// There is no picture in it.
    case noVideo
    /// The content is damaged or incomplete: record or send it again.
    case damaged
    /// The input is larger or longer than the limits allow.
    case limit
    /// The service's limits cannot be met.
    case limitsCannotBeMet
    /// The output cannot be written: a matter for the operator.
    case output
    /// A library lacks something, such as an encoder: a matter for the operator.
    case library
    /// The machine has no memory, thread or descriptor left to give: the same call may do later.
    case resources
    /// The isolated process that read the clip did not survive it: a matter for vprep's makers.
    case crashed
    /// The file is a photo: give the recorded clip.
    case photo
    /// The content is encrypted: give the clip as it was recorded.
    case encrypted
    /// The caller cancelled.
    case cancelled
    /// The request or the command line is wrong: a matter for the integrator.
    case usage
  }

  /// What went wrong.
  public let kind: Kind
  /// Why, closer than `kind`.
  public let cause: Cause
  /// The step of the pipeline: `open`, `demux`, `decode`, `convert`, `encode`, `mux`, `write`,
  /// `verify`, `fit`.
  public let stage: String
  /// The file it is about.
  public let file: String
  /// One sentence without the file's name.
  public let message: String
  /// What to do about it; `nil` if nothing can be done.
  public let advice: String?
  /// The code that the provider is expected to answer; `nil` if no provider is involved or the clip's
  /// content is not the cause.
  public let code: String?
  /// What is wrong with the content of the file; `nil` if the content is not the cause.
  let content: UnusableMedia?

  /// Makes an error.
  public init(
    kind: Kind, stage: String, file: String, message: String, advice: String? = nil,
    code: String? = nil
  ) {
    self.init(
      kind: kind, cause: Cause(kind), stage: stage, file: file, message: message, advice: advice,
      code: code, content: nil)
  }

  package init(
    kind: Kind, cause: Cause, stage: String, file: String, message: String,
    advice: String? = nil, code: String? = nil
  ) {
    self.init(
      kind: kind, cause: cause, stage: stage, file: file, message: message, advice: advice,
      code: code, content: nil)
  }

  private init(
    kind: Kind, cause: Cause, stage: String, file: String, message: String, advice: String?,
    code: String?, content: UnusableMedia?
  ) {
    self.kind = kind
    self.cause = cause
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
      case .resources: .resourcesExhausted
      case .output, .unusableOutput: .outputNotWritten
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
        (.unsupportedCodec, .unusableInput(let media)), (.corrupt, .unusableInput(let media)),
        (.photo, .unusableInput(let media)), (.encrypted, .unusableInput(let media)):
        media
      default: nil
      }
    self.init(
      kind: kind, cause: Cause(error.cause, kind), stage: error.stage.rawValue, file: error.file,
      message: error.detail, advice: error.advice, code: nil, content: content)
  }

  /// The error with the code that the provider would answer to such a clip.
  func named(by gate: Gate) -> VPrepError {
    guard let content else { return self }
    let verdict = Judge(gate).verdict(ofUnusable: content)
    return VPrepError(
      kind: kind, cause: cause, stage: stage, file: file, message: message, advice: advice,
      code: verdict.predictions.first?.code, content: content)
  }

  /// The same error with other advice.
  package func advising(_ advice: String) -> VPrepError {
    VPrepError(
      kind: kind, cause: cause, stage: stage, file: file, message: message, advice: advice,
      code: code, content: content)
  }

  /// Runs `body` and turns its media error into this type.
  static func wrapping<R>(_ body: () throws(MediaError) -> R) throws(VPrepError) -> R {
    do { return try body() } catch { throw VPrepError(error) }
  }
}

extension VPrepError.Cause {
  /// The cause that a kind alone tells.
  init(_ kind: VPrepError.Kind) {
    self =
      switch kind {
      case .unusableInput(.empty): .empty
      case .unusableInput(.noVideo): .noVideo
      case .unusableInput: .damaged
      case .limitsCannotBeMet: .limitsCannotBeMet
      case .outputNotWritten: .output
      case .resourcesExhausted: .resources
      case .cancelled: .cancelled
      case .badRequest: .usage
      }
  }

  init(_ cause: MediaError.Cause, _ kind: VPrepError.Kind) {
    self =
      switch cause {
      case .missing: .missing
      case .forbidden: .forbidden
      case .unreadable: .unreadable
      case .empty: .empty
      case .unsupportedContainer, .unsupportedCodec: .unsupported
      case .noVideo: .noVideo
      case .corrupt: .damaged
      case .limitExceeded where kind == .limitsCannotBeMet: .limitsCannotBeMet
      case .limitExceeded: .limit
      case .cancelled: .cancelled
      case .output, .unusableOutput: .output
      case .library: .library
      case .resources: .resources
      case .photo: .photo
      case .encrypted: .encrypted
      }
  }
}

extension VPrepError: CustomStringConvertible {
  /// The file, the cause and the advice on one line, with control characters escaped.
  public var description: String {
    // The code goes before the message's full stop, which may be missing.
    let cause = message.hasSuffix(".") ? String(message.dropLast()) : message
    let head = (file.isEmpty ? "" : "\(file): ") + cause + (code.map { " (\($0))" } ?? "")
    if let advice { return "\(head). \(advice)".printable }
    return (head + (message.hasSuffix(".") ? "." : "")).printable
  }
}
