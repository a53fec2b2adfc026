/// A face-liveness service whose answer vprep predicts.
public enum Provider: String, Sendable, Codable, CaseIterable {
  /// Megvii FaceID, `validate_still` (H5-Raw-UploadVideo).
  case megvii
  /// Tencent Cloud FaceID, `VideoLivenessCompare`.
  case tencent

  /// The modes that the provider's request can ask for; empty where there are none.
  public var modes: [ProviderMode] {
    switch self {
    case .megvii: []
    case .tencent: ProviderMode.allCases
    }
  }

  /// The mode that is judged when the caller names none.
  public var defaultMode: ProviderMode? {
    switch self {
    case .megvii: nil
    case .tencent: .silent
    }
  }

  /// The mode that counts for a request: the one asked for where the provider has modes, its default
  /// where none was asked for, `nil` where it has none.
  package func resolve(_ mode: ProviderMode?) -> ProviderMode? {
    modes.isEmpty ? nil : mode ?? defaultMode
  }

  /// What the provider puts before the names of its business codes.
  package var codePrefix: String {
    switch self {
    case .megvii: ""
    case .tencent: "FailedOperation."
    }
  }
}

/// How a clip is made for Tencent: its `LivenessType`.
public enum ProviderMode: String, Sendable, Codable, CaseIterable {
  /// `LIP`: the person reads four digits aloud.
  case lip
  /// `ACTION`: the person makes the movements asked for.
  case action
  /// `SILENT`: the person only looks at the camera.
  case silent

  /// The value of `LivenessType` in the request.
  public var livenessType: String {
    rawValue.uppercased()
  }
}
