internal import Services

/// Chooses the frames that are measured.
///
/// Decoding is paid for anyway; measuring every frame of a 60 fps clip is not needed to judge it.
struct Sampler {
  /// Measured frames per second where only the state of the face counts.
  static let defaultRate = 10.0
  /// Measured frames per second where movement counts.
  ///
  /// The shortest blink among five talkers had the lids down for two frames of 25 a second: at 10 a
  /// second it was missed. Lips that speak move as fast.
  static let movementRate = 25.0

  /// The rate that a service needs.
  static func rate(for needs: MeasuringNeeds) -> Double {
    needs.movement ? movementRate : defaultRate
  }

  private let interval: Double
  private var next = -Double.infinity

  /// - Parameter rate: measured frames per second; `nil` measures every frame.
  init(rate: Double?) {
    interval = rate.map { 1 / $0 } ?? 0
  }

  /// Whether the frame at `time` is measured; frames come in presentation order.
  mutating func takes(_ time: Double) -> Bool {
    guard interval > 0 else { return true }
    // A frame a little early is the one meant: camera clocks jitter.
    guard time >= next - interval * 0.1 else { return false }
    // After a pause the grid restarts: nothing is caught up with.
    next = time <= next + interval ? next + interval : time + interval
    return true
  }
}
