internal import FoundationEssentials
internal import Services

/// What the parent says to an isolated process.
enum ParentMessage: Codable {
  /// Make this call; the clip comes along as an open file, and the photo behind it.
  case call(IsolatedRequest)
  /// The file that was asked for, which comes along open, and its number.
  case file(Int)
  /// What was asked for is done.
  case done
  /// It is not; the C library's error number.
  case refused(Int32)
}

/// What an isolated process says to its parent.
enum ChildMessage: Codable {
  /// It waits for calls behind these fences.
  case ready(fences: Int32)
  /// How far the call has come.
  case progress(stage: String, share: Double, secondsLeft: Double?)
  /// It needs a file that is to be called so in that folder; answered by `file` or `refused`.
  case makeFile(name: String, folder: String)
  /// That file is done and is to be called so; answered by `done` or `refused`.
  case place(file: Int, name: String)
  /// That file is no longer wanted; not answered.
  case giveUp(file: Int)
  /// The end of the call, and what a page shows beside the report.
  case report(ReportDocument, Illustration?)
  /// The end of the call.
  case failure(IsolatedFailure)
}

/// One call for an isolated process.
struct IsolatedRequest: Codable {
  let settings: GateSettings
  let call: Gate.Call
  /// How messages and the report name the clip.
  let clip: String
  /// How messages name the photo; `nil` without one.
  let photo: String?
  /// Whether a copy of a clip that is no MP4 gets another ending.
  let isNamedByContent: Bool
}

/// An error on its way from an isolated process.
struct IsolatedFailure: Codable {
  private enum Kind: String, Codable {
    case unusableInput, limitsCannotBeMet, outputNotWritten, resourcesExhausted, cancelled
    case badRequest
  }

  private let kind: Kind
  private let media: UnusableMedia?
  private let cause: String
  private let stage: String
  private let file: String
  private let message: String
  private let advice: String?
  private let code: String?

  init(_ error: VPrepError) {
    var media: UnusableMedia?
    switch error.kind {
    case .unusableInput(let found):
      kind = .unusableInput
      media = found
    case .limitsCannotBeMet: kind = .limitsCannotBeMet
    case .outputNotWritten: kind = .outputNotWritten
    case .resourcesExhausted: kind = .resourcesExhausted
    case .cancelled: kind = .cancelled
    case .badRequest: kind = .badRequest
    }
    self.media = media
    cause = error.cause.rawValue
    (stage, file, message) = (error.stage, error.file, error.message)
    (advice, code) = (error.advice, error.code)
  }

  var error: VPrepError {
    let kind: VPrepError.Kind =
      switch self.kind {
      case .unusableInput: .unusableInput(media ?? .unreadable)
      case .limitsCannotBeMet: .limitsCannotBeMet
      case .outputNotWritten: .outputNotWritten
      case .resourcesExhausted: .resourcesExhausted
      case .cancelled: .cancelled
      case .badRequest: .badRequest
      }
    return VPrepError(
      kind: kind, cause: VPrepError.Cause(rawValue: cause) ?? VPrepError.Cause(kind), stage: stage,
      file: file, message: message, advice: advice, code: code)
  }
}
