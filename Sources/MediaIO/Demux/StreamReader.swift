internal import CFFmpeg
internal import Kernels

/// Reads an open container's streams into plain values, once.
struct StreamReader {
  let video: VideoStreamInfo?
  let audio: AudioStreamInfo?
  let others: [OtherStreamInfo]
  let containerDuration: Double?
  let containerStart: Double
  let warnings: [String]
  /// Sizes of the pictures of every stream.
  private let sizes: [(width: Int, height: Int)]

  init(context: UnsafeMutablePointer<AVFormatContext>) {
    var warnings: [String] = []
    let videoIndex = unsafe TrackChoice.video(context)
    let audioIndex = unsafe TrackChoice.audio(context)
    var video: VideoStreamInfo?
    var audio: AudioStreamInfo?
    var others: [OtherStreamInfo] = []
    var sizes: [(width: Int, height: Int)] = []
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index],
        let parameters = unsafe stream.pointee.codecpar
      else { continue }
      unsafe sizes.append((Int(parameters.pointee.width), Int(parameters.pointee.height)))
      if index == videoIndex {
        video = unsafe Self.video(context, stream, warnings: &warnings)
      } else if index == audioIndex {
        audio = unsafe Self.audio(stream)
      } else {
        unsafe others.append(Self.other(stream))
        if let warning = unsafe TrackChoice.warning(stream) { warnings.append(warning) }
      }
    }
    self.video = video
    self.audio = audio
    self.others = others
    let timeBase = Rational(1, Int(cff_time_base()))
    containerDuration = unsafe Self.duration(context.pointee.duration, timeBase)
    containerStart = unsafe Ticks(context.pointee.start_time, in: timeBase)?.seconds(timeBase) ?? 0
    self.warnings = warnings
    self.sizes = sizes
  }

  /// Refuses what is larger than the limits allow, in any stream, and audio at rates that no recorder
  /// uses: one sample per second makes a day of a short clip.
  func checkLimits(_ limits: InputLimits, file: String) throws(MediaError) {
    for (width, height) in sizes {
      try limits.check(width: width, height: height, file: file, stage: .open)
    }
    guard let audio, audio.sampleRate != 0, !Self.sampleRates.contains(audio.sampleRate) else {
      return
    }
    let (least, most) = (Self.sampleRates.lowerBound, Self.sampleRates.upperBound)
    throw MediaError(
      .open, file: file, cause: .limitExceeded,
      detail:
        "the audio has \(audio.sampleRate) samples per second; \(least) to \(most) are accepted")
  }

  /// Samples per second, from the slowest telephone's to the fastest converter's.
  private static let sampleRates = 4_000...768_000

  // MARK: - One stream

  private static func video(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>,
    warnings: inout [String]
  ) -> VideoStreamInfo {
    let parameters = unsafe stream.pointee.codecpar.pointee
    let fieldOrder = unsafe parameters.field_order
    return unsafe VideoStreamInfo(
      index: Int(stream.pointee.index),
      codec: CodecName(parameters.codec_id),
      width: Int(parameters.width),
      height: Int(parameters.height),
      sampleAspect: sampleAspect(context, stream, warnings: &warnings),
      orientation: orientation(stream, warnings: &warnings),
      pixelFormat: text(av_get_pix_fmt_name(AVPixelFormat(parameters.format))) ?? "",
      color: ColorDescription(parameters),
      timeBase: Rational(stream.pointee.time_base),
      averageFrameRate: Rational(stream.pointee.avg_frame_rate),
      nominalFrameRate: Rational(stream.pointee.r_frame_rate),
      headerDuration: duration(stream.pointee.duration, Rational(stream.pointee.time_base)),
      headerFrames: Int(stream.pointee.nb_frames),
      isInterlaced: fieldOrder != AV_FIELD_PROGRESSIVE && fieldOrder != AV_FIELD_UNKNOWN)
  }

  private static func audio(_ stream: UnsafeMutablePointer<AVStream>) -> AudioStreamInfo {
    let parameters = unsafe stream.pointee.codecpar.pointee
    return unsafe AudioStreamInfo(
      index: Int(stream.pointee.index),
      codec: CodecName(parameters.codec_id),
      sampleRate: Int(parameters.sample_rate),
      channels: Int(parameters.ch_layout.nb_channels),
      timeBase: Rational(stream.pointee.time_base),
      headerDuration: duration(stream.pointee.duration, Rational(stream.pointee.time_base)))
  }

  private static func other(_ stream: UnsafeMutablePointer<AVStream>) -> OtherStreamInfo {
    let parameters = unsafe stream.pointee.codecpar.pointee
    return unsafe OtherStreamInfo(
      index: Int(stream.pointee.index),
      kind: text(av_get_media_type_string(parameters.codec_type)) ?? "data",
      codec: CodecName(parameters))
  }

  /// Seconds; `nil` where the header tells none in range.
  private static func duration(_ ticks: Int64, _ timeBase: Rational) -> Double? {
    guard let duration = Ticks(ticks, in: timeBase), duration > 0 else { return nil }
    return duration.seconds(timeBase)
  }

  private static func sampleAspect(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>,
    warnings: inout [String]
  ) -> Rational {
    let ratio = unsafe Rational(av_guess_sample_aspect_ratio(context, stream, nil))
    guard ratio.numerator > 0, ratio.denominator > 0 else { return Rational(1, 1) }
    guard ratio.isPixelShape else {
      warnings.append(
        "a sample aspect ratio of \(ratio.numerator):\(ratio.denominator) is out of range and was ignored"
      )
      return Rational(1, 1)
    }
    return ratio
  }

  private static func orientation(
    _ stream: UnsafeMutablePointer<AVStream>, warnings: inout [String]
  ) -> Orientation {
    var size = 0
    guard
      let data = unsafe cff_stream_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size),
      size >= 9 * MemoryLayout<Int32>.size
    else { return .upright }
    let matrix = unsafe UnsafeRawPointer(data).assumingMemoryBound(to: Int32.self)
    guard let orientation = unsafe Orientation(displayMatrix: matrix) else {
      warnings.append("the display matrix is singular and was ignored")
      return .upright
    }
    if orientation.mirrored { warnings.append("the display matrix mirrors the picture") }
    return orientation
  }
}
