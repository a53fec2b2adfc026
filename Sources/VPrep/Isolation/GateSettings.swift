internal import MediaIO
internal import Services

/// A gate's options on their way to an isolated process.
///
/// The photo goes along as an open file, and what only the parent needs stays there: `onProgress` and
/// `protectedFiles`.
struct GateSettings: Codable {
  private let provider: Provider
  private let mode: ProviderMode?
  private let faceOcclusionDetection: Bool
  private let eyeCloseDetection: Bool
  private let actions: [Int]
  private let bandwidth: Double?
  private let strict: Bool
  private let judged: Stretch?
  private let overrides: RuleOverrides
  private let request: [String: RequestValue]?
  private let kept: Stretch?
  private let maximumBytes: Int?
  private let keepsMetadata: Bool
  private let previewCount: Int
  private let isExhaustive: Bool
  private let codecThreads: Int
  private let includesTimeline: Bool
  private let includesDigest: Bool
  private let annotationFolder: String?
  private let limits: [String: Double]

  /// A window with every digit; the window's own form is rounded for people.
  private struct Stretch: Codable {
    let start: Double
    let end: Double

    init(_ window: TimeWindow) { (start, end) = (window.start, window.end) }

    var window: TimeWindow { TimeWindow(start: start, end: end) }
  }

  init(_ gate: Gate) {
    provider = gate.provider
    mode = gate.mode
    faceOcclusionDetection = gate.options.faceOcclusionDetection
    eyeCloseDetection = gate.options.eyeCloseDetection
    actions = gate.options.actions
    bandwidth = gate.options.bandwidth
    strict = gate.options.strict
    judged = gate.options.window.map(Stretch.init)
    overrides = gate.overrides
    request = gate.request
    kept = gate.window.map(Stretch.init)
    maximumBytes = gate.maximumBytes
    keepsMetadata = gate.keepsMetadata
    previewCount = gate.previewCount
    isExhaustive = gate.isExhaustive
    codecThreads = gate.codecThreads
    includesTimeline = gate.includesTimeline
    includesDigest = gate.includesDigest
    annotationFolder = gate.annotationFolder
    limits = Dictionary(
      uniqueKeysWithValues: InputLimits.Name.allCases.map { ($0.rawValue, gate.inputLimits[$0]) })
  }

  /// The gate with these options and a photo.
  func gate(photo: Clip?) -> Gate {
    var gate = Gate(Service(provider, mode: mode) ?? Service(provider))
    gate.options = JudgeOptions(
      faceOcclusionDetection: faceOcclusionDetection, eyeCloseDetection: eyeCloseDetection,
      actions: actions, bandwidth: bandwidth, strict: strict, window: judged?.window)
    gate.overrides = overrides
    gate.photo = photo
    gate.request = request
    gate.window = kept?.window
    gate.maximumBytes = maximumBytes
    gate.keepsMetadata = keepsMetadata
    gate.previewCount = previewCount
    gate.isExhaustive = isExhaustive
    gate.codecThreads = codecThreads
    gate.includesTimeline = includesTimeline
    gate.includesDigest = includesDigest
    gate.annotationFolder = annotationFolder
    for name in InputLimits.Name.allCases {
      if let value = limits[name.rawValue] { gate.inputLimits[name] = value }
    }
    return gate
  }
}
