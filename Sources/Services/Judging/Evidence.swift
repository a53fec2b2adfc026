/// All that the rules may read about one clip, and the readings themselves.
package struct Evidence: Sendable {
  /// The measurements, cut to the judged window.
  package let clip: ClipMeasurements
  /// The comparison photo; `nil` when none was given.
  package let photo: PhotoMeasurements?
  /// What the request will say.
  package let options: JudgeOptions
  /// The judged window of the clip.
  package let window: TimeWindow
  /// Indices into `clip.frames` of the frames that the server is expected to score.
  package let bestFrames: [Int]
  /// How many frames were looked through for faces.
  let searchedFrames: Int

  init(
    _ measurements: ClipMeasurements, photo: PhotoMeasurements?, options: JudgeOptions,
    qualityRules: [Rule]
  ) {
    let clip = options.window.map(measurements.restricted) ?? measurements.withConfirmedFaces
    let start = max(0, options.window?.start ?? 0)
    self.clip = clip
    self.photo = photo
    self.options = options
    self.searchedFrames = clip.frames.count { $0.searchedFace != nil }
    self.window = TimeWindow(start: start, end: start + clip.file.durationSeconds)
    self.bestFrames = FrameRanking.rank(clip, by: qualityRules, options: options)
      .prefix(FrameRanking.judgedFrames).map(\.index)
  }

  /// Whether no frame shows a face, looked for or not.
  var showsNoFace: Bool {
    !clip.facesMeasured || clip.frames.allSatisfy { $0.face == nil }
  }

  /// Why `need` is not met; `nil` when it is.
  func obstacle(to need: Measure.Need) -> UnmeasuredReason? {
    switch need {
    case .file: nil
    case .frames: clip.frames.isEmpty ? .noFrames : nil
    case .faces:
      if !clip.facesMeasured { .facesNotMeasured } else { clip.frames.isEmpty ? .noFrames : nil }
    case .motion:
      if !clip.facesMeasured {
        .facesNotMeasured
      } else {
        clip.motion?.isEmpty ?? true ? .motionNotMeasured : nil
      }
    case .audio: clip.audio == nil && clip.file.audioCodec != nil ? .audioNotMeasured : nil
    case .photo: photo == nil ? .photoNotGiven : nil
    case .photoFaces:
      if let photo { photo.faceCount == nil ? .facesNotMeasured : nil } else { .photoNotGiven }
    case .bandwidth: (options.bandwidth ?? 0) > 0 ? nil : .bandwidthNotGiven
    }
  }

  /// Why a measure whose need is met has no value.
  func reasonForSilence(of measure: Measure) -> UnmeasuredReason {
    switch measure.need {
    case .faces, .motion: showsNoFace ? .noFace : .notDecided
    case .photoFaces: photo?.face == nil ? .noFace : .notDecided
    case .audio: (clip.audio?.present ?? false) ? .notDecided : .noAudio
    case .file, .frames, .photo, .bandwidth: .notDecided
    }
  }

  /// The clip's value of `measure`; `nil` when there is none or it is not a finite number.
  func value(of measure: Measure, _ aggregation: Aggregation) -> Double? {
    switch measure.reading {
    case .name: return nil
    case .whole(let read):
      guard let value = read(self), value.isFinite else { return nil }
      return value
    case .frame:
      let frames = aggregation == .bestFrames ? bestFrames.map { clip.frames[$0] } : clip.frames
      let values = frames.compactMap(measure.value)
      let searched = aggregation == .bestFrames ? frames.count : searchedFrames
      guard measure.need != .faces || values.count >= FacePresence.fewest(of: searched) else {
        return nil
      }
      switch aggregation {
      case .median, .bestFrames, .whole: return Statistics.median(values)
      case .minimum: return values.min()
      case .maximum: return values.max()
      case .share: return Statistics.mean(values)
      }
    }
  }
}

extension MotionMeasurement {
  /// Whether nothing that is read from the face's movement was measured.
  fileprivate var isEmpty: Bool { headMotion == nil && blinks == nil && mouthMovement == nil }
}
