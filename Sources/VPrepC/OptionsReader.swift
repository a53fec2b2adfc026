internal import CVPrep
internal import FoundationEssentials
internal import VPrep

/// Reads `vprep_options` of whatever version the caller was compiled with.
struct OptionsReader {
  /// A gate with the caller's options.
  let gate: Gate
  /// Whether the caller named a provider; without one `gate` has some provider.
  let hasProvider: Bool
  /// Whether `vprep_fit` and `vprep_prepare` only say what they would do.
  let isDryRun: Bool
  /// Ends the call from another thread.
  let cancellation: Cancellation

  /// Size of the struct's first version, which ends with `cancellation`.
  static let smallestSize = 136
  /// Sizes that a caller's struct may have: later versions are longer, but none of them is huge.
  static let sizes = smallestSize...(1 << 16)
  /// The longest time limit in seconds: a day.
  private static let longestTime = 86_400.0

  /// The defaults, as `vprep_options_init` gives them.
  private static var defaults: vprep_options {
    let gate = Gate.unasked
    var options = unsafe vprep_options()
    unsafe options.size = MemoryLayout<vprep_options>.size
    unsafe options.eye_close_detection = gate.judging.options.eyeCloseDetection ? 1 : 0
    unsafe options.preview_count = CInt(gate.reporting.previewCount)
    unsafe options.time_limit = gate.runtime.timeLimit
    return unsafe options
  }

  /// Writes the defaults; what a newer caller's struct has beyond this version becomes zero.
  static func writeDefaults(to target: UnsafeMutableRawPointer, size: Int) {
    var options = unsafe defaults
    unsafe options.size = size
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: target, count: size)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    unsafe withUnsafeBytes(of: &options) {
      unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(size)))
    }
  }

  /// Reads the options; `nil` stands for the defaults.
  init(_ pointer: UnsafePointer<vprep_options>?) throws(VPrepError) {
    let options = try unsafe Self.load(pointer)
    let provider = try unsafe Self.provider(options.provider)
    let mode = try unsafe Self.mode(options.mode)
    var gate = Gate.unasked
    try unsafe Self.readLimits(options, into: &gate)
    try unsafe Self.readJudging(options, into: &gate)
    try unsafe Self.readRequest(options, into: &gate)
    try unsafe Self.readOutput(options, into: &gate)
    var chosen = CallOptions()
    (chosen.provider, chosen.mode, chosen.gate) = (provider, mode, gate)
    chosen.requestName = "request_json"
    if let json = try unsafe CText.text(options.options_json, named: "options_json") {
      try chosen.read(json: json, named: "options_json")
    }
    self.gate = try chosen.makeGate()
    hasProvider = chosen.provider != nil
    isDryRun = chosen.isDryRun
    cancellation = unsafe Cancellation.lent(by: options.cancellation)
  }

  /// Throws when the caller named no provider.
  func requireProvider() throws(VPrepError) {
    guard hasProvider else { throw .badArgument("provider is not set") }
  }

  /// The options that this version knows.
  ///
  /// The struct of a newer caller is longer. The bytes beyond must be zero; anything else is an
  /// option that would be ignored silently, and is refused.
  private static func load(
    _ pointer: UnsafePointer<vprep_options>?
  ) throws(VPrepError) -> vprep_options {
    guard let pointer = unsafe pointer else { return unsafe defaults }
    let size = unsafe pointer.pointee.size
    let known = unsafe MemoryLayout<vprep_options>.size
    guard sizes.contains(size) else {
      throw .badArgument("options were not filled in by vprep_options_init")
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: size)
    guard unsafe bytes.dropFirst(known).allSatisfy({ $0 == 0 }) else {
      throw .badArgument("options contain one that this version of the library does not know")
    }
    // An older caller's struct is shorter: what it does not know keeps its default.
    var options = unsafe defaults
    unsafe withUnsafeMutableBytes(of: &options) {
      unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(known)))
    }
    return unsafe options
  }

  /// The provider of that number; `nil` where the caller named none.
  static func provider(_ provider: vprep_provider) throws(VPrepError) -> Provider? {
    switch provider {
    case VPREP_NO_PROVIDER: nil
    case VPREP_MEGVII: .megvii
    case VPREP_TENCENT: .tencent
    case VPREP_MEGVII_VIDEO: .megviiVideo
    case VPREP_TENCENT_COMPARE_FACE: .tencentCompareFace
    default: throw .badArgument("provider is \(provider.rawValue), which is not a valid value")
    }
  }

  private static func mode(_ mode: vprep_mode) throws(VPrepError) -> ProviderMode? {
    switch mode {
    case VPREP_DEFAULT_MODE: nil
    case VPREP_LIP: .lip
    case VPREP_ACTION: .action
    case VPREP_SILENT: .silent
    default: throw .badArgument("mode is \(mode.rawValue), which is not a valid value")
    }
  }

  /// How much is read, and how long it may take.
  private static func readLimits(
    _ options: vprep_options, into gate: inout Gate
  ) throws(VPrepError) {
    gate.runtime.timeLimit = unsafe options.time_limit
    guard gate.runtime.timeLimit > 0, gate.runtime.timeLimit <= longestTime else {
      throw .badArgument("time_limit is not more than 0 and at most 86400 seconds")
    }
    guard let limits = try unsafe CText.text(options.limits, named: "limits") else { return }
    do throws(VPrepError) {
      try gate.runtime.inputLimits.set(limits)
    } catch {
      throw .badArgument("limits: \(error.message)")
    }
  }

  /// How the clip is judged.
  private static func readJudging(
    _ options: vprep_options, into gate: inout Gate
  ) throws(VPrepError) {
    gate.judging.options.faceOcclusionDetection = unsafe options.face_occlusion_detection != 0
    gate.judging.options.eyeCloseDetection = unsafe options.eye_close_detection != 0
    gate.judging.options.strict = unsafe options.strict != 0
    gate.judging.isExhaustive = unsafe options.exhaustive != 0
    if let text = try unsafe CText.text(options.actions, named: "actions") {
      guard let actions = ActionSequences.numbers(text) else {
        throw .badArgument(
          "actions is \"\(text)\", not one or two of 1, 2, 3 and 4, such as \"1,2\"")
      }
      gate.judging.options.actions = actions
    }
    let bandwidth = unsafe options.bandwidth
    guard bandwidth.isFinite, bandwidth >= 0 else {
      throw .badArgument("bandwidth is not a number of bits per second")
    }
    gate.judging.options.bandwidth = bandwidth > 0 ? bandwidth : nil
    if let rules = try unsafe CText.text(options.rules_json, named: "rules_json") {
      do throws(RuleOverridesError) {
        gate.judging.overrides = try RuleOverrides(json: rules, limits: gate.runtime.inputLimits)
      } catch {
        throw .badArgument("rules_json: \(error)")
      }
    }
  }

  /// What goes to the provider beside the clip.
  private static func readRequest(
    _ options: vprep_options, into gate: inout Gate
  ) throws(VPrepError) {
    gate.judging.photo = try unsafe ClipArgument.read(
      options.photo, named: "photo", limits: gate.runtime.inputLimits)
    guard let request = try unsafe CText.text(options.request_json, named: "request_json") else {
      return
    }
    do throws(VPrepError) {
      gate.judging.request = try RequestJSON.parameters(
        Data(request.utf8), named: "request_json", limits: gate.runtime.inputLimits)
    } catch {
      throw .badArgument("request_json: \(error.message)")
    }
  }

  /// What is put out.
  private static func readOutput(
    _ options: vprep_options, into gate: inout Gate
  ) throws(VPrepError) {
    let (start, end) = unsafe (options.window_start, options.window_end)
    if start != 0 || end != 0 {
      guard start >= 0, end > start, end.isFinite else {
        throw .badArgument("window_start and window_end are not a window in seconds")
      }
      gate.fitting.window = TimeWindow(start: start, end: end)
    }
    let maximumBytes = unsafe options.maximum_bytes
    guard let limit = Int(exactly: maximumBytes), limit >= 0 else {
      throw .badArgument("maximum_bytes is not a number of bytes")
    }
    gate.fitting.maximumBytes = limit > 0 ? limit : nil
    gate.reporting.includesTimeline = unsafe options.timeline != 0
    gate.reporting.annotationFolder = try unsafe CText.text(
      options.annotation_folder, named: "annotation_folder")
    gate.reporting.previewCount = Int(unsafe options.preview_count)
    guard (0...10).contains(gate.reporting.previewCount) else {
      throw .badArgument("preview_count is not 0 to 10")
    }
  }
}

extension Cancellation {
  /// The cancellation behind a pointer of C; for a null pointer one that nobody cancels.
  static func lent(by pointer: OpaquePointer?) -> Cancellation {
    guard let pointer = unsafe pointer else { return Cancellation() }
    return unsafe Unmanaged<Cancellation>.fromOpaque(UnsafeRawPointer(pointer))
      .takeUnretainedValue()
  }
}
