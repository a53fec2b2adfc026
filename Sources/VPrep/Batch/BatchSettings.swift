internal import FaceModel

/// A digest of everything that a batch's lines depend on beside the clips.
enum BatchSettings {
  static func digest(_ batch: Batch) -> String {
    var gate = batch.gate
    // These decide how long a call may take and what counts as success, not what is found.
    gate.timeLimit = 0
    gate.options.strict = false
    gate.codecThreads = 1
    gate.annotationFolder = nil
    var parts = [VPrepVersion.current, ModelStore().state.description, batch.work.rawValue]
    parts.append(text(gate))
    if case .file(let path) = gate.photo { parts.append(text(FileStamp(path) as Any)) }
    return StableHash(parts.joined(separator: "\n")).digits(16)
  }

  /// Every stored value, in a form that is the same in every process.
  ///
  /// By reflection, so that an option that is added later counts by itself.
  private static func text(_ value: Any) -> String {
    if let text = value as? String { return String(reflecting: text) }
    if let bytes = value as? [UInt8] {
      return StableHash(bytes).digits(16)
    }
    let mirror = Mirror(reflecting: value)
    let children = mirror.children.map { "\($0.label ?? "")=\(text($0.value))" }
    switch mirror.displayStyle {
    case .dictionary, .set: return "[\(children.sorted().joined(separator: ","))]"
    case .enum where children.isEmpty, nil: return String(describing: value)
    default: return "\(type(of: value))(\(children.joined(separator: ",")))"
    }
  }
}
