/// A frame that shows why a verdict is as it is.
package struct TellingFrame: Sendable, Codable, Equatable {
  /// What a frame shows.
  package struct Reason: Sendable, Codable, Equatable {
    /// The code that is predicted.
    package var code: String
    /// How bad that is.
    package var severity: Severity
    /// The measure that the prediction rests on.
    package var measure: String
    /// Its value in this frame, with its unit.
    package var value: String
  }

  /// Seconds from the clip's start.
  package var t: Double
  /// Whether it is the frame that the service is expected to like best.
  package var isBest: Bool
  /// The predictions that it is the worst frame for; empty for one that shows the clip alone.
  package var reasons: [Reason]
}

extension Judge {
  /// The best frame, the worst one for each prediction, and some that show how the clip goes on.
  ///
  /// - Parameters:
  ///   - times: when the frames are shown that there are pictures of.
  ///   - most: how many frames at most.
  /// - Returns: in the order of time.
  package func tellingFrames(
    of measurements: ClipMeasurements, _ verdict: Verdict, among times: Set<Double>, most: Int
  ) -> [TellingFrame] {
    var clip = evidence(measurements, photo: nil).clip
    clip.frames.removeAll { !times.contains($0.time) }
    var chosen: [TellingFrame] = []
    func choose(_ frame: FrameMeasurement, isBest: Bool = false, _ reason: TellingFrame.Reason?) {
      if let index = chosen.firstIndex(where: { $0.t == frame.time }) {
        chosen[index].reasons += [reason].compactMap { $0 }
      } else if chosen.count < most {
        chosen.append(
          TellingFrame(t: frame.time, isBest: isBest, reasons: [reason].compactMap { $0 }))
      }
    }
    if let best = FrameRanking.rank(clip, by: qualityRules, options: options).first {
      choose(clip.frames[best.index], isBest: true, nil)
    }
    for prediction in verdict.predictions {
      guard
        let rule = rules.first(where: {
          $0.code == prediction.code && $0.measure.name == prediction.measure
        }), let side = rule.side, let worst = clip.frames.worst(of: rule, side)
      else { continue }
      choose(
        worst.frame,
        TellingFrame.Reason(
          code: prediction.code, severity: prediction.severity, measure: prediction.measure,
          value: rule.aggregation == .share ? "" : rule.measure.unit.text(worst.value)))
    }
    // A clip of which little is told shows at least its course.
    for share in [0.5, 0, 1] where chosen.count < min(most, 4) && !clip.frames.isEmpty {
      choose(clip.frames[Int(share * Double(clip.frames.count - 1))], nil)
    }
    return chosen.sorted { $0.t < $1.t }
  }
}

extension Judge {
  /// The limits that one frame crosses by itself, by measure, the worst of each.
  ///
  /// The verdict rests on many frames: a frame that crosses a limit need not decide anything.
  package func crossings(in frame: FrameMeasurement) -> [String: Severity] {
    var found: [String: Severity] = [:]
    for rule in rules where rule.aggregation != .share && rule.isAsked(options) {
      let name = rule.measure.name
      guard found[name] != .fail, let value = rule.measure.value(in: frame),
        let crossing = rule.crossing(value, condition: { $0.value(in: frame) }).worst
      else { continue }
      found[name] = crossing.severity
    }
    return found
  }
}

extension [FrameMeasurement] {
  /// The frame that lies furthest on the bad side of a rule's measure.
  ///
  /// Where frames only count as good or bad, the one in the middle of the bad ones stands for them.
  fileprivate func worst(
    of rule: Rule, _ side: Comparison.Side
  ) -> (frame: FrameMeasurement, value: Double)? {
    let valued = compactMap { frame in rule.measure.value(in: frame).map { (frame, $0) } }
    guard rule.aggregation == .share else {
      return side == .min ? valued.min { $0.1 < $1.1 } : valued.max { $0.1 < $1.1 }
    }
    let bad = valued.filter { ($0.1 < 0.5) == (side == .min) }
    return bad.isEmpty ? nil : bad[bad.count / 2]
  }
}
