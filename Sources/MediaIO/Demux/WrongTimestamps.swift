/// Finds single packets with a wrong timestamp: it is far from the one before, and the next packet
/// continues as if this one were not there.
///
/// A pause and a second recording look the same until the next packet is known. That packet is read
/// early, but only where a timestamp jumps. Times are seconds.
struct WrongTimestamps: Sendable {
  private struct Track {
    var last: Double
    /// How far the next packet lies ahead.
    var step: Double
  }

  private var tracks: [Int: Track] = [:]
  /// Packets whose time was put right.
  private(set) var count = 0

  /// What is less is a container's rounding, reordering, or a recorder that stumbled.
  private static let leastJump = 0.5

  /// The number of seconds to add to a packet's time; 0 unless the time is wrong.
  ///
  /// - Parameter next: returns the time of the stream's next packet; called only where `time` jumps.
  mutating func correction<E: Error>(
    of stream: Int, at time: Double, lasting duration: Double,
    next: () throws(E) -> Double?
  ) throws(E) -> Double {
    var shift = 0.0
    if let track = tracks[stream], jumps(track, to: time), let next = try next(), next > track.last,
      time < track.last || next < time - Self.leastJump
    {
      shift = min(track.last + track.step, next) - time
      count += 1
    }
    let now = time + shift
    let step = duration > 0 ? duration : tracks[stream].map { max(now - $0.last, 0) } ?? 0
    tracks[stream] = Track(last: now, step: min(step, Self.leastJump))
    return shift
  }

  private func jumps(_ track: Track, to time: Double) -> Bool {
    time > track.last + track.step + Self.leastJump || time < track.last - Self.leastJump
  }

  /// Forgets where the streams are, after a seek.
  mutating func restart() { tracks = [:] }
}
