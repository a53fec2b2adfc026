internal import CVPrep
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
    unsafe json?.pointee = nil
    let status: ExitStatus
    let text: String
    do throws(VPrepError) {
      (status, text) = try answer(choose)
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
    guard let clip = try unsafe ClipReader.read(clip, named: "clip") else {
      throw .badArgument("clip is a null pointer")
    }
    let report = try options.gate.callBlocking(call, on: clip, cancellation: options.cancellation)
    let status = ExitStatus(report, strict: options.gate.options.strict)
    do {
      return (status, String(decoding: try report.json(pretty: false), as: UTF8.self))
    } catch {
      throw VPrepError(
        kind: .unusableInput(.unreadable), stage: "report", file: report.input.path,
        message: "the report holds a number that JSON has no word for")
    }
  }
}
