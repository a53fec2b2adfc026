/// What a person is told to do, by what it asks for: one case for each sentence.
///
/// The cases stand in the order in which they matter: a broken file before all, then whether a face is
/// there, its light, what covers it, its size and place, how it is turned, its eyes, its sharpness, the
/// movements, the voice, and what can be repaired. Somebody who is told one thing at a time is told the
/// first of them: a face in the dark is first lit, then looked at.
///
/// Raw values are stable; the sentences may change and are translated (`Docs/advice.md`).
public enum Advice: String, Sendable, Codable, CaseIterable {
  // The file.
  /// The file ends before the content that its header promises.
  case uploadBroken = "upload-broken"
  /// The file has no bytes.
  case fileEmpty = "file-empty"
  /// The container is unknown or refused.
  case fileUnreadable = "file-unreadable"
  /// The file has no video stream.
  case fileWithoutPicture = "file-without-picture"
  /// The video decodes to no frame.
  case fileUnplayable = "file-unplayable"
  /// Packets or frames are damaged.
  case fileDamaged = "file-damaged"

  // Whether a face is there, and whose.
  /// The picture is black.
  case uncoverLens = "uncover-lens"
  /// No face is seen in a dark picture.
  case turnOnLight = "turn-on-light"
  /// No face is seen.
  case showFace = "show-face"
  /// Another person is in the picture.
  case beAlone = "be-alone"

  // Its light.
  /// The light comes from behind.
  case turnRound = "turn-round"
  /// Too little light falls on the face.
  case faceTheLight = "face-the-light"
  /// Too much light falls on the face.
  case leaveGlare = "leave-glare"
  /// One half of the face is in shadow.
  case turnToTheLight = "turn-to-the-light"

  // What covers it.
  /// A hand covers a part of the face.
  case lowerHand = "lower-hand"
  /// A mask covers the lower face.
  case takeOffMask = "take-off-mask"
  /// Something covers the lower face.
  case uncoverMouth = "uncover-mouth"
  /// Something covers the eyes.
  case uncoverEyes = "uncover-eyes"
  /// Something covers the face.
  case uncoverFace = "uncover-face"

  // Its size and place.
  /// The face is too large for the picture.
  case moveBack = "move-back"
  /// The face is too small.
  case moveCloser = "move-closer"
  /// The face is seen for a part of the time.
  case stayInPicture = "stay-in-picture"
  /// A part of the face lies outside the picture.
  case showWholeFace = "show-whole-face"
  /// The face is at the viewer's left edge.
  case moveFromLeftEdge = "move-from-left-edge"
  /// The face is at the viewer's right edge.
  case moveFromRightEdge = "move-from-right-edge"

  // How it is turned.
  /// The head is turned to a side.
  case lookStraight = "look-straight"
  /// The head is tipped up or down.
  case holdAtEyeLevel = "hold-at-eye-level"
  /// The head is tilted.
  case holdUpright = "hold-upright"

  /// The eyes are shut.
  case keepEyesOpen = "keep-eyes-open"

  // Sharpness, and light that is unusual.
  /// The face is blurred by movement.
  case holdStill = "hold-still"
  /// The face is out of focus.
  case focus = "focus"
  /// A lamp is reflected before the eyes.
  case avoidReflections = "avoid-reflections"
  /// The light on the face flickers.
  case useSteadyLight = "use-steady-light"
  /// The light on the face is coloured.
  case useWhiteLight = "use-white-light"
  /// The frame rate is too low, as cameras make it in little light.
  case recordInBetterLight = "record-in-better-light"

  // Movements.
  /// No movement is seen where some are asked for.
  case makeMovements = "make-movements"
  /// Movements are made in another order than asked for.
  case followTheOrder = "follow-the-order"
  /// The eyes were to be closed.
  case blink = "blink"
  /// The mouth was to be opened.
  case openMouth = "open-mouth"
  /// The head was to be nodded.
  case nod = "nod"
  /// The head was to be shaken.
  case shakeHead = "shake-head"

  // The voice.
  /// The clip has no sound.
  case allowMicrophone = "allow-microphone"
  /// The sound is silent.
  case uncoverMicrophone = "uncover-microphone"
  /// Hardly any speech is heard.
  case readAloud = "read-aloud"
  /// The lips do not move with the voice.
  case readYourself = "read-yourself"
  /// The lips hardly move.
  case moveLips = "move-lips"
  /// The voice is too quiet.
  case speakUp = "speak-up"

  // How long it lasts.
  /// The clip is too short.
  case recordLonger = "record-longer"
  /// The clip is too short for the digits.
  case readMoreSlowly = "read-more-slowly"
  /// The clip is too long, and nothing of it can be cut away.
  case recordShorter = "record-shorter"

  // The photo that it is compared with.
  /// The photo's file has no bytes.
  case photoEmpty = "photo-empty"
  /// The photo shows no face.
  case photoFace = "photo-face"
  /// The photo shows several faces.
  case photoAlone = "photo-alone"
  /// The photo cuts the face.
  case photoWholeFace = "photo-whole-face"
  /// The face in the photo is too dark.
  case photoTooDark = "photo-too-dark"
  /// The face in the photo is too bright.
  case photoTooBright = "photo-too-bright"
  /// The face in the photo is too small.
  case photoFaceTooSmall = "photo-face-too-small"
  /// The photo has too few pixels.
  case photoTooSmall = "photo-too-small"
  /// The face in the photo is blurred.
  case photoBlurred = "photo-blurred"
  /// The photo has too many bytes or pixels.
  case photoTooLarge = "photo-too-large"
  /// The photo is neither JPEG nor PNG.
  case photoFormat = "photo-format"

  // What the person cannot change.
  /// The clip is too long, and can be cut.
  case cutShorter = "cut-shorter"
  /// The file has too many bytes.
  case shrinkFile = "shrink-file"
  /// The container is not accepted.
  case convertContainer = "convert-container"
  /// The video codec may not be accepted.
  case convertVideo = "convert-video"
  /// The audio codec may not be accepted.
  case convertAudio = "convert-audio"
  /// The camera's picture has too few pixels.
  case useAnotherCamera = "use-another-camera"
  /// The picture lost its detail to compression.
  case sendAsRecorded = "send-as-recorded"
  /// Fetching the clip takes the service too long.
  case storeNearer = "store-nearer"

  /// Position in the order in which advice matters, 0 first.
  package var rank: Int { Self.ranks[self] ?? Self.allCases.count }

  private static let ranks = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// Who can mend what is wrong, and how.
public enum Remedy: String, Sendable, Codable, CaseIterable {
  /// The person records again, or chooses another photo.
  case retake
  /// `fit` or `prep` mends it; the person does nothing.
  case repair
  /// The integrator changes the request or how clips are recorded and sent.
  case request
}

extension Advice {
  /// Who can mend it.
  public var remedy: Remedy {
    switch self {
    case .cutShorter, .shrinkFile, .convertContainer, .convertVideo, .convertAudio: .repair
    case .useAnotherCamera, .sendAsRecorded, .storeNearer: .request
    default: .retake
    }
  }
}
