internal import MediaIO

/// Whether the packets of a stream come one after the other in time.
///
/// Players and services take a time that is not later than the one before for an error, and so does
/// `ffmpeg`; a copy would hand it on. A clock that restarts is another matter (`RecordingClock`).
struct TimeOrder: Sendable {
  /// Whether each packet so far was later than the one before.
  private(set) var isAscending = true
  /// Whether some packet was earlier than one before it.
  private(set) var goesBack = false
  private var last: Ticks?

  /// Takes the time of the next packet; one without a time says nothing.
  mutating func note(_ time: Ticks?) {
    guard let time else { return }
    if let last, time <= last { isAscending = false }
    if let last, time < last { goesBack = true }
    last = max(last ?? time, time)
  }
}
