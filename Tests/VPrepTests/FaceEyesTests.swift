import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("Eyes: open, shut, blinking")
struct FaceEyesTests {
  @Test func `eyes that are shut throughout are known without an open frame`() async throws {
    let report = try await FaceClips.shared.report("eyes-shut")
    let open = try measured(report.measurements?.face?.eyesOpen, "eyesOpen")
    #expect(open < 0.15)
  }

  @Test(arguments: ["good-silent", "good-action", "good-lip", "dark-2", "bright-2", "tilted"])
  func `open, smiling and dimly lit eyes are open`(id: String) async throws {
    let report = try await FaceClips.shared.report(id)
    let open = try measured(report.measurements?.face?.eyesOpen, "eyesOpen")
    #expect(open > 0.7)
  }

  @Test func `a photograph blinks never`() async throws {
    let report = try await FaceClips.shared.report("still-photo", mode: .action)
    #expect(report.measurements?.face?.blinks == 0)
  }

  @Test(arguments: [ProviderMode.action, .lip])
  func `modes that ask for movement are measured often enough for a blink`(mode: ProviderMode) {
    // A blink's lids are down for 0.08 s or more: two frames of 25 a second, one of 10 at best.
    #expect(Sampler.rate(for: Service.tencent(mode).profile.needs) * 0.08 >= 2)
    #expect(
      Sampler.rate(for: Service.tencent(.silent).profile.needs)
        < Sampler.rate(for: Service.tencent(mode).profile.needs))
  }
}
