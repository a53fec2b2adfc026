/// LIP mode: the person reads four digits aloud.
extension TencentRules {
  var sound: [Rule] {
    [
      Rule(
        code(.lipVoiceDetect), .audioPresent, .whole, .below,
        fail: answered(1, "no sound is detected"), modes: [.lip],
        advice: .allowMicrophone,
        integrator: "There is no audio stream that decodes; ask for the microphone permission."),
      Rule(
        code(.lipVoiceDetect), .peakDBFS, .whole, .below,
        fail: .heuristic(-60, "the loudest sample is below the noise of a phone's microphone"),
        goal: -12, modes: [.lip],
        advice: .uncoverMicrophone,
        integrator: "The loudest sample is at {value}; the microphone was muted or covered."),
      Rule(
        code(.lipVoiceDetect), .voicedShare, .whole, .below,
        warn: .heuristic(0.05, "four digits take a second; in 6 s that is three times as much"),
        goal: 0.3, modes: [.lip],
        advice: .readAloud,
        integrator: "Speech was found in {value} of the clip."),
      Rule(
        code(.lipVoiceLow), .voicedLoudness, .whole, .below,
        warn: .heuristic(-35, "12 LU below the -23 LUFS at which EBU R 128 levels speech"),
        fail: .heuristic(-45, "22 LU below the -23 LUFS at which EBU R 128 levels speech"),
        goal: -23, modes: [.lip],
        advice: .speakUp,
        integrator: "Speech is at {value}; check the microphone's gain."),
    ]
  }

  static let lips: [Rule] = [
    Rule(
      code(.lipFaceIncomplete), .completeness, .median, .below,
      warn: .heuristic(0.95, "hardly a landmark outside the frame"),
      fail: .heuristic(Measure.completeFace, "a fifth of the landmarks outside the frame"),
      goal: 1, modes: [.lip],
      advice: .showWholeFace,
      integrator: "Half of the frames show at most {value} of the face; draw a guide for it."),
    Rule(
      code(.lipMoveSmall), .mouthMovement, .whole, .below,
      warn: .heuristic(
        0.02,
        "twice the jitter of a still mouth's landmarks; five people who read a sentence reach 0.03 "
          + "to 0.09"),
      fail: .heuristic(0.01, "the jitter of a still mouth's landmarks"), goal: 0.08,
      modes: [.lip],
      advice: .moveLips,
      integrator: "The mouth's opening varies by {value}; a mouth that speaks reaches {goal}."),
    // A yawn or a smile before or after the voice is movement, but not reading.
    Rule(
      code(.lipMoveSmall), .mouthMovementWhileVoiced, .whole, .below,
      warn: .heuristic(
        0.01, "the jitter of a still mouth's landmarks; people who read a sentence reach 0.03"),
      goal: 0.08, modes: [.lip],
      advice: .readYourself,
      integrator: "While a voice is heard the mouth's opening varies by {value} alone."),
  ]
}
