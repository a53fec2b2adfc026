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
    let report = try options.gate.callBlocking(
      call, on: try readClip(), cancellation: options.cancellation)
    // The output is what will be uploaded: its verdict decides.
    let verdict = report.outputVerdict ?? report.verdict
    let status = verdict.map { ExitStatus($0, strict: options.gate.options.strict) } ?? .accepted
    do {
      return (status, String(decoding: try report.json(pretty: false), as: UTF8.self))
    } catch {
      throw VPrepError(
        kind: .unusableInput(.unreadable), stage: "report", file: report.input.path,
        message: "the report holds a number that JSON has no word for")
    }
  }

  private func readClip() throws(VPrepError) -> Clip {
    guard let clip = unsafe clip else { throw .badArgument("clip is a null pointer") }
    let bytes = unsafe clip.pointee.bytes
    let count = unsafe clip.pointee.byte_count
    if let path = try unsafe CText.text(clip.pointee.path, named: "path") {
      guard unsafe bytes == nil else { throw .badArgument("clip has both a path and bytes") }
      guard !path.isEmpty else { throw .badArgument("path is empty") }
      return .file(path)
    }
    guard unsafe bytes != nil || count == 0, count >= 0 else {
      throw .badArgument("clip has a byte_count and no bytes")
    }
    let name = try unsafe CText.text(clip.pointee.name, named: "name") ?? "memory"
    return unsafe .bytes([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)), name: name)
  }
}
