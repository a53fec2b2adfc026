internal import CVPrep
internal import VPrep

/// One call of `vprep_call`: a JSON object says what is asked.
@safe struct JSONCall {
  private let request: UnsafePointer<CChar>?
  private let bytes: UnsafeRawPointer?
  private let count: Int

  /// - Parameters:
  ///   - request: what is asked.
  ///   - bytes: the clip where the caller holds it in memory, else null.
  ///   - count: how many bytes these are.
  init(_ request: UnsafePointer<CChar>?, bytes: UnsafeRawPointer?, count: Int) {
    unsafe self.request = unsafe request
    unsafe self.bytes = unsafe bytes
    self.count = count
  }

  /// Makes the call; returns its status and its report.
  func run(
    telling onProgress: (@Sendable (Gate.Progress) -> Void)?, cancellation: Cancellation
  ) throws(VPrepError) -> (ExitStatus, String) {
    guard let text = try unsafe CText.text(request, named: "request") else {
      throw .badArgument("request is a null pointer")
    }
    let isInMemory = unsafe bytes != nil
    guard isInMemory || count == 0 else {
      throw .badArgument("byte_count is \(count), but bytes is a null pointer")
    }
    let asked = try CallRequest(json: text, isInMemory: isInMemory)
    var gate = asked.gate
    gate.runtime.onProgress = onProgress
    return try Caller.make(
      asked.call, of: gate, on: clip(asked.subject, gate), cancellation: cancellation)
  }

  private func clip(_ subject: CallRequest.Subject, _ gate: Gate) throws(VPrepError) -> Clip {
    switch subject {
    case .file(let path):
      return .file(path)
    case .memory(let name):
      return try unsafe ClipArgument.memory(
        bytes, count, shown: name, named: "the clip", limits: gate.runtime.inputLimits)
    }
  }
}

/// Whom `vprep_call` tells how far it has come: a C function and what the caller wants back.
///
/// The caller promises that the function may be called from any thread.
@safe struct Listener: @unchecked Sendable {
  private let function: vprep_progress
  private let context: UnsafeMutableRawPointer?

  /// `nil` where the caller wants to hear nothing.
  init?(_ function: vprep_progress?, _ context: UnsafeMutableRawPointer?) {
    guard let function = unsafe function else { return nil }
    unsafe self.function = unsafe function
    unsafe self.context = unsafe context
  }

  @Sendable func hear(_ progress: Gate.Progress) {
    unsafe progress.stage.rawValue.withCString { stage in
      unsafe function(context, stage, progress.share, progress.secondsLeft ?? -1)
    }
  }
}
