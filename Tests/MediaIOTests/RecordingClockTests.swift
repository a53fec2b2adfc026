import Testing

@testable import MediaIO

@Suite("The clock of a file with several recordings")
struct RecordingClockTests {
  /// The times that packets get, of pictures (stream 0) and sound (1) in the order of the file.
  private func times(_ packets: [(Int, Double)], lasting duration: Double = 0.1) -> (
    times: [Double], jumps: [Double]
  ) {
    var clock = RecordingClock()
    let times = packets.map { stream, time in
      time + clock.shift(of: stream, at: time, lasting: duration)
    }
    return (times, clock.jumps)
  }

  private static func recording(_ seconds: Double, from start: Double = 0) -> [(Int, Double)] {
    stride(from: 0, to: seconds, by: 0.1).flatMap { [(0, start + $0), (1, start + $0)] }
  }

  @Test("is left alone while it goes on, with pauses and with B-frames")
  func plain() {
    let packets = Self.recording(2) + Self.recording(2, from: 14)
    let (found, jumps) = times(packets)
    #expect(found == packets.map(\.1))
    #expect(jumps.isEmpty)
    let reordered = [0, 0.3, 0.1, 0.2, 0.6, 0.4, 0.5].map { (0, $0) }
    #expect(times(reordered).times == reordered.map(\.1))
  }

  @Test("goes on where it jumps back, for pictures and sound alike")
  func jump() throws {
    let first = Self.recording(4)
    let (found, jumps) = times(first + Self.recording(3) + Self.recording(2))
    #expect(jumps.count == 2)
    #expect(abs(try #require(jumps.first) - 4) < 1e-9)
    #expect(zip(found, found.dropFirst()).allSatisfy { $1 >= $0 - 1e-9 })
    // In step: what was read together is shown together.
    for pair in stride(from: 0, to: found.count, by: 2) { #expect(found[pair] == found[pair + 1]) }
    #expect(try #require(found.last) < 9.5)
  }

  @Test("is followed by a stream whose own times do not jump")
  func follows() {
    // The sound of the first recording ended after 0.2 s, that of the second begins at 0.3 s.
    let packets: [(Int, Double)] =
      [(0, 0), (1, 0), (1, 0.1)] + (1..<40).map { (0, Double($0) / 10) }
      + [(0, 0), (0, 0.1), (0, 0.2), (1, 0.3), (0, 0.3)]
    let found = times(packets).times
    #expect(found[found.count - 2] == found[found.count - 1])
  }

  @Test("is not moved by a packet with an odd time")
  func odd() {
    let packets: [(Int, Double)] =
      (0..<50).map { (0, Double($0) / 10) } + [(0, 0)] + (50..<60).map { (0, Double($0) / 10) }
    let (found, jumps) = times(packets)
    #expect(jumps.isEmpty)
    #expect(Array(found.suffix(10)) == packets.suffix(10).map(\.1))
  }
}
