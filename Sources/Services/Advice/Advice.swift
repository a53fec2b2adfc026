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
  case uploadBroken = "upload-broken"
  case fileEmpty = "file-empty"
  case fileUnreadable = "file-unreadable"
  case fileWithoutPicture = "file-without-picture"
  case fileUnplayable = "file-unplayable"
  case fileDamaged = "file-damaged"

  // Whether a face is there, and whose.
  case uncoverLens = "uncover-lens"
  case turnOnLight = "turn-on-light"
  case showFace = "show-face"
  case beAlone = "be-alone"

  // Its light.
  case turnRound = "turn-round"
  case faceTheLight = "face-the-light"
  case leaveGlare = "leave-glare"
  case turnToTheLight = "turn-to-the-light"

  // What covers it.
  case lowerHand = "lower-hand"
  case takeOffMask = "take-off-mask"
  case uncoverMouth = "uncover-mouth"
  case uncoverEyes = "uncover-eyes"
  case uncoverFace = "uncover-face"

  // Its size and place.
  case moveBack = "move-back"
  case moveCloser = "move-closer"
  case stayInPicture = "stay-in-picture"
  case showWholeFace = "show-whole-face"
  case moveFromLeftEdge = "move-from-left-edge"
  case moveFromRightEdge = "move-from-right-edge"

  // How it is turned.
  case lookStraight = "look-straight"
  case holdAtEyeLevel = "hold-at-eye-level"
  case holdUpright = "hold-upright"

  case keepEyesOpen = "keep-eyes-open"

  // Sharpness, and light that is unusual.
  case holdStill = "hold-still"
  case focus = "focus"
  case avoidReflections = "avoid-reflections"
  case useSteadyLight = "use-steady-light"
  case useWhiteLight = "use-white-light"
  case recordInBetterLight = "record-in-better-light"

  // Movements.
  case makeMovements = "make-movements"
  case followTheOrder = "follow-the-order"
  case blink = "blink"
  case openMouth = "open-mouth"
  case nod = "nod"
  case shakeHead = "shake-head"

  // The voice.
  case allowMicrophone = "allow-microphone"
  case uncoverMicrophone = "uncover-microphone"
  case readAloud = "read-aloud"
  case readYourself = "read-yourself"
  case moveLips = "move-lips"
  case speakUp = "speak-up"

  // How long it lasts.
  case recordLonger = "record-longer"
  case readMoreSlowly = "read-more-slowly"
  case recordShorter = "record-shorter"

  // The photo that it is compared with.
  case photoEmpty = "photo-empty"
  case photoFace = "photo-face"
  case photoAlone = "photo-alone"
  case photoWholeFace = "photo-whole-face"
  case photoTooDark = "photo-too-dark"
  case photoTooBright = "photo-too-bright"
  case photoFaceTooSmall = "photo-face-too-small"
  case photoTooSmall = "photo-too-small"
  case photoBlurred = "photo-blurred"
  case photoTooLarge = "photo-too-large"
  case photoFormat = "photo-format"

  // What the person cannot change.
  case cutShorter = "cut-shorter"
  case shrinkFile = "shrink-file"
  case convertContainer = "convert-container"
  case convertVideo = "convert-video"
  case convertAudio = "convert-audio"
  case useAnotherCamera = "use-another-camera"
  case sendAsRecorded = "send-as-recorded"
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
