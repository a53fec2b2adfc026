internal import CVPrep
internal import FoundationEssentials
internal import VPrep

/// One call from C: reads its arguments, runs it, and hands back the report or the error.
@safe struct Caller {
  private let clip: UnsafePointer<vprep_clip>?
  private let options: UnsafePointer<vprep_options>?
  private let json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

  init(
    _ clip: UnsafePointer<vprep_clip>?, _ options: UnsafePointer<vprep_options>?,
    _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) {
    unsafe self.clip = unsafe clip
    unsafe self.options = unsafe options
    unsafe self.json = unsafe json
  }

  /// Makes the call that `choose` names; returns its status.
  func run(_ choose: (OptionsReader) throws(VPrepError) -> Gate.Call) -> CInt {
    unsafe Self.answer(into: json) { () throws(VPrepError) in try answer(choose) }
  }

  /// Hands out what `make` returns, or its error as JSON; returns the status.
  static func answer(
    into json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ make: () throws(VPrepError) -> (ExitStatus, String)
  ) -> CInt {
    unsafe json?.pointee = nil
    let status: ExitStatus
    let text: String
    do throws(VPrepError) {
      (status, text) = try make()
    } catch {
      (status, text) = (ExitStatus(error), ErrorReport(error).json)
    }
    if let json = unsafe json { unsafe json.pointee = CText.copy(text) }
    return status.rawValue
  }

  private func answer(
    _ choose: (OptionsReader) throws(VPrepError) -> Gate.Call
  ) throws(VPrepError) -> (ExitStatus, String) {
    let options = try unsafe OptionsReader(options)
    let call = try choose(options)
    let limits = options.gate.runtime.inputLimits
    guard let clip = try unsafe ClipArgument.read(clip, named: "clip", limits: limits) else {
      throw .badArgument("clip is a null pointer")
    }
    return try Self.make(call, of: options.gate, on: clip, cancellation: options.cancellation)
  }

  /// Makes a call; returns its status and its report.
  static func make(
    _ call: Gate.Call, of gate: Gate, on clip: Clip, cancellation: Cancellation
  ) throws(VPrepError) -> (ExitStatus, String) {
    let report = try gate.callBlocking(
      call, on: clip, cancellation: cancellation, engines: engines)
    let status = ExitStatus(report, of: call, strict: gate.judging.options.strict)
    return (status, try text(report.input.path) { try report.json(pretty: false) })
  }

  /// The face networks of the calls so far, which later ones use again.
  private static let engines = CallEngines.forAnyHost()

  /// JSON as text.
  static func text(_ file: String, of json: () throws -> Data) throws(VPrepError) -> String {
    do {
      return String(decoding: try json(), as: UTF8.self)
    } catch {
      throw VPrepError(
        kind: .unusableInput(.unreadable), stage: "report", file: file,
        message: "the report holds a number that JSON has no word for")
    }
  }
}
