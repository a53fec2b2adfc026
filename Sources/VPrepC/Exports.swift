public import CVPrep
internal import VPrep

// The functions of vprep.h, which documents them. Each one turns C into Swift and back; what is
// done stands in VPrep.

/// Returns the library's version.
@c @implementation
public func vprep_version() -> UnsafePointer<CChar>? {
  unsafe CText.version
}

/// Fills in the defaults.
@c @implementation
public func vprep_options_init(
  _ options: UnsafeMutablePointer<vprep_options>?, _ size: Int
) -> CInt {
  guard let options = unsafe options, OptionsReader.sizes.contains(size) else {
    return ExitStatus.usage.rawValue
  }
  unsafe OptionsReader.writeDefaults(to: UnsafeMutableRawPointer(options), size: size)
  return ExitStatus.accepted.rawValue
}

/// Finds out what the clip is.
@c @implementation
public func vprep_probe(
  _ clip: UnsafePointer<vprep_clip>?, _ options: UnsafePointer<vprep_options>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller(clip, options, json).run { (_) throws(VPrepError) in .probe }
}

/// Measures the clip and predicts the provider's answer.
@c @implementation
public func vprep_check(
  _ clip: UnsafePointer<vprep_clip>?, _ options: UnsafePointer<vprep_options>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller(clip, options, json).run { (options) throws(VPrepError) in
    try options.requireProvider()
    return .check
  }
}

/// Writes a copy that meets the provider's limits.
@c @implementation
public func vprep_fit(
  _ clip: UnsafePointer<vprep_clip>?, _ output: UnsafePointer<CChar>?,
  _ options: UnsafePointer<vprep_options>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller(clip, options, json).run { (options) throws(VPrepError) in
    try options.requireProvider()
    if options.isDryRun { return .planFit }
    return .fit(path: try unsafe CText.requiredPath(output))
  }
}

/// Checks, fits, checks the output and picks previews.
@c @implementation
public func vprep_prepare(
  _ clip: UnsafePointer<vprep_clip>?, _ output: UnsafePointer<CChar>?,
  _ options: UnsafePointer<vprep_options>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller(clip, options, json).run { (options) throws(VPrepError) in
    try options.requireProvider()
    if options.isDryRun { return .planPreparation }
    return .prepare(path: try unsafe CText.requiredPath(output))
  }
}

/// Picks the best frames.
@c @implementation
public func vprep_preview(
  _ clip: UnsafePointer<vprep_clip>?, _ output: UnsafePointer<CChar>?,
  _ options: UnsafePointer<vprep_options>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller(clip, options, json).run { (options) throws(VPrepError) in
    let path = try unsafe CText.text(output, named: "output")
    return .preview(count: options.gate.reporting.previewCount, path: path)
  }
}

/// Makes the call that a JSON object describes.
@c @implementation
public func vprep_call(
  _ request: UnsafePointer<CChar>?, _ bytes: UnsafeRawPointer?, _ count: Int,
  _ progress: vprep_progress?, _ context: UnsafeMutableRawPointer?,
  _ cancellation: OpaquePointer?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  let call = unsafe JSONCall(request, bytes: bytes, count: count)
  let hear = unsafe Listener(progress, context)?.hear
  let cancellation = unsafe Cancellation.lent(by: cancellation)
  return unsafe Caller.answer(into: json) { () throws(VPrepError) in
    try call.run(telling: hear, cancellation: cancellation)
  }
}

/// Lists the providers' codes.
@c @implementation
public func vprep_codes(
  _ provider: vprep_provider, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  unsafe Caller.answer(into: json) { () throws(VPrepError) in
    let provider = try OptionsReader.provider(provider)
    return (.accepted, try Caller.text("", of: { try CodeCatalog.json(provider, pretty: false) }))
  }
}

/// Gives back a text that a call put out.
@c @implementation
public func vprep_free(_ json: UnsafeMutablePointer<CChar>?) {
  unsafe CText.free(json)
}

/// Creates a cancellation.
@c @implementation
public func vprep_cancellation_create() -> OpaquePointer? {
  unsafe OpaquePointer(Unmanaged.passRetained(Cancellation()).toOpaque())
}

/// Ends the calls that were given this cancellation.
@c @implementation
public func vprep_cancellation_cancel(_ cancellation: OpaquePointer?) {
  unsafe Cancellation.lent(by: cancellation).cancel()
}

/// Frees a cancellation.
@c @implementation
public func vprep_cancellation_free(_ cancellation: OpaquePointer?) {
  guard let cancellation = unsafe cancellation else { return }
  unsafe Unmanaged<Cancellation>.fromOpaque(UnsafeRawPointer(cancellation)).release()
}
