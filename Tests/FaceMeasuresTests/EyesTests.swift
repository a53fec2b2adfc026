import Testing

@testable import FaceMeasures

@Suite("Eyes: what counts as open, and which are looked at")
struct EyesTests {
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
    var watch = EyeSampler()
    func looked(_ ratio: Double, yaw: Double = 0) throws -> (count: Int, ratios: EyeSampler.Ratios?)
    {
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
    #expect(blink.ratios == EyeSampler.Ratios(left: 0.07, right: 0.07))
  }

  @Test func `a head turned far shows one eye, which stands for both`() throws {
    var watch = EyeSampler()
    var seen: [Bool] = []
    let ratios = try watch.look(yaw: 40) { side in
      seen.append(side == .left)
      return 0.3
    }
    #expect(seen == [true])
    #expect(ratios == EyeSampler.Ratios(left: 0.3, right: 0.3))
  }
}
