extension MotionMeasurement {
  /// Reads the clip's movement off its measured frames.
  ///
  /// - Parameter voiced: the windows in which someone speaks, in seconds from the clip's start.
  package init(_ frames: [FrameMeasurement], voiced: [TimeWindow] = []) {
    let differences = frames.compactMap(\.difference)
    let faces = frames.compactMap(\.face)
    self.init(
      globalShake: Statistics.upperMedian(differences).map { $0 / 255 },
      headMotion: Self.headMotion(faces), blinks: Self.blinks(frames),
      actions: ActionSeries.actions(in: frames),
      mouthMovement: Statistics.standardDeviation(faces.map(\.mouthOpen)),
      mouthMovementWhileVoiced: Self.mouthMovement(frames, within: voiced))
  }

  /// Fewest frames with a voice and a face from which the mouth's movement is read: half a second.
  private static let fewestVoicedFrames = 5

  private static func mouthMovement(
    _ frames: [FrameMeasurement], within voiced: [TimeWindow]
  ) -> Double? {
    let openings = frames.compactMap { frame in
      voiced.contains { $0.contains(frame.time) } ? frame.face?.mouthOpen : nil
    }
    return openings.count < fewestVoicedFrames ? nil : Statistics.standardDeviation(openings)
  }

  /// Range of the head's turn and place between the 5th and 95th percentile: degrees of yaw ÷ 90,
  /// or the way of the face's centre ÷ the face's width, whichever is larger.
  private static func headMotion(_ faces: [FaceMeasurement]) -> Double? {
    guard faces.count > 1, let width = Statistics.upperMedian(faces.map(\.widthShare)), width > 0
    else {
      return nil
    }
    return max(
      range(faces.map(\.yaw)) / 90, range(faces.map(\.centerX)) / width,
      range(faces.map(\.centerY)) / width)
  }

  /// Dips of both eyes below half open that end within 0.6 s.
  ///
  /// A blink takes 0.1 to 0.4 s (Schiffman, "Sensation and Perception", 2001); eyes that stay shut
  /// are not a blink.
  private static func blinks(_ frames: [FrameMeasurement]) -> Int? {
    guard frames.contains(where: { $0.face != nil }) else { return nil }
    var count = 0
    var closedSince: Double?
    var wasOpen = false
    for frame in frames {
      guard let face = frame.face else {
        (closedSince, wasOpen) = (nil, false)
        continue
      }
      if (face.leftEyeOpen + face.rightEyeOpen) / 2 < 0.5 {
        if closedSince == nil, wasOpen { closedSince = frame.time }
      } else {
        if let since = closedSince, frame.time - since <= 0.6 { count += 1 }
        (closedSince, wasOpen) = (nil, true)
      }
    }
    return count
  }

  private static func range(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard sorted.count > 1 else { return 0 }
    let last = Double(sorted.count - 1)
    return sorted[Int((last * 0.95).rounded())] - sorted[Int((last * 0.05).rounded())]
  }
}
