internal import Services

/// The measurements of a clip, and the verdict on any window of it.
struct JudgedTimeline: Sendable {
  let measurements: ClipMeasurements
  /// Where someone speaks, in seconds from the clip's start.
  let voiced: [TimeWindow]
  let judge: Judge
  /// How much is wrong with each measured frame, in their order; 0 for a good one.
  private let costs: [Double]

  /// What a face with all its faults costs at the most.
  private static let worstFace = 10.0
  /// What a frame without a face costs: more than any face.
  private static let noFace = 20.0
  /// A rule that the frame alone would fail weighs three that it would be warned for.
  private static let failure = 3.0
  /// Degrees of turn that cost all that a turn can: `FaceQualityRules` fails a head turned as far.
  private static let fullTurn = 30.0
  /// Eyes open less than this cost something; at rest they are 1 open.
  private static let openEyes = 0.6

  init(_ measurements: ClipMeasurements, voiced: [TimeWindow], judge: Judge) {
    self.measurements = measurements
    self.voiced = voiced
    self.judge = judge
    costs = Self.costs(measurements, judge)
  }

  /// The frames' ranks by the provider's own rules for quality, and a little for what no rule
  /// objects to: a turned head, half-closed eyes, less sharpness than the clip's best.
  private static func costs(_ measurements: ClipMeasurements, _ judge: Judge) -> [Double] {
    let ranks = judge.judging(nil).rankFrames(measurements)
    let sharpest = ranks.map(\.sharpness).max() ?? 0
    var costs = measurements.frames.map { frame in
      measurements.facesMeasured && frame.face == nil ? noFace : 0
    }
    for rank in ranks {
      guard let face = measurements.frames[rank.index].face else { continue }
      let turn = max(abs(face.yaw), abs(face.pitch), abs(face.roll))
      let eyes = min(face.leftEyeOpen, face.rightEyeOpen)
      let sharpness = sharpest > 0 ? rank.sharpness / sharpest : 1
      let faults = [
        Double(rank.failures) * failure + Double(rank.warnings) + min(rank.excess, 1),
        min(turn / fullTurn, 1) / 4, max(0, openEyes - eyes) / 2, (1 - sharpness) / 4,
      ]
      costs[rank.index] = min(faults.filter(\.isFinite).reduce(0, +), worstFace)
    }
    return costs
  }

  /// The verdict on a window; `nil` judges the complete clip.
  func verdict(_ window: TimeWindow?) -> Verdict {
    judge.judging(window).verdict(of: measurements)
  }

  /// The mean cost of the frames in a window; the cost of a frame without a face if none was
  /// measured.
  func cost(_ window: TimeWindow) -> Double {
    var (sum, count) = (0.0, 0)
    for (frame, cost) in zip(measurements.frames, costs) where window.contains(frame.time) {
      sum += cost
      count += 1
    }
    return count > 0 ? sum / Double(count) : Self.noFace
  }

  /// How many frames without a face the window has beyond the share that the rules permit, in tenths.
  ///
  /// 0 if the face is there or faces were not measured; 5 if the face is never there.
  ///
  /// - Parameter window: `nil` for the complete clip.
  func faceless(_ window: TimeWindow?) -> Int {
    guard measurements.facesMeasured else { return 0 }
    let frames = measurements.frames.filter { window?.contains($0.time) ?? true }
    let share = Double(frames.count { $0.face != nil }) / Double(max(frames.count, 1))
    return Int((max(0, judge.leastFaceShare - share) * 10).rounded(.up))
  }

  /// The least factor by which the pictures of a window may be scaled, 0–1; see `Judge.leastScale`.
  func leastScale(_ window: TimeWindow?) -> Double {
    judge.judging(window).leastScale(measurements)
  }

  /// Whether the verdict on a window has fewer predictions than the one on the clip, and no new ones.
  ///
  /// Never `true` for a window that shows less of the face, because where there is no face no fault
  /// of the face can be predicted.
  func improves(_ window: TimeWindow) -> Bool {
    guard faceless(window) <= faceless(nil) else { return false }
    let (whole, part) = (verdict(nil), verdict(window))
    let before = Set(whole.predictions.map(Self.key))
    let after = Set(part.predictions.map(Self.key))
    return after.isStrictSubset(of: before)
  }

  private static func key(_ prediction: Prediction) -> String {
    "\(prediction.code) \(prediction.measure) \(prediction.severity.rawValue)"
  }
}
