public import FoundationEssentials
internal import FaceModel
internal import Kernels

/// The version of vprep.
public enum VPrepVersion {
  /// Semantic version of this build.
  public static let current = "0.1.0"
}

extension Report {
  /// A report that knows what the clip is and nothing more.
  init(_ clip: ProbedClip, md5: String?) {
    self.init(
      schema: Self.currentSchema,
      tool: Tool(
        version: VPrepVersion.current, faceModel: ModelStore().state.description,
        kernels: KernelPath.active.rawValue),
      input: InputReport(clip, md5: md5), measured: nil, verdict: nil, photo: nil,
      lint: nil, fit: nil,
      outputVerdict: nil, previews: [],
      timing: Timing(
        probe: nil, decode: nil, measure: nil, fit: nil, preview: nil, total: 0))
  }

  /// The report as JSON, keys in alphabetical order.
  ///
  /// - Parameter pretty: indented over many lines, or all on one.
  public func json(pretty: Bool = true) throws -> Data {
    try JSONEncoder.sorted(pretty: pretty).encode(self)
  }
}
