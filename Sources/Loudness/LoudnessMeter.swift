internal import CEBUR128

/// Owner of a libebur128 state: loudness by ITU-R BS.1770-4 and EBU R 128.
///
/// It has a target of its own, so that only that target imports libebur128.
@safe package struct LoudnessMeter: ~Copyable {
  private let state: UnsafeMutablePointer<ebur128_state>
  private var format: (channels: Int, sampleRate: Int)

  /// The quietest level that is told from silence, in dBFS and LUFS: below 16-bit resolution with
  /// dither (−98 dBFS), and below what an AAC decoder makes of digital silence.
  package static let floor = -120.0

  /// Channels and sample rates that libebur128 takes.
  private static let acceptedChannels = 1...64
  private static let acceptedRates = 16...2_822_400

  /// The version of libebur128 that this process runs with, as major.minor.patch.
  package static var libraryVersion: String {
    var (major, minor, patch) = (CInt(0), CInt(0), CInt(0))
    unsafe ebur128_get_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Makes a meter; `nil` for a format that cannot be measured, or without memory.
  ///
  /// - Parameters:
  ///   - channels: 1…64; the channels of a mono and a stereo track weigh 1 each, as in BS.1770.
  ///   - sampleRate: samples per second.
  package init?(channels: Int, sampleRate: Int) {
    guard Self.accepts(channels: channels, sampleRate: sampleRate) else { return nil }
    let mode = Int32(EBUR128_MODE_I.rawValue)
    guard let state = unsafe ebur128_init(UInt32(channels), UInt(sampleRate), mode) else {
      return nil
    }
    unsafe self.state = unsafe state
    format = (channels, sampleRate)
  }

  deinit {
    var state: UnsafeMutablePointer<ebur128_state>? = unsafe state
    unsafe ebur128_destroy(&state)
  }

  private static func accepts(channels: Int, sampleRate: Int) -> Bool {
    acceptedChannels.contains(channels) && acceptedRates.contains(sampleRate)
  }

  /// Goes on with another format, keeping what was measured; `false` when it cannot be measured.
  package mutating func change(channels: Int, sampleRate: Int) -> Bool {
    guard format != (channels, sampleRate) else { return true }
    guard Self.accepts(channels: channels, sampleRate: sampleRate) else { return false }
    let code = unsafe ebur128_change_parameters(state, UInt32(channels), UInt(sampleRate))
    guard code == Int32(EBUR128_SUCCESS.rawValue) else { return false }
    format = (channels, sampleRate)
    return true
  }

  /// Takes interleaved samples into account, full scale ±1; they must be finite.
  ///
  /// Samples behind the last whole frame are left out.
  package func add(_ samples: Span<Float>) {
    let frames = samples.count / format.channels
    guard frames > 0 else { return }
    unsafe samples.withUnsafeBufferPointer { buffer in
      _ = unsafe ebur128_add_frames_float(state, buffer.baseAddress, frames)
    }
  }

  /// Integrated loudness in LUFS of all that was added, with the gates of BS.1770-4 (−70 LUFS, then
  /// 10 LU below the mean); `nil` when nothing passes them, as in silence or in less than 0.4 s.
  package var integrated: Double? {
    var loudness = 0.0
    let code = unsafe ebur128_loudness_global(state, &loudness)
    return code == Int32(EBUR128_SUCCESS.rawValue) && loudness.isFinite ? loudness : nil
  }

  /// Mean square of the K-weighted samples of the last `milliseconds` (at most 400), all channels
  /// summed with their weights; the ungated quantity in BS.1770's formula.
  package func weightedPower(last milliseconds: Int) -> Double {
    var loudness = 0.0
    let code = unsafe ebur128_loudness_window(state, UInt(milliseconds), &loudness)
    guard code == Int32(EBUR128_SUCCESS.rawValue), loudness.isFinite else { return 0 }
    return Self.power(loudness: loudness)
  }
}
