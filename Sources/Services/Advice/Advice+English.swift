extension Advice {
  /// The sentence in English, with the names of its blanks in braces.
  ///
  /// Catalogues of other languages translate it (`Docs/advice.md`).
  public var english: String {
    switch self {
    case .uploadBroken: "Send the video again: the upload broke off before its end."
    case .fileEmpty: "Record the video again: the file is empty."
    case .fileUnreadable: "Record the video again: the file cannot be read."
    case .fileWithoutPicture: "Record the video again: the file has no picture."
    case .fileUnplayable: "Record the video again: the file cannot be played."
    case .fileDamaged: "Record the video again: parts of the file are damaged."
    case .uncoverLens: "Uncover the lens: the picture is black."
    case .turnOnLight: "Turn on a light: the picture is too dark to see a face."
    case .showFace: "Hold the phone so that your face is in the picture: no face was seen."
    case .beAlone: "Make sure that you are alone in the picture."
    case .turnRound: "Turn round: the light is behind you."
    case .faceTheLight: "Face a window or a lamp: there is too little light on your face."
    case .leaveGlare: "Step out of the glare: there is too much light on your face."
    case .turnToTheLight: "Turn to the light: one half of your face is in the dark."
    case .lowerHand: "Take your hand away from your face."
    case .takeOffMask: "Take off your mask."
    case .uncoverMouth: "Uncover your mouth: take off a mask or a scarf, and keep your hands away."
    case .uncoverEyes:
      "Uncover your eyes: take off dark glasses, keep hair and hands away from them."
    case .uncoverFace:
      "Uncover your face: take off a mask or dark glasses, and keep your hands away."
    case .moveBack: "Move back: your face is too close."
    case .moveCloser: "Move closer: your face is too small in the picture."
    case .stayInPicture: "Keep your face in the picture all the time."
    case .showWholeFace: "Keep your whole face in the picture: parts of it are cut off."
    case .moveFromLeftEdge: "Move to the middle: your face is at the left edge of the picture."
    case .moveFromRightEdge: "Move to the middle: your face is at the right edge of the picture."
    case .lookStraight: "Look straight at the camera: your head is turned to one side."
    case .holdAtEyeLevel: "Hold the phone at eye level: your head is tipped up or down."
    case .holdUpright: "Hold your head upright: it is tilted to one side."
    case .keepEyesOpen: "Keep your eyes open while you record."
    case .holdStill: "Hold the phone still: your face is blurred by movement."
    case .focus: "Wipe the lens and let the camera focus: your face is blurred."
    case .avoidReflections:
      "Turn a little away from the lamp: it is reflected in front of your eyes."
    case .useSteadyLight: "Use daylight or another lamp: the light on your face flickers."
    case .useWhiteLight: "Use white light: the light on your face is coloured."
    case .recordInBetterLight: "Record in better light: the movement in the video is not smooth."
    case .makeMovements: "Make the movements that are asked for: no movement can be seen."
    case .followTheOrder: "Make the movements one after the other, in the order asked for."
    case .blink: "Close your eyes for a second when you are asked to."
    case .openMouth: "Open your mouth wide when you are asked to."
    case .nod: "Nod clearly when you are asked to."
    case .shakeHead: "Shake your head clearly when you are asked to."
    case .allowMicrophone: "Allow the microphone and record again: the video has no sound."
    case .uncoverMicrophone: "Uncover the microphone and record again: the video is silent."
    case .readAloud: "Read the digits aloud: hardly any speech can be heard."
    case .readYourself: "Read the digits aloud yourself: your lips do not move with the voice."
    case .moveLips: "Move your lips clearly while you read the digits aloud."
    case .speakUp: "Speak louder, or hold the phone closer: your voice can hardly be heard."
    case .recordLonger: "Record for longer: {seconds} seconds are enough."
    case .readMoreSlowly: "Read the digits more slowly: take about {seconds} seconds for them."
    case .recordShorter: "Record a shorter video: {seconds} seconds are enough."
    case .photoEmpty: "Choose another photo: the file is empty."
    case .photoFace: "Choose a photo that shows your face."
    case .photoAlone: "Choose a photo that shows you alone."
    case .photoWholeFace: "Choose a photo that shows your whole face."
    case .photoTooDark: "Choose a brighter photo: the face is too dark."
    case .photoTooBright: "Choose a photo without glare: the face is too bright."
    case .photoFaceTooSmall: "Choose a photo with a larger face."
    case .photoTooSmall: "Choose a larger photo: the picture is too small."
    case .photoBlurred: "Choose a sharper photo: the face is blurred."
    case .photoTooLarge: "Choose a smaller photo: the file is too large."
    case .photoFormat: "Save the photo as JPG or PNG."
    case .cutShorter: "Nothing to do for you: the video is shortened before it is sent."
    case .shrinkFile: "Nothing to do for you: the video is made smaller before it is sent."
    case .convertContainer, .convertVideo, .convertAudio:
      "Nothing to do for you: the video is saved in another format before it is sent."
    case .useAnotherCamera: "Use another phone or camera: the picture of this one is too small."
    case .sendAsRecorded: "Send the video as it was recorded: it was compressed too much."
    case .storeNearer: "Try again over a faster connection: fetching the video takes too long."
    }
  }

  /// The sentence in English.
  ///
  /// - Parameter parameters: what its blanks hold.
  public func english(_ parameters: [String: String]) -> String {
    AdviceText(parameters).fill(english)
  }
}
