internal import CFFmpeg

/// Opening a container whose header says all, without reading its pictures.
///
/// FFmpeg decodes up to twenty frames to find out what it can; on a phone's clip that takes longer
/// than opening, reading and judging it by its header.
extension Demuxer {
  /// Fills in what FFmpeg would find by decoding; `false` when the header does not tell it all.
  ///
  /// Told is a plain phone's clip: an MP4 or MOV, not fragmented, with one progressive H.264 video
  /// of a constant frame rate, and at most one AAC track at a rate at which no extension doubles it.
  static func completeFromHeader(
    _ context: UnsafeMutablePointer<AVFormatContext>
  ) -> Bool {
    let count = unsafe Int(context.pointee.nb_streams)
    var (videos, sounds) = (0, 0)
    for index in 0..<count {
      guard let stream = unsafe context.pointee.streams[index] else { return false }
      switch unsafe stream.pointee.codecpar.pointee.codec_type {
      case AVMEDIA_TYPE_VIDEO:
        guard unsafe stream.pointee.nb_frames > 0, unsafe completeVideo(stream) != nil else {
          return false
        }
        videos += 1
      case AVMEDIA_TYPE_AUDIO:
        guard unsafe hasCompleteAudioHeader(stream) else { return false }
        sounds += 1
      default: return false
      }
    }
    guard videos == 1, sounds <= 1 else { return false }
    return unsafe completeTimes(context)
  }

  /// Fills in what the sequence parameter set tells, which is returned; `nil` when it tells too little.
  static func completeVideo(_ stream: UnsafeMutablePointer<AVStream>) -> H264ParameterSet? {
    guard let parameters = unsafe stream.pointee.codecpar,
      unsafe parameters.pointee.codec_id == AV_CODEC_ID_H264,
      unsafe stream.pointee.avg_frame_rate.num > 0, unsafe stream.pointee.r_frame_rate.num > 0,
      let data = unsafe parameters.pointee.extradata
    else { return nil }
    let extra = unsafe UnsafeBufferPointer(
      start: data, count: Int(parameters.pointee.extradata_size))
    guard let set = unsafe H264ParameterSet(avcC: extra.span), set.isProgressive,
      unsafe set.width == Int(parameters.pointee.width),
      unsafe set.height == Int(parameters.pointee.height),
      let format = unsafe pixelFormat(set, parameters.pointee.color_range)
    else { return nil }
    unsafe parameters.pointee.format = format.rawValue
    unsafe parameters.pointee.field_order = AV_FIELD_PROGRESSIVE
    unsafe parameters.pointee.sample_aspect_ratio = AVRational(
      num: Int32(set.sampleAspect.width), den: Int32(max(set.sampleAspect.height, 1)))
    // The pictures' own word comes before the container's, as it does in FFmpeg.
    unsafe set.color.filled(from: ColorDescription(parameters.pointee)).write(to: parameters)
    return set
  }

  /// - Parameter range: the container's, for a set that tells none.
  private static func pixelFormat(
    _ set: H264ParameterSet, _ range: AVColorRange
  ) -> AVPixelFormat? {
    switch (set.chromaFormat, set.bitDepth, set.isFullRange ?? (range == AVCOL_RANGE_JPEG)) {
    case (1, 8, false): AV_PIX_FMT_YUV420P
    case (1, 8, true): AV_PIX_FMT_YUVJ420P
    case (1, 10, _): AV_PIX_FMT_YUV420P10LE
    default: nil
    }
  }

  /// Below 24 kHz AAC often comes with spectral band replication, which only the content tells.
  private static func hasCompleteAudioHeader(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
    let parameters = unsafe stream.pointee.codecpar.pointee
    return unsafe parameters.codec_id == AV_CODEC_ID_AAC
      && parameters.sample_rate > highestDoubledRate
      && parameters.ch_layout.nb_channels > 0 && parameters.extradata_size >= 2
      && stream.pointee.nb_frames > 0
  }

  /// The container's start, that of its first stream; its duration is the header's own.
  private static func completeTimes(_ context: UnsafeMutablePointer<AVFormatContext>) -> Bool {
    guard unsafe context.pointee.duration > 0 else { return false }
    var start = Int64.max
    let microseconds = AVRational(num: 1, den: Int32(cff_time_base()))
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index],
        unsafe stream.pointee.start_time != cff_no_pts()
      else { return false }
      let first = unsafe av_rescale_q(
        stream.pointee.start_time, stream.pointee.time_base, microseconds)
      start = min(start, first)
    }
    unsafe context.pointee.start_time = start
    return true
  }
}
