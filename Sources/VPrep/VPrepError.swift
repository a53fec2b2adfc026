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

  /// Makes an error.
  public init(kind: Kind, stage: String, file: String, message: String, advice: String? = nil) {
    self.kind = kind
    self.stage = stage
    self.file = file
    self.message = message
    self.advice = advice
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
    self.init(
      kind: kind, stage: error.stage.rawValue, file: error.file, message: error.detail,
      advice: error.advice)
  }

  /// Runs `body` and turns its media error into this type.
  static func wrapping<R>(_ body: () throws(MediaError) -> R) throws(VPrepError) -> R {
    do { return try body() } catch { throw VPrepError(error) }
  }
}

extension VPrepError: CustomStringConvertible {
  /// One line: file, what is wrong, what to do.
  public var description: String {
    let head = "\(file): \(message)"
    guard let advice else { return head }
    return "\(head). \(advice)"
  }
}
