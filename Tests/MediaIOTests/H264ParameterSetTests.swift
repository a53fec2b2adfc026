import Testing

@testable import MediaIO

@Suite("An H.264 parameter set")
struct H264ParameterSetTests {
  @Test("is read: 1080×1920, cropped, full range, square samples")
  func main() throws {
    var bits = Bits()
    bits.write(77, 8)  // Main profile
    bits.write(0x0028, 16)
    bits.code(0)  // its number
    bits.code(4)
    bits.code(2)  // no order of its own
    bits.code(1)
    bits.write(0, 1)
    bits.code(67)  // 68 · 16 = 1088 columns
    bits.code(119)  // 120 · 16 = 1920 rows
    bits.write(1, 1)  // frames only
    bits.write(1, 1)
    bits.write(1, 1)  // cropped
    for edge in [0, 4, 0, 0] { bits.code(edge) }
    bits.write(1, 1)  // usability
    bits.write(1, 1)
    bits.write(1, 8)  // square
    bits.write(0, 1)
    bits.write(1, 1)
    bits.write(5, 3)
    bits.write(1, 1)  // full range
    bits.write(1, 1)
    for number in [9, 18, 9] { bits.write(number, 8) }
    bits.write(0, 16)
    let set = try #require(H264ParameterSet(payload: bits.bytes))
    #expect(set.width == 1080)
    #expect(set.height == 1920)
    #expect(set.isProgressive)
    #expect(set.isShownAsDecoded)
    #expect(set.isFullRange == true)
    #expect(set.sampleAspect == (1, 1))
    #expect(set.transfer == 18)
    #expect(set.chromaFormat == 1)
    #expect(set.bitDepth == 8)
  }

  @Test("that ends early is none")
  func truncated() {
    #expect(H264ParameterSet(payload: []) == nil)
    // Profile and level, and nothing behind them.
    #expect(H264ParameterSet(payload: [77, 0, 40]) == nil)
  }

  @Test("is none in a box that is too short, of another version, or holds two")
  func boxes() {
    let good: [UInt8] = [1, 77, 0, 40, 0xFF, 0xE1, 0, 5, 0x67, 77, 0, 40, 0x8D]
    for count in 0..<good.count {
      #expect(H264ParameterSet(avcC: Array(good.prefix(count)).span) == nil)
    }
    var other = good
    other[0] = 2
    #expect(H264ParameterSet(avcC: other.span) == nil)
    other = good
    other[5] = 0xE2
    #expect(H264ParameterSet(avcC: other.span) == nil)
  }

  @Test("of random bytes never traps")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if let set = H264ParameterSet(payload: bytes) {
        #expect(set.width > 0 && set.height > 0)
      }
    }
  }

  /// Writes bits, the most significant first.
  private struct Bits {
    private var all: [Bool] = []

    mutating func write(_ value: Int, _ count: Int) {
      for shift in (0..<count).reversed() { all.append(value >> shift & 1 == 1) }
    }

    /// An unsigned Exp-Golomb code.
    mutating func code(_ value: Int) {
      let length = (value + 1).bitWidth - (value + 1).leadingZeroBitCount
      write(0, length - 1)
      write(value + 1, length)
    }

    var bytes: [UInt8] {
      stride(from: 0, to: all.count, by: 8).map { start in
        (0..<8).reduce(0) { byte, bit in
          byte << 1 | (start + bit < all.count && all[start + bit] ? 1 : 0)
        }
      }
    }
  }
}
