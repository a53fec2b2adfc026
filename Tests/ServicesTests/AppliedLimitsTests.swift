import Services
import Testing

@Suite("The limits that a caller has changed")
struct AppliedLimitsTests {
  private func limits(_ service: Service, _ json: String) throws -> ProviderLimits {
    Judge(service, overrides: try RuleOverrides(json: json)).limits
  }

  @Test("are the service's own where nothing is changed")
  func unchanged() {
    for (provider, mode) in everyMode {
      let service = Service.of(provider, mode)
      #expect(Judge(service).limits == service.limits, "\(service)")
      #expect(
        Judge(service).frameLimits
          == FrameLimits(dark: 70, bright: 230, width: 200, sharpness: 22))
      #expect(Judge(service).leastFaceShare == 0.5)
    }
    #expect(Judge(.megviiVideo).limits == Service.megviiVideo.limits)
  }

  @Test("say how long a clip may last, and how large it may be")
  func durations() throws {
    let megvii = try limits(
      .megvii,
      #"""
      {"VIDEO_INVALID_DURATION": {"input.durationSeconds": {"max": {"warn": 15, "fail": null}}},
       "BAD_ARGUMENTS:video": {"input.bytes": {"fail": 5000000}}}
      """#)
    #expect(megvii.recommendedDuration == 1...15)
    #expect(megvii.acceptedDuration.upperBound == .infinity)
    #expect(megvii.maximumBytes == 5_000_000)
    let tencent = try limits(
      .tencent(.silent),
      #"""
      {"SilentTooShort": {"input.durationSeconds": {"fail": 1}},
       "LipSizeError": {"input.base64Bytes": {"fail": 4000000}},
       "LipVideoInvalid": {"input.container": {"accept": ["mp4", "mov"]}}}
      """#)
    #expect(tencent.durationMustExceed == 1)
    #expect(tencent.maximumBytes == 3_000_000)
    #expect(tencent.acceptedContainers == ["mp4", "mov"])
  }
}
