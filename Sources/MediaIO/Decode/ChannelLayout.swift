internal import CFFmpeg

/// Which speakers the channels of an audio stream belong to, as far as it matters when they are mixed.
struct ChannelLayout: Equatable {
  let channels: Int
  /// FFmpeg's bit for each speaker in the order of the channels; `nil` where the track does not tell,
  /// or names another order.
  let speakers: UInt64?
  /// Whether the channels are components of a sound field, the first of which is the sound itself.
  let isAmbisonic: Bool

  /// Channels that libswresample takes.
  static let accepted = 1...64

  init(_ layout: AVChannelLayout) {
    channels = unsafe Int(layout.nb_channels)
    isAmbisonic = unsafe layout.order == AV_CHANNEL_ORDER_AMBISONIC
    speakers = unsafe layout.order == AV_CHANNEL_ORDER_NATIVE ? layout.u.mask : nil
  }

  /// The layout whose meaning libswresample knows; `nil` where it has no rule for one like this.
  ///
  /// A single channel is mono and two are stereo, whatever they are called: one that is named "right"
  /// still is all that is heard.
  var known: AVChannelLayout? {
    var layout = unsafe AVChannelLayout()
    switch channels {
    case 1, 2:
      unsafe av_channel_layout_default(&layout, Int32(channels))
    case 3...:
      guard let speakers, speakers & Self.mixed != 0,
        unsafe av_channel_layout_from_mask(&layout, speakers) >= 0
      else { return nil }
    default: return nil
    }
    return unsafe layout
  }

  /// A layout with as many channels whose speakers mean nothing: it needs its own mixing matrix.
  var anonymous: AVChannelLayout? {
    guard Self.accepted.contains(channels) else { return nil }
    var layout = unsafe AVChannelLayout()
    let speakers = channels < 64 ? (UInt64(1) << UInt64(channels)) - 1 : .max
    guard unsafe av_channel_layout_from_mask(&layout, speakers) >= 0 else { return nil }
    return unsafe layout
  }

  /// How much of each channel goes into each of `outputs` channels, row by row.
  ///
  /// Nobody knows what such channels hold, so each counts alike; their mean cannot clip. As many
  /// channels as before stay as they are.
  func matrix(outputs: Int) -> [Double] {
    (0..<outputs).flatMap { output in
      (0..<channels).map { input in
        if outputs == channels { return input == output ? 1 : 0 }
        if isAmbisonic { return input == 0 ? 1 : 0 }
        return 1 / Double(channels)
      }
    }
  }

  /// Speakers that libswresample mixes into one or two channels; a layout without any of them would
  /// come out silent.
  private static let mixed: UInt64 = [
    AV_CHAN_FRONT_LEFT, AV_CHAN_FRONT_RIGHT, AV_CHAN_FRONT_CENTER, AV_CHAN_BACK_LEFT,
    AV_CHAN_BACK_RIGHT, AV_CHAN_FRONT_LEFT_OF_CENTER, AV_CHAN_FRONT_RIGHT_OF_CENTER,
    AV_CHAN_BACK_CENTER, AV_CHAN_SIDE_LEFT, AV_CHAN_SIDE_RIGHT,
  ].reduce(0) { $0 | UInt64(1) << UInt64(max($1.rawValue, 0)) }
}
