internal import CModels
internal import FoundationEssentials

/// Where the face models come from.
///
/// In this order: embedded in the binary (unless it was built without), the folder that the
/// environment variable `VPREP_MODELS` names, `/usr/local/share/vprep/models`, `Models` beside
/// the executable, and `Models` in the working directory. The first place that holds any of the
/// files is used, and no other. Every file is checked against its pinned SHA-256 before a byte
/// of it is parsed, wherever it comes from.
package struct ModelStore: Sendable {
  /// The place in use.
  package enum State: Equatable, Sendable, CustomStringConvertible {
    case embedded
    case folder(String)
    case missing

    package var description: String {
      switch self {
      case .embedded: "embedded"
      case .folder(let path): path
      case .missing: "missing"
      }
    }
  }

  package let state: State

  /// Finds the models as the program is to find them.
  package init() {
    self.init(
      useEmbedded: true,
      folders: Self.folders(
        environment: ProcessInfo.processInfo.environment,
        executable: CommandLine.arguments.first))
  }

  /// Finds the models in the given places.
  ///
  /// - Parameters:
  ///   - useEmbedded: whether models in the binary count.
  ///   - folders: paths, first choice first.
  package init(useEmbedded: Bool, folders: [String]) {
    if useEmbedded, unsafe Self.embedded(.faceLandmarks) != nil {
      state = .embedded
      return
    }
    let folder = folders.first { folder in
      FaceModelFile.allCases.contains { file in
        FileManager.default.fileExists(atPath: folder + "/" + file.fileName)
      }
    }
    state = folder.map { .folder($0) } ?? .missing
  }

  /// A model's bytes, checked; where they stand if they are part of the program.
  ///
  /// - Throws: `ModelError` of kind `missing`, `unreadable` or `hashMismatch`.
  func checkedBytes(of file: FaceModelFile) throws(ModelError) -> ModelBytes {
    let name: String
    let bytes: ModelBytes
    switch state {
    case .missing:
      throw ModelError(
        .missing, file: "face models", "this build has none, and no folder with them was found")
    case .embedded:
      name = file.fileName
      guard let embedded = unsafe Self.embedded(file) else {
        throw ModelError(.missing, file: name, "not embedded")
      }
      bytes = unsafe .resident(ResidentBytes(constants: UnsafeRawBufferPointer(embedded)))
    case .folder(let folder):
      name = folder + "/" + file.fileName
      bytes = .copied(try Self.read(name))
    }
    let digest = bytes.withSpan { SHA256($0).hexadecimal }
    guard digest == file.sha256 else {
      throw ModelError(
        .hashMismatch, file: name, "SHA-256 is \(digest), not the pinned \(file.sha256)")
    }
    return bytes
  }

  /// A model, checked, verified and ready to run.
  ///
  /// Those for faces together take 28 MB of memory when they are embedded: what the networks need and
  /// no page of the files. Sharing the memory of their activations saves 3.7 MB of it.
  ///
  /// - Parameters:
  ///   - kept: tensors that are read as further outputs, see `NetworkPlan`.
  ///   - shared: memory of a network that never runs at the same time.
  ///   - isPacked: whether the weights are kept as XNNPACK uses them, see `Network`.
  package func network(
    _ file: FaceModelFile, keeping kept: [Int] = [], sharing shared: ActivationMemory? = nil,
    isPacked: Bool = true
  ) throws(ModelError) -> Network {
    let bytes = try checkedBytes(of: file)
    defer { bytes.release() }
    let parsed = try TFLiteFile(bytes: bytes, name: file.fileName)
    return try Network(
      NetworkPlan(parsed, keeping: kept), sharing: shared, isPacked: isPacked)
  }

  /// The folders that are searched when nothing is embedded.
  static func folders(environment: [String: String], executable: String?) -> [String] {
    var folders: [String] = []
    if let chosen = environment["VPREP_MODELS"], !chosen.isEmpty { folders.append(chosen) }
    folders.append("/usr/local/share/vprep/models")
    if let executable, let slash = executable.lastIndex(of: "/") {
      folders.append(executable[..<slash] + "/Models")
    }
    folders.append("Models")
    return folders
  }

  /// A model's bytes in the binary itself.
  private static func embedded(_ file: FaceModelFile) -> UnsafeBufferPointer<UInt8>? {
    let index =
      switch file {
      case .shortRangeDetector: VPREP_MODEL_SHORT_RANGE_DETECTOR
      case .fullRangeDetector: VPREP_MODEL_FULL_RANGE_DETECTOR
      case .faceLandmarks: VPREP_MODEL_FACE_LANDMARKS
      case .irisLandmarks: VPREP_MODEL_IRIS_LANDMARKS
      case .palmDetector: VPREP_MODEL_PALM_DETECTOR
      case .handLandmarks: VPREP_MODEL_HAND_LANDMARKS
      }
    let model = unsafe vprep_embedded_model(Int32(bitPattern: UInt32(index)))
    guard unsafe model.count > 0, let start = unsafe model.bytes else { return nil }
    return unsafe UnsafeBufferPointer(start: start, count: model.count)
  }

  /// The largest of them has 2.6 MB; nothing far larger is read only to be refused.
  private static let sizeLimit = 16 << 20

  private static func read(_ path: String) throws(ModelError) -> [UInt8] {
    do {
      let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      // A pipe or a device could block for ever or never end.
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw ModelError(.unreadable, file: path, "not a regular file")
      }
      guard let size = attributes[.size] as? Int, size <= sizeLimit else {
        throw ModelError(.hashMismatch, file: path, "far larger than the pinned file")
      }
      return [UInt8](try Data(contentsOf: url))
    } catch let error as ModelError {
      throw error
    } catch {
      guard FileManager.default.fileExists(atPath: path) else {
        throw ModelError(.missing, file: path, "no such file")
      }
      throw ModelError(.unreadable, file: path, "\(error)")
    }
  }
}
