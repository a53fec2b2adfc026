/// The request of Megvii FaceID `validate_still` (H5-Raw-UploadVideo, parameters).
enum MegviiRequest {
  static let rules = RequestRules(
    lint: { parameters, _ in
      MegviiForm(parameters: parameters, choices: choices, limits: MegviiStill.limits)
        .findings(required: [])
    }, clipParameter: MegviiForm.clip, apply: apply, contradiction: contradiction)

  /// Optional parameters and their values.
  private static let choices: [(key: String, values: [String])] = [
    ("liveness_preference", ["none", "still_strict"]),
    ("return_image", ["0", "1", "2"]),
    ("return_multifaces_tag", ["0", "1"]),
    (occlusion, ["0", "1"]),
    (eyes, ["0", "1"]),
  ]

  // MARK: - What the request says

  private static let occlusion = "face_occlusion_detection"
  private static let eyes = "eye_close_detection"

  @Sendable private static func apply(
    _ parameters: [String: RequestValue], _ options: inout JudgeOptions
  ) {
    if let isOn = parameters[occlusion]?.flag { options.faceOcclusionDetection = isOn }
    if let isOn = parameters[eyes]?.flag { options.eyeCloseDetection = isOn }
  }

  @Sendable private static func contradiction(
    _ parameters: [String: RequestValue], _ options: StatedOptions
  ) -> Contradiction? {
    func find(_ key: String, _ wanted: Bool?, _ option: (Bool) -> Contradiction.Option)
      -> Contradiction?
    {
      guard let wanted, let asked = parameters[key]?.flag, asked != wanted else { return nil }
      return Contradiction(option: option(wanted), parameter: key, value: asked ? "1" : "0")
    }
    return find(occlusion, options.faceOcclusionDetection) { .faceOcclusionDetection($0) }
      ?? find(eyes, options.eyeCloseDetection) { .eyeCloseDetection($0) }
  }
}

extension RequestValue {
  /// Whether a switch is on; `nil` where the value is neither 0 nor 1.
  fileprivate var flag: Bool? {
    switch string {
    case "0": false
    case "1": true
    default: nil
    }
  }
}
