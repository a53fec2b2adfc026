/// What the request will ask for, and how the clip is judged.
public struct JudgeOptions: Sendable, Equatable {
  /// Megvii's `face_occlusion_detection`; off by default, as in the API.
  public var faceOcclusionDetection: Bool
  /// Megvii's `eye_close_detection`; on by default, as in the API.
  public var eyeCloseDetection: Bool
  /// Tencent's ACTION sequence, from `ValidateData`, such as `[2, 1]`.
  ///
  /// 1 is to open the mouth, 2 to close the eyes, 3 to nod, 4 to shake the head (`CompareFaceLiveness`;
  /// `GetActionSequence` for the first two). Empty when none is asked for. `nil` when it is unknown: for
  /// `VideoLivenessCompare` that is `[1, 2]`; `CompareFaceLiveness` may ask for any of the four, so the
  /// rules about single actions stay unmeasured.
  public var actions: [Int]?
  /// Bits per second at which the provider will fetch the clip; `nil` if unknown.
  public var bandwidth: Double?
  /// Whether the caller lets a warning count as a failure; see `Verdict.isAccepted(strict:)`.
  public var strict: Bool
  /// The window to judge, as if the clip were cut to it; `nil` judges the complete clip.
  public var window: TimeWindow?

  /// Makes options; every default is the provider's own.
  public init(
    faceOcclusionDetection: Bool = false, eyeCloseDetection: Bool = true,
    actions: [Int]? = nil, bandwidth: Double? = nil, strict: Bool = false,
    window: TimeWindow? = nil
  ) {
    self.faceOcclusionDetection = faceOcclusionDetection
    self.eyeCloseDetection = eyeCloseDetection
    self.actions = actions
    self.bandwidth = bandwidth
    self.strict = strict
    self.window = window
  }
}
