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

  @Test func `a narrow eye that is open all the time is open`() {
    let narrow = EyeBaseline.baseline([0.16, 0.17, 0.15, 0.16, 0.17])
    #expect(EyeBaseline.relative(0.16, to: narrow) > 0.6)
  }

  @Test func `a blink does not lower what counts as open`() {
    let ratios = [Double](repeating: 0.35, count: 20) + [0.2, 0.08, 0.06, 0.2]
    let baseline = EyeBaseline.baseline(ratios)
    #expect(EyeBaseline.relative(0.35, to: baseline) > 0.95)
    #expect(EyeBaseline.relative(0.08, to: baseline) == 0)
  }

  @Test func `shut eyes make no baseline of their own`() {
    let shut = [0.05, 0.08, 0.11, 0.06]
    let baseline = EyeBaseline.baseline(shut)
    for ratio in shut { #expect(EyeBaseline.relative(ratio, to: baseline) < 0.1) }
  }

  @Test func `open eyes take turns, and a lid that falls makes both be measured`() throws {
    var watch = EyeWatch()
    func looked(_ ratio: Double, yaw: Double = 0) throws -> (count: Int, ratios: EyeWatch.Ratios?) {
      var count = 0
      let ratios = try watch.look(yaw: yaw) { _ in
        count += 1
        return ratio
      }
      return (count, ratios)
    }
    #expect(try looked(0.35).count == 2)
    #expect(try looked(0.34).count == 1)
    #expect(try looked(0.36).count == 1)
    let blink = try looked(0.07)
    #expect(blink.count == 2)
    #expect(blink.ratios == EyeWatch.Ratios(left: 0.07, right: 0.07))
  }

  @Test func `a head turned far shows one eye, which stands for both`() throws {
    var watch = EyeWatch()
    var seen: [Bool] = []
    let ratios = try watch.look(yaw: 40) { side in
      seen.append(side == .left)
      return 0.3
    }
    #expect(seen == [true])
    #expect(ratios == EyeWatch.Ratios(left: 0.3, right: 0.3))
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
