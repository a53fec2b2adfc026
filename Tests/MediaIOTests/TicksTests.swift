import Testing

@testable import MediaIO

@Suite("Times in ticks")
struct TicksTests {
  private let milliseconds = Rational(1, 1000)

  @Test("are those within ten years; what lies beyond is no time")
  func range() {
    #expect(Ticks(0, in: milliseconds) == 0)
    #expect(Ticks(315_576_000_000, in: milliseconds)?.count == 315_576_000_000)
    #expect(Ticks(-315_576_000_000, in: milliseconds)?.count == -315_576_000_000)
    for beyond in [315_576_000_001, -315_576_000_001, Int64.max, .max - 1, .min, .min + 1, 1 << 58]
    {
      #expect(Ticks(beyond, in: milliseconds) == nil, "\(beyond)")
    }
  }

  @Test("stay within 2⁶⁰ ticks however short a tick is")
  func count() {
    let shortest = Rational(1, Int(Int32.max))
    #expect(Ticks(1 << 59, in: shortest) != nil)
    #expect(Ticks((1 << 60) + 1, in: Rational(1, .max)) == nil)
    #expect(Ticks((1 << 60) + 1, in: Rational(0, 1)) == nil)
  }

  @Test("cannot overflow, and are exact for two that were read")
  func arithmetic() {
    let (first, last) = (Ticks(clamping: -(1 << 60)), Ticks(clamping: 1 << 60))
    #expect((last - first).count == 1 << 61)
    #expect((last + last).count == 1 << 61)
    #expect((Ticks.max + .max) == .max)
    #expect((Ticks.min - .max) == .min)
    #expect(-Ticks.min == .max)
    #expect(Ticks(clamping: .min) == .min)
  }

  @Test("come from seconds only where those are in range")
  func seconds() {
    let clock = Rational(1, 90_000)
    #expect(Ticks(seconds: 1.5, in: clock)?.count == 135_000)
    #expect(Ticks(seconds: 0.99999, in: milliseconds, rounding: .down)?.count == 999)
    #expect(Ticks(seconds: 0.00001, in: milliseconds, rounding: .up)?.count == 1)
    for seconds in [Double.infinity, -.infinity, .nan, 1e300, 315_576_001] {
      #expect(Ticks(seconds: seconds, in: clock) == nil, "\(seconds)")
    }
    #expect(Ticks(seconds: 1, in: Rational(0, 1)) == nil)
    #expect(Ticks(seconds: 1, in: Rational(1, 0)) == nil)
    #expect(Ticks(clamping: 135_000).seconds(clock) == 1.5)
  }

  @Test("make an empty range where the end comes before the start")
  func ranges() {
    #expect(Range(from: Ticks.max, to: .min).isEmpty)
    #expect(ClosedRange(from: 2.0, to: 1.0) == 2...2)
  }
}
