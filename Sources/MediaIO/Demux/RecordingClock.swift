/// Continues the clock of a file that jumps back because it holds two recordings, one after the
/// other.
///
/// Video and audio are shifted by the same amount, so they stay in sync. Times are seconds.
struct RecordingClock: Sendable {
  /// One recording of the file.
  private struct Recording {
    /// What is added to its times.
    let shift: Double
    /// The last of its times that was read.
    var now: Double
  }

  /// One stream of the file.
  private struct Track {
    /// The recording that it is in.
    var recording = 0
    var last = -Double.infinity
    /// Packets since it began its recording.
    var packets = 0
  }

  private var tracks: [Int: Track] = [:]
  private var recordings = [Recording(shift: 0, now: 0)]
  private var end = -Double.infinity
  /// When each further recording begins.
  private(set) var jumps: [Double] = []

  /// A clock that goes back by less is a container's rounding or reordering.
  private static let leastJump = 0.5
  /// Between two recordings: more than the priming samples with which audio begins before zero.
  private static let gap = 0.1
  /// So many packets alone make no recording: they have an odd time.
  private static let mostWrongPackets = 3

  /// The number of seconds to add to a packet's times; 0 before the first jump.
  ///
  /// - Parameters:
  ///   - time: the packet's decoding time.
  ///   - duration: the packet's duration.
  mutating func shift(of stream: Int, at time: Double, lasting duration: Double) -> Double {
    var track = tracks[stream] ?? Track()
    follow(&track, time)
    if time < track.last - Self.leastJump {
      recordings.append(Recording(shift: end + Self.gap - time, now: time))
      jumps.append(end)
      track = Track(recording: recordings.count - 1)
    }
    let shift = recordings[track.recording].shift
    recordings[track.recording].now = time
    track.last = time
    track.packets += 1
    tracks[stream] = track
    end = max(end, time + duration + shift)
    return shift
  }

  /// The number of seconds to add to the times of a packet that is out of order.
  ///
  /// A packet is out of order if an edit list hides it, or if B-frames show it after some that follow
  /// it.
  func shift(ofUnordered stream: Int) -> Double {
    recordings[tracks[stream]?.recording ?? 0].shift
  }

  /// Moves the track to the recording whose clock is closer, if another track has begun a new one.
  ///
  /// Moves it back if that recording was only a single wrong timestamp.
  private mutating func follow(_ track: inout Track, _ time: Double) {
    let latest = recordings.count - 1
    if track.recording < latest {
      guard distance(time, latest) < distance(time, track.recording) else { return }
      track = Track(recording: latest)
    } else if latest > 0, track.packets <= Self.mostWrongPackets,
      distance(time, latest - 1) < distance(time, latest),
      !tracks.values.contains(where: {
        $0.recording == latest && $0.packets > Self.mostWrongPackets
      })
    {
      track = Track(recording: latest - 1, last: recordings[latest - 1].now)
      recordings.removeLast()
      jumps.removeLast()
      for (stream, other) in tracks where other.recording == latest {
        tracks[stream] = Track(recording: latest - 1, last: other.last)
      }
    }
  }

  private func distance(_ time: Double, _ recording: Int) -> Double {
    abs(time - recordings[recording].now)
  }
}
