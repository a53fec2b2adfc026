/// Everything that the rules can read about one clip: facts of the file, values per measured frame,
/// and audio.
///
/// The judge aggregates frames, as each rule states, so nothing here is averaged. A value that was
/// not measured is `nil`; a rule that reads `nil` is reported as unmeasured.
public struct ClipMeasurements: Sendable, Equatable {
  /// What the container and the streams say.
  public var file: ClipFacts
  /// One entry for each measured frame, in presentation order.
  public var frames: [FrameMeasurement]
  /// The audio; `nil` if it was not measured.
  public var audio: AudioMeasurement?
  /// Movement over the clip; `nil` if it was not measured.
  public var motion: MotionMeasurement?
  /// Whether faces were measured; if not, every face rule is unmeasured.
  public var facesMeasured: Bool

  /// Makes a set of measurements.
  public init(
    file: ClipFacts, frames: [FrameMeasurement] = [], audio: AudioMeasurement? = nil,
    motion: MotionMeasurement? = nil, facesMeasured: Bool = false
  ) {
    self.file = file
    self.frames = frames
    self.audio = audio
    self.motion = motion
    self.facesMeasured = facesMeasured
  }
}

/// What the container and the streams say about a clip, after rotation.
public struct ClipFacts: Sendable, Equatable {
  /// The demuxer's family: `mp4`, `mov`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg`, `asf`, `3gp`.
  public var container: String
  /// Size of the file in bytes.
  public var bytes: Int
  /// Duration in seconds; from the content if the header's is wrong.
  public var durationSeconds: Double
  /// FFmpeg's name of the video codec, such as `h264`.
  public var videoCodec: String
  /// FFmpeg's name of the audio codec; `nil` without audio.
  public var audioCodec: String?
  /// Width in pixels as a viewer sees it.
  public var displayWidth: Int
  /// Height in pixels as a viewer sees it.
  public var displayHeight: Int
  /// Mean frames per second.
  public var frameRate: Double
  /// Bits per second, averaged over the whole file.
  public var bitRate: Double
  /// Frames that were decoded.
  public var framesDecoded: Int
  /// Packets or frames that the decoder reported as damaged.
  public var decodeErrors: Int
  /// Seconds that the header promises beyond the content, as where an upload broke off; 0 otherwise.
  public var missingSeconds: Double

  /// Makes the facts of a clip.
  public init(
    container: String, bytes: Int, durationSeconds: Double, videoCodec: String,
    audioCodec: String?, displayWidth: Int, displayHeight: Int, frameRate: Double,
    bitRate: Double, framesDecoded: Int, decodeErrors: Int = 0,
    missingSeconds: Double = 0
  ) {
    self.container = container
    self.bytes = bytes
    self.durationSeconds = durationSeconds
    self.videoCodec = videoCodec
    self.audioCodec = audioCodec
    self.displayWidth = displayWidth
    self.displayHeight = displayHeight
    self.frameRate = frameRate
    self.bitRate = bitRate
    self.framesDecoded = framesDecoded
    self.decodeErrors = decodeErrors
    self.missingSeconds = missingSeconds
  }
}

/// The values of one measured frame.
public struct FrameMeasurement: Sendable, Equatable {
  /// Presentation time in seconds from the clip's start.
  public var time: Double
  /// Light over the whole frame: upright, full-range SDR luma.
  public var light: LightMeasurement
  /// Variance of the Laplacian of the frame's luma.
  public var sharpness: Double
  /// Mean absolute luma difference to the measured frame before it, 0–255; `nil` for the first.
  public var difference: Double?
  /// Standard deviation of the frame's noise in luma steps; `nil` when not estimated.
  public var noise: Double?
  /// The tracked face; `nil` if there is none or faces were not measured.
  public var face: FaceMeasurement?
  /// How many faces the frame shows; `nil` when faces were not looked for.
  public var faceCount: Int?
  /// Area of the second largest face as a share of the frame, 0–1; 0 when there is none.
  public var secondFaceAreaShare: Double
  /// The same area as a multiple of the followed face's; 0 when there is none.
  public var secondFaceSizeRatio: Double
  /// How the second largest face holds itself; `nil` when there is none of a size that counts, or it
  /// was not looked at in this frame.
  public var secondFace: SecondFaceMeasurement?

  /// Makes the values of one frame.
  public init(
    time: Double, light: LightMeasurement, sharpness: Double, difference: Double? = nil,
    noise: Double? = nil, face: FaceMeasurement? = nil, faceCount: Int? = nil,
    secondFaceAreaShare: Double = 0, secondFaceSizeRatio: Double = 0,
    secondFace: SecondFaceMeasurement? = nil
  ) {
    self.time = time
    self.light = light
    self.sharpness = sharpness
    self.difference = difference
    self.noise = noise
    self.face = face
    self.faceCount = faceCount
    self.secondFaceAreaShare = secondFaceAreaShare
    self.secondFaceSizeRatio = secondFaceSizeRatio
    self.secondFace = secondFace
  }
}

/// How the second largest face of a frame holds itself, which tells a person from a picture.
public struct SecondFaceMeasurement: Sendable, Equatable {
  /// Turn to the side in degrees; positive towards the viewer's right.
  public var yaw: Double
  /// Nod in degrees; positive upwards.
  public var pitch: Double
  /// Inner-lip gap ÷ mouth width.
  public var mouthOpen: Double

  /// Makes the values of a second face.
  public init(yaw: Double, pitch: Double, mouthOpen: Double) {
    self.yaw = yaw
    self.pitch = pitch
    self.mouthOpen = mouthOpen
  }
}

/// How luma is spread over a region: 0–255 full range, gamma-coded; shares 0–1.
public struct LightMeasurement: Sendable, Equatable {
  /// Mean luma.
  public var mean: Double
  /// 5th percentile.
  public var p05: Double
  /// Median.
  public var p50: Double
  /// 95th percentile.
  public var p95: Double
  /// Share of pixels darker than 40.
  public var darkShare: Double
  /// Share of pixels brighter than 210.
  public var brightShare: Double
  /// Share of pixels at 250 or above.
  public var clippedShare: Double
  /// |left half − right half| ÷ mean, 0 for even light.
  public var unevenness: Double

  /// Makes a light measurement.
  public init(
    mean: Double, p05: Double, p50: Double, p95: Double, darkShare: Double, brightShare: Double,
    clippedShare: Double, unevenness: Double
  ) {
    self.mean = mean
    self.p05 = p05
    self.p50 = p50
    self.p95 = p95
    self.darkShare = darkShare
    self.brightShare = brightShare
    self.clippedShare = clippedShare
    self.unevenness = unevenness
  }
}

/// The tracked face in one frame; positions and sizes in the upright frame.
public struct FaceMeasurement: Sendable, Equatable {
  /// Face width ÷ frame width, 0–1.
  public var widthShare: Double
  /// Face width in pixels.
  public var widthPixels: Double
  /// Inter-eye distance in pixels.
  public var interEyePixels: Double
  /// Horizontal centre of the face, 0 (left edge as seen by a viewer) to 1.
  public var centerX: Double
  /// Vertical centre of the face, 0 (top) to 1.
  public var centerY: Double
  /// Share of the face's landmarks inside the frame, 0–1.
  public var completeness: Double
  /// Turn to the side in degrees; positive towards the viewer's right.
  public var yaw: Double
  /// Nod in degrees; positive upwards.
  ///
  /// What is level differs between people by some degrees.
  public var pitch: Double
  /// Tilt in degrees; positive clockwise as the viewer sees it.
  public var roll: Double
  /// Openness of the viewer-left eye relative to this person's open eyes, 0 (shut) to 1.
  public var leftEyeOpen: Double
  /// Openness of the viewer-right eye relative to this person's open eyes, 0 (shut) to 1.
  public var rightEyeOpen: Double
  /// Inner-lip gap ÷ mouth width.
  public var mouthOpen: Double
  /// Share of the nose–mouth–chin region that is covered, 0–1; `nil` when not decided.
  public var lowerFaceOcclusion: Double?
  /// Share of the eye region that is covered, 0–1; `nil` when not decided.
  public var eyeOcclusion: Double?
  /// Share of the mouth, the nose or an eye that hands cover, of the one that they cover most, 0–1; 0
  /// where nothing hints at a hand, `nil` without face networks.
  public var handOcclusion: Double?
  /// Light on the face.
  public var light: LightMeasurement
  /// Variance of the Laplacian of the face resampled to 128 pixels of width.
  public var sharpness: Double
  /// Directional blur of the face, 0 (none) to 1; `nil` when not decided.
  public var motionBlur: Double?
  /// Kurtosis of the Laplacian of the face: 3 for detail that is spread evenly, more where few outlines
  /// hold most of it; `nil` when not decided.
  public var contours: Double?
  /// Luma of the whites of the eyes: the 90th percentile between the lids; `nil` for shut eyes.
  public var eyeWhites: Double?
  /// Share of the area around an eye at luma 250 or above, the larger of both; `nil` when not decided.
  public var eyeGlare: Double?
  /// log (R ÷ G) of the skin; `nil` when not decided.
  public var skinRedness: Double?
  /// log (G ÷ B) of the skin; `nil` when not decided.
  public var skinYellowness: Double?

  /// Makes the values of one face.
  public init(
    widthShare: Double, widthPixels: Double, interEyePixels: Double, centerX: Double,
    centerY: Double, completeness: Double, yaw: Double, pitch: Double, roll: Double,
    leftEyeOpen: Double, rightEyeOpen: Double, mouthOpen: Double,
    lowerFaceOcclusion: Double? = nil, eyeOcclusion: Double? = nil,
    handOcclusion: Double? = nil, light: LightMeasurement, sharpness: Double,
    motionBlur: Double? = nil, contours: Double? = nil, eyeWhites: Double? = nil,
    eyeGlare: Double? = nil, skinRedness: Double? = nil, skinYellowness: Double? = nil
  ) {
    self.widthShare = widthShare
    self.widthPixels = widthPixels
    self.interEyePixels = interEyePixels
    self.centerX = centerX
    self.centerY = centerY
    self.completeness = completeness
    self.yaw = yaw
    self.pitch = pitch
    self.roll = roll
    self.leftEyeOpen = leftEyeOpen
    self.rightEyeOpen = rightEyeOpen
    self.mouthOpen = mouthOpen
    self.lowerFaceOcclusion = lowerFaceOcclusion
    self.eyeOcclusion = eyeOcclusion
    self.handOcclusion = handOcclusion
    self.light = light
    self.sharpness = sharpness
    self.motionBlur = motionBlur
    self.contours = contours
    self.eyeWhites = eyeWhites
    self.eyeGlare = eyeGlare
    self.skinRedness = skinRedness
    self.skinYellowness = skinYellowness
  }
}

/// Measurements of the audio.
public struct AudioMeasurement: Sendable, Equatable {
  /// Whether there is an audio stream that decodes to at least one sample.
  public var present: Bool
  /// Highest sample in dB below full scale; `-infinity` is written as −120.
  public var peakDBFS: Double?
  /// Integrated loudness by ITU-R BS.1770 in LUFS; `nil` when not measured.
  public var loudnessLUFS: Double?
  /// Loudness of the voiced parts alone in LUFS; `nil` when not measured.
  public var voicedLoudnessLUFS: Double?
  /// Share of the clip in which someone speaks, 0–1; `nil` when not measured.
  public var voicedShare: Double?
  /// The track piece by piece; empty where it was not looked at so closely.
  package var frames: [AudioFrame] = []

  /// Makes an audio measurement.
  public init(
    present: Bool, peakDBFS: Double? = nil, loudnessLUFS: Double? = nil,
    voicedLoudnessLUFS: Double? = nil, voicedShare: Double? = nil
  ) {
    self.present = present
    self.peakDBFS = peakDBFS
    self.loudnessLUFS = loudnessLUFS
    self.voicedLoudnessLUFS = voicedLoudnessLUFS
    self.voicedShare = voicedShare
  }
}

/// How the clip moves as a whole.
public struct MotionMeasurement: Sendable, Equatable {
  /// Shake of the whole frame; 0 for a camera that does not move.
  public var globalShake: Double?
  /// Range of the head's turn and place over the clip; 0 for a still head.
  public var headMotion: Double?
  /// Blinks that were counted.
  public var blinks: Int?
  /// Actions of the face, in the order of time; `nil` if no frame shows one.
  public var actions: [FaceAction]?
  /// Standard deviation of the mouth's opening over the clip.
  public var mouthMovement: Double?
  /// Standard deviation of the mouth's opening over the parts in which someone speaks; `nil` when
  /// too little is heard to tell.
  public var mouthMovementWhileVoiced: Double?

  /// Makes a motion measurement.
  public init(
    globalShake: Double? = nil, headMotion: Double? = nil, blinks: Int? = nil,
    actions: [FaceAction]? = nil, mouthMovement: Double? = nil,
    mouthMovementWhileVoiced: Double? = nil
  ) {
    self.globalShake = globalShake
    self.headMotion = headMotion
    self.blinks = blinks
    self.actions = actions
    self.mouthMovement = mouthMovement
    self.mouthMovementWhileVoiced = mouthMovementWhileVoiced
  }
}
