internal import MediaIO

/// What became of a clip's audio in an output.
struct AudioOutcome: Sendable, Equatable {
  /// When the audio begins and ends, in seconds after the first kept picture; `nil` without any.
  var heard: ClosedRange<Double>?
  /// Why there is none, or less than in the clip; `nil` where all of it is there.
  var reason: String?
  /// Whether blocks were copied as they are, which begin and end where they did.
  var isCopied = false
  /// Seconds by which encoded audio may be out of step before it is corrected.
  var drift = AudioDrift.Tolerance.close.largest

  /// Of blocks that were copied; those of a window may lie outside it.
  static func copied(_ heard: AudioSpan, isWindow: Bool) -> AudioOutcome {
    AudioOutcome(
      heard: heard.range, reason: heard.range == nil ? missing(isWindow: isWindow) : nil,
      isCopied: true)
  }

  /// The outcome with its times moved by `seconds`.
  func moved(by seconds: Double) -> AudioOutcome {
    var moved = self
    moved.heard = heard.map { $0.lowerBound + seconds...$0.upperBound + seconds }
    return moved
  }

  /// Why audio whose packets were looked for was not found.
  static func missing(isWindow: Bool) -> String {
    isWindow
      ? "the window contains no audio, so the audio stream is left out"
      : "the audio stream is empty and is left out"
  }

  /// Samples of a block of AAC, and of one whose rate is doubled when it is decoded.
  private static let block = (plain: 1024.0, doubled: 2048.0)
  /// Seconds by which two containers' clocks may round apart.
  private static let rounding = 0.005

  /// Seconds by which the output's audio may begin or end elsewhere: one block, plus the priming
  /// before the first block if blocks are copied.
  func tolerance(sampleRate: Int) -> Double {
    let rate = Double(max(sampleRate, 1))
    return isCopied
      ? Self.block.doubled / rate + Remuxer.priming
      : Self.block.plain / rate + drift + Self.rounding
  }
}

/// Collects when an audio stream is heard.
struct AudioSpan: Sendable {
  private(set) var range: ClosedRange<Double>?

  mutating func add(from start: Double, to end: Double) {
    guard start.isFinite, end.isFinite else { return }
    range = ClosedRange(
      from: min(range?.lowerBound ?? start, start), to: max(range?.upperBound ?? end, end))
  }

  /// Takes a packet of the audio stream, unless an edit list hides it.
  mutating func add(_ packet: borrowing Packet, _ timeBase: Rational) {
    guard let time = packet.presentationTime, !packet.isDiscarded else { return }
    add(from: time.seconds(timeBase), to: (time + packet.duration).seconds(timeBase))
  }

  /// Takes the decoder's current block.
  mutating func add(_ decoder: borrowing AudioDecoder) {
    guard let time = decoder.time ?? range?.upperBound else { return }
    add(from: time, to: time + decoder.duration)
  }
}
