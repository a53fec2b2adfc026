/// Chooses the frames that are measured.
///
/// Decoding is paid for anyway; measuring every frame of a 60 fps clip is not needed to judge it.
struct Sampler {
  /// Measured frames a second; blinks (100–400 ms) and lips need at least 10.
  static let defaultRate = 10.0

  private let interval: Double
  private var next = -Double.infinity

  /// - Parameter rate: measured frames a second; `nil` measures every frame.
  init(rate: Double?) {
    interval = rate.map { 1 / $0 } ?? 0
  }

  /// Whether the frame at `time` is measured; frames come in presentation order.
  mutating func takes(_ time: Double) -> Bool {
    guard interval > 0 else { return true }
    // A frame a little early is the one meant: camera clocks jitter.
    guard time >= next - interval * 0.1 else { return false }
    next = next.isFinite ? max(next + interval, time) : time + interval
    return true
  }
}
