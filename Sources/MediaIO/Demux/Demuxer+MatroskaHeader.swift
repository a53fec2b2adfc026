internal import CFFmpeg

/// Opening a Matroska file whose header says all, without decoding its first pictures.
///
/// FFmpeg decodes seven of them to find out in which order they are shown, which takes longer than copying
/// a short clip.
extension Demuxer {
  /// Fills in what FFmpeg would find by decoding; `false` when the header does not tell it all.
  ///
  /// Told is one progressive H.264 video of a constant frame rate, whose pictures are shown in the order in
  /// which they are decoded, with at most one track of plain AAC.
  static func streamsAreTold(_ context: UnsafeMutablePointer<AVFormatContext>) -> Bool {
    var (videos, sounds) = (0, 0)
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index] else { return false }
      switch unsafe stream.pointee.codecpar.pointee.codec_type {
      case AVMEDIA_TYPE_VIDEO:
        guard let set = unsafe completeVideo(stream), set.isShownAsDecoded else { return false }
        videos += 1
      case AVMEDIA_TYPE_AUDIO:
        guard unsafe isPlainAAC(stream.pointee.codecpar.pointee) else { return false }
        unsafe stream.pointee.codecpar.pointee.frame_size = Int32(AACConfiguration.blockLength)
        sounds += 1
      default: return false
      }
    }
    return videos == 1 && sounds <= 1
  }

  /// Whether the codec header and the track agree on AAC at a rate at which no extension doubles it.
  private static func isPlainAAC(_ parameters: AVCodecParameters) -> Bool {
    guard unsafe parameters.codec_id == AV_CODEC_ID_AAC, let data = unsafe parameters.extradata
    else { return false }
    let header = unsafe UnsafeBufferPointer(start: data, count: Int(parameters.extradata_size))
    guard let configuration = unsafe AACConfiguration(header.span) else { return false }
    return unsafe configuration.isLowComplexity
      && configuration.sampleRate == Int(parameters.sample_rate)
      && configuration.channels == Int(parameters.ch_layout.nb_channels)
      && configuration.sampleRate > highestDoubledRate
  }

  /// Samples per second up to which AAC often comes with spectral band replication, which only the content
  /// tells.
  static let highestDoubledRate = 24_000
}

/// The start of AAC's codec header (ISO/IEC 14496-3, 1.6.2.1).
struct AACConfiguration: Equatable {
  /// Samples per second.
  let sampleRate: Int
  let channels: Int
  /// Whether it is AAC-LC in blocks of `blockLength` samples.
  let isLowComplexity: Bool

  static let blockLength = 1024

  /// `nil` where it is too short, or uses what hardly any recorder writes.
  init?(_ header: Span<UInt8>) {
    guard header.count >= 2 else { return nil }
    let bits = Int(header[0]) << 8 | Int(header[1])
    // Five bits of the type, four of the rate, four of the channels, and whether blocks are short.
    let rate = bits >> 7 & 15
    guard Self.sampleRates.indices.contains(rate) else { return nil }
    let layout = bits >> 3 & 15
    guard (1...6).contains(layout) else { return nil }
    sampleRate = Self.sampleRates[rate]
    channels = layout
    isLowComplexity = bits >> 11 == 2 && bits >> 2 & 1 == 0
  }

  /// Table 1.18.
  private static let sampleRates = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
  ]
}
