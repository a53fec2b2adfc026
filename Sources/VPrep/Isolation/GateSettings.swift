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
  private let actions: [Int]?
  private let bandwidth: Double?
  private let strict: Bool
  private let judged: Window?
  private let overrides: RuleOverrides
  private let request: [String: RequestValue]?
  private let kept: Window?
  private let maximumBytes: Int?
  private let keepsMetadata: Bool
  private let encodesHopeless: Bool
  private let previewCount: Int
  private let previewSize: Int
  private let previewQuality: Int
  private let previewCrop: PreviewCrop
  private let isExhaustive: Bool
  private let exploration: Exploration?
  private let codecThreads: Int
  private let includesTimeline: Bool
  private let includesDigest: Bool
  private let annotationFolder: String?
  private let isIllustrated: Bool
  private let advice: AdviceCatalogue
  private let limits: [String: Double]

  /// A window with every digit; the window's own form is rounded for people.
  private struct Window: Codable {
    let start: Double
    let end: Double

    init(_ window: TimeWindow) { (start, end) = (window.start, window.end) }

    var window: TimeWindow { TimeWindow(start: start, end: end) }
  }

  init(_ gate: Gate) {
    provider = gate.provider
    mode = gate.mode
    faceOcclusionDetection = gate.judging.options.faceOcclusionDetection
    eyeCloseDetection = gate.judging.options.eyeCloseDetection
    actions = gate.judging.options.actions
    bandwidth = gate.judging.options.bandwidth
    strict = gate.judging.options.strict
    judged = gate.judging.options.window.map(Window.init)
    overrides = gate.judging.overrides
    request = gate.judging.request
    kept = gate.fitting.window.map(Window.init)
    maximumBytes = gate.fitting.maximumBytes
    keepsMetadata = gate.fitting.keepsMetadata
    encodesHopeless = gate.fitting.encodesHopeless
    previewCount = gate.reporting.previewCount
    previewSize = gate.reporting.previewSize
    previewQuality = gate.reporting.previewQuality
    previewCrop = gate.reporting.previewCrop
    isExhaustive = gate.judging.isExhaustive
    exploration = gate.judging.exploration
    codecThreads = gate.runtime.codecThreads
    includesTimeline = gate.reporting.includesTimeline
    includesDigest = gate.reporting.includesDigest
    annotationFolder = gate.reporting.annotationFolder
    isIllustrated = gate.reporting.isIllustrated
    advice = gate.reporting.advice
    limits = Dictionary(
      uniqueKeysWithValues: InputLimits.Name.allCases.map {
        ($0.rawValue, gate.runtime.inputLimits[$0])
      })
  }

  /// The gate with these options and a photo.
  func gate(photo: Clip?) -> Gate {
    var gate = Gate(Service(provider, mode: mode) ?? Service(provider))
    gate.judging.options = JudgeOptions(
      faceOcclusionDetection: faceOcclusionDetection, eyeCloseDetection: eyeCloseDetection,
      actions: actions, bandwidth: bandwidth, strict: strict, window: judged?.window)
    gate.judging.overrides = overrides
    gate.judging.photo = photo
    gate.judging.request = request
    gate.fitting.window = kept?.window
    gate.fitting.maximumBytes = maximumBytes
    gate.fitting.keepsMetadata = keepsMetadata
    gate.fitting.encodesHopeless = encodesHopeless
    gate.reporting.previewCount = previewCount
    gate.reporting.previewSize = previewSize
    gate.reporting.previewQuality = previewQuality
    gate.reporting.previewCrop = previewCrop
    gate.reporting.advice = advice
    gate.judging.isExhaustive = isExhaustive
    gate.judging.exploration = exploration
    gate.runtime.codecThreads = codecThreads
    gate.reporting.includesTimeline = includesTimeline
    gate.reporting.includesDigest = includesDigest
    gate.reporting.annotationFolder = annotationFolder
    gate.reporting.isIllustrated = isIllustrated
    for name in InputLimits.Name.allCases {
      if let value = limits[name.rawValue] { gate.runtime.inputLimits[name] = value }
    }
    return gate
  }
}
