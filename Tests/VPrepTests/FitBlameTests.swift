import Testing

@testable import MediaIO
@testable import VPrep

@Suite("An output that is not sound")
struct FitBlameTests {
  private func error(_ cause: MediaError.Cause) -> MediaError {
    MediaError(.verify, file: "out.mp4", cause: cause, detail: "the audio is missing")
  }

  private func status(_ clip: ProbedClip, _ cause: MediaError.Cause) -> VPrep.ExitStatus {
    VPrep.ExitStatus(VPrepError(Fitter.blaming(clip, for: error(cause))))
  }

  @Test("is the fault of a clip that is damaged or whose times are wrong, and names the clip")
  func damaged() {
    var clips = [ProbedClip](repeating: .made(), count: 6)
    clips[0] = .made(isDamaged: true)
    clips[1].loggedErrors = 1
    clips[2].picturesGoBack = true
    clips[3].audioGoesBack = true
    clips[4].hasClockJumps = true
    clips[5].hasCorrectedTimes = true
    for clip in clips {
      #expect(status(clip, .unusableOutput) == .unusableInput)
      let blamed = Fitter.blaming(clip, for: error(.unusableOutput))
      #expect(blamed.file == "made.mp4")
      #expect(blamed.detail.contains("the audio is missing"))
    }
  }

  @Test("is not the fault of a clip that is whole")
  func whole() {
    #expect(status(.made(), .unusableOutput) == .outputNotWritten)
  }

  @Test("that cannot be stored is never the clip's fault")
  func stored() {
    #expect(status(.made(isDamaged: true), .output) == .outputNotWritten)
  }
}
