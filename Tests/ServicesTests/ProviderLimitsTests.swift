import Services
import Testing

@Suite("The limits that a file must keep")
struct ProviderLimitsTests {
  @Test("count Base64 with its padding: four characters for every three bytes begun")
  func base64() {
    #expect([0, 1, 2, 3, 4, 6].map(Base64Size.encoded) == [0, 4, 4, 4, 8, 8])
    #expect(Base64Size.encoded(-5) == 0)
    #expect(Base64Size.encoded(.max) == .max)
    for characters in [0, 3, 4, 7, 8, 3_000_000, 8_000_000, 8_000_003] {
      let raw = Base64Size.largestRaw(within: characters)
      #expect(Base64Size.encoded(raw) <= characters)
      #expect(Base64Size.encoded(raw + 1) > characters)
    }
  }

  @Test("are those of the documents")
  func documented() {
    let megvii = Service.megvii.limits
    #expect(megvii.maximumBytes == 20_000_000)
    #expect(megvii.maximumBase64Bytes == nil)
    #expect(megvii.acceptedContainers == nil)
    #expect(megvii.recommendedDuration == 1...3)
    for mode in ProviderMode.allCases {
      let tencent = Service.tencent(mode).limits
      #expect(tencent.maximumBytes == 6_000_000)
      #expect(tencent.acceptedContainers == ["mp4", "avi", "flv"])
      #expect(tencent.maximumPhotoBase64Bytes == 3_000_000)
      #expect(tencent.downloadSeconds == 4)
      #expect(tencent.needsAudio == (mode == .lip))
    }
    #expect(Service(.tencent).limits.durationMustExceed == 2)
  }

  @Test("agree with the judge: a file made to them raises no prediction")
  func agreement() {
    for (provider, mode) in everyMode {
      let limits = Service.of(provider, mode).limits
      var clip = ClipMeasurements.good(for: provider, mode)
      clip.file.bytes = limits.maximumBytes
      clip.file.displayWidth = limits.minimumShortSide
      clip.file.displayHeight = limits.minimumLongSide
      clip = clip.eachFace { $0.widthPixels = limits.minimumFaceWidth }
      for duration in [
        limits.recommendedDuration?.lowerBound, limits.recommendedDuration?.upperBound,
      ] {
        if let duration { clip.file.durationSeconds = duration }
        #expect(Judge.judge(clip, provider: provider, mode: mode).predictions.isEmpty)
      }
      clip.file.bytes += 1
      #expect(Judge.judge(clip, provider: provider, mode: mode).outcome == .fail)
    }
  }
}
