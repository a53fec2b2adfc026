internal import FaceModel
internal import FoundationEssentials
internal import MediaIO
internal import Services

/// All settings that a batch's lines and outputs depend on, in addition to the clips.
///
/// Settings are left out if they decide how long a call may take, what counts as success or what is
/// shown during the call, and not what is found: `timeLimit`, `codecThreads`, `onProgress`,
/// `annotationFolder`, `protectedFiles`, and `includesDigest`, which only `probe`
/// uses.
struct BatchSettings: Encodable {
  private let version: String
  private let models: String
  private let work: String
  private let refused: String
  private let strict: Bool
  private let provider: String
  private let mode: String?
  private let faceOcclusionDetection: Bool
  private let eyeCloseDetection: Bool
  private let actions: [Int]?
  private let bandwidth: Double?
  private let judged: TimeWindow?
  private let overrides: RuleOverrides
  private let photo: Photo?
  private let request: [String: RequestValue]?
  private let kept: TimeWindow?
  private let maximumBytes: Int?
  private let keepsMetadata: Bool
  private let encodesHopeless: Bool
  private let previewCount: Int
  private let previewSize: Int
  private let previewQuality: Int
  private let previewCrop: PreviewCrop
  private let advice: AdviceCatalogue
  private let isExhaustive: Bool
  private let exploration: Exploration?
  private let includesTimeline: Bool
  private let limits: [String: Double]

  /// The photo that the clips are compared with: its place and stamp, or its bytes.
  private enum Photo: Encodable {
    case file(path: String, stamp: FileStamp?)
    case bytes(digest: String)
    case standardInput
    case descriptor(Int32)

    init(_ clip: Clip) {
      switch clip {
      case .file(let path): self = .file(path: path, stamp: FileStamp(path))
      case .bytes(let bytes, _): self = .bytes(digest: StableHash(bytes).digits(16))
      case .standardInput: self = .standardInput
      case .descriptor(let number, _): self = .descriptor(number)
      }
    }
  }

  init(_ batch: Batch) {
    let gate = batch.gate
    version = VPrepVersion.current
    models = ModelStore.installed.state.description
    work = batch.work.rawValue
    refused = batch.refused.rawValue
    // What is refused goes to another folder.
    strict = gate.judging.options.strict
    provider = gate.provider.rawValue
    mode = gate.mode?.rawValue
    faceOcclusionDetection = gate.judging.options.faceOcclusionDetection
    eyeCloseDetection = gate.judging.options.eyeCloseDetection
    actions = gate.judging.options.actions ?? gate.service.profile.actions.standard
    bandwidth = gate.judging.options.bandwidth
    judged = gate.judging.options.window
    overrides = gate.judging.overrides
    var bounds = gate.runtime.inputLimits
    bounds[.time] = InputLimits()[.time]
    limits = bounds.changes
    photo = gate.judging.photo.map(Photo.init)
    request = gate.judging.request
    kept = gate.fitting.window
    maximumBytes = gate.fitting.maximumBytes
    keepsMetadata = gate.fitting.keepsMetadata
    encodesHopeless = gate.fitting.encodesHopeless
    previewCount = gate.reporting.previewCount
    previewSize = gate.reporting.previewSize
    previewQuality = gate.reporting.previewQuality
    previewCrop = gate.reporting.previewCrop
    advice = gate.reporting.advice
    isExhaustive = gate.judging.isExhaustive
    exploration = gate.judging.exploration
    includesTimeline = gate.reporting.includesTimeline
  }

  /// 16 hexadecimal digits that are the same in every process.
  var digest: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Every value above has a form in JSON.
    let json = (try? encoder.encode(self)) ?? Data()
    return StableHash(json).digits(16)
  }
}
