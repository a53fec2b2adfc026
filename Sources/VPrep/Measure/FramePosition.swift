internal import MediaIO

/// What tells one frame of a clip from all others, so that it can be decoded again.
struct FramePosition: Equatable, Sendable {
  /// When it is shown, in ticks of the stream; `nil` where nothing tells.
  let ticks: Ticks?
  /// How many frames were decoded before it, from the clip's start.
  let number: Int

  init(_ frame: borrowing VideoFrame) {
    ticks = frame.ticks
    number = frame.number
  }
}
