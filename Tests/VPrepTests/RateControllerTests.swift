import Foundation
import Testing

@testable import VPrep

@Suite("The control of an encode")
struct RateControllerTests {
  /// An encoder of which the bytes follow a law: three pictures behind, as x264 is with three threads.
  private struct Encoder {
    /// Steps of quality for half the bytes.
    let steps: Double
    /// Bytes of a picture at quality 24, by its number.
    let cost: (Int) -> Double
    static let (delay, lookahead) = (3, 13)

    /// Bytes of a whole encode by those that it may have, and the qualities of its pictures.
    func use(
      of budget: Int, pictures: Int, rate: Double = 30, start: Double? = nil
    ) -> (use: Double, qualities: [Double]) {
      let times = (0..<pictures).map { Double($0) / rate }
      var controller = RateController(
        budget: budget,
        clip: RateController.Clip(
          duration: Double(pictures) / rate, pixels: 1e6, frameRate: rate, keyInterval: 10,
          delay: Self.delay),
        profile: ComplexityProfile(
          times: times, bytes: times.map { _ in 1 }, start: 0, duration: Double(pictures) / rate),
        start: start)
      var written = RateController.Written()
      var qualities: [Double] = []
      for sent in 0..<pictures + Self.lookahead {
        // What is sent after the last picture is the end, with which no rates are set.
        if sent < pictures || qualities.isEmpty {
          let rates = controller.update(written: written, surplus: 0)
          if sent >= Self.lookahead - Self.delay { qualities.append(rates.quality) }
        } else {
          qualities.append(qualities[qualities.count - 1])
        }
        let done = sent - Self.lookahead
        guard done >= 0 else { continue }
        let bytes = Int(cost(done) * exp2((24 - qualities[done]) / steps))
        written.bytes += bytes
        written.time = times[done]
        if done == 0 { (written.keys, written.keyBytes) = (1, bytes) }
      }
      return (Double(written.bytes) / Double(budget), Array(qualities.prefix(pictures)))
    }
  }

  @Test(
    "lands within 3 % of the bytes, however these follow the quality",
    arguments: [2.0, 3, 4, 6], [20.0, 26, 32])
  func lands(steps: Double, start: Double) {
    let encoder = Encoder(steps: steps) { _ in 20_000 }
    let (use, qualities) = encoder.use(of: 300 * 20_000, pictures: 300, start: start)
    #expect(abs(use - 0.99) <= 0.03)
    // Settled after the first three seconds.
    for quality in qualities[100..<270] { #expect(abs(quality - 24) <= 0.6) }
  }

  @Test("follows a clip that becomes three times as hard, which its source does not tell")
  func hardens() {
    let encoder = Encoder(steps: 4) { $0 < 150 ? 10_000 : 30_000 }
    let (use, _) = encoder.use(of: 300 * 20_000, pictures: 300, start: 24)
    #expect(abs(use - 0.99) <= 0.04)
  }

  @Test("holds one quality where a clip is over before the first pictures are written")
  func short() {
    let encoder = Encoder(steps: 4) { _ in 60_000 }
    let (_, qualities) = encoder.use(of: 30 * 20_000, pictures: 30, start: 24)
    #expect(Set(qualities) == [24])
  }

  @Test("learns from a change of the quality how the bytes follow it")
  func slope() {
    var cost = PictureCost()
    let usual = cost.steps
    for (index, quality) in [24.0, 28, 24, 28].enumerated() {
      cost.add(
        PictureCost.Piece(
          time: Double(index), share: 0.1, bytes: 1000 * exp2((24 - quality) / 2),
          quality: quality))
    }
    #expect(cost.steps < 2.2 && cost.steps < usual)
    #expect(abs((cost.bytes(at: 24) ?? 0) - 10_000) < 1000)
  }

  @Test("does not take the source's key frames for pictures that are hard to encode")
  func keyFrames() {
    let times = (0..<300).map { Double($0) / 30 }
    let bytes = times.indices.map { $0 % 60 == 0 ? 50_000 : 5_000 }
    let profile = ComplexityProfile(times: times, bytes: bytes, start: 0, duration: 10)
    for tenth in 1..<9 {
      let place = Double(tenth) / 10
      #expect(abs(profile.share(until: place) - place) < 0.02)
    }
  }
}
