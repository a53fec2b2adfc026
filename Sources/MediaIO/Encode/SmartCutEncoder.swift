internal import CFFmpeg
internal import Kernels

/// Owner of an H.264 encoder whose frames share a track with copied ones.
///
/// Size, profile, level, sample aspect ratio and colours are the track's. The parameter sets use an
/// identifier that the track does not use, so both kinds of picture find theirs in one codec
/// header. There are no B-frames: frames come out in the order and at the times in which they went
/// in.
@safe package struct SmartCutEncoder: ~Copyable {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let packet: Packet
  private let file: String
  /// Matrix and range of the track.
  private let format: YCbCrFormat
  /// The track's header with the encoder's parameter sets added.
  package let header: [UInt8]
  /// When the pictures inside the encoder are shown, in ticks.
  private var pending: [Ticks] = []
  private let delay: Ticks
  private let duration: Ticks
  /// The earliest time at which the next picture may be decoded.
  private var notBefore: Ticks

  /// x264's constant rate factor: no difference is seen at this quality, and the few pictures that are
  /// encoded may cost more than the source's own.
  private static let quality = 16

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  private static func configure(
    _ context: UnsafeMutablePointer<AVCodecContext>, _ parameters: AVCodecParameters,
    _ video: VideoStreamInfo
  ) {
    unsafe context.pointee.width = parameters.width
    unsafe context.pointee.height = parameters.height
    unsafe context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    unsafe context.pointee.time_base = video.timeBase.av
    let rate = video.averageFrameRate.value > 0 ? video.averageFrameRate : Rational(30, 1)
    unsafe context.pointee.framerate = rate.av
    unsafe context.pointee.sample_aspect_ratio = parameters.sample_aspect_ratio
    unsafe context.pointee.level = parameters.level > 0 ? parameters.level : -99
    unsafe context.pointee.colorspace = parameters.color_space
    unsafe context.pointee.color_range = parameters.color_range
    unsafe context.pointee.color_primaries = parameters.color_primaries
    unsafe context.pointee.color_trc = parameters.color_trc
    unsafe context.pointee.chroma_sample_location = parameters.chroma_location
    unsafe context.pointee.max_b_frames = 0
    // One key frame, the first: the copied pictures bring the next.
    unsafe context.pointee.gop_size = 100_000
    unsafe context.pointee.thread_count = 2
    unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
  }

  /// Encodes a picture as it is, to be shown at `shown` ticks of the track.
  package mutating func encode(
    _ frame: borrowing VideoFrame, at shown: Ticks, to muxer: borrowing Muxer, stream: Int,
    timeBase: Rational
  ) throws(MediaError) {
    let (width, height) = unsafe (Int(context.pointee.width), Int(context.pointee.height))
    // The track's header speaks of one kind of picture.
    guard frame.layout == .yuv420, frame.color.format == format, frame.width == width,
      frame.height == height, !frame.isInterlaced
    else {
      throw Self.refusal(
        file, "its pictures change their size, sampling, depth or colours, or are interlaced")
    }
    unsafe frame.pointer.pointee.pts = shown.count
    unsafe frame.pointer.pointee.pict_type = AV_PICTURE_TYPE_NONE
    unsafe av_frame_remove_side_data(frame.pointer, AV_FRAME_DATA_SEI_UNREGISTERED)
    unsafe av_frame_remove_side_data(frame.pointer, AV_FRAME_DATA_A53_CC)
    pending.append(shown)
    let code = unsafe avcodec_send_frame(context, frame.pointer)
    guard code >= 0 else { throw Self.refusal(file, "a picture cannot be encoded") }
    try drain(to: muxer, stream: stream, timeBase: timeBase)
  }

  /// Writes what the encoder still holds.
  package mutating func finish(
    to muxer: borrowing Muxer, stream: Int, timeBase: Rational
  ) throws(MediaError) {
    let code = unsafe avcodec_send_frame(context, nil)
    guard code >= 0 else { throw Self.refusal(file, "the pictures cannot be encoded") }
    try drain(to: muxer, stream: stream, timeBase: timeBase)
  }

  private mutating func drain(
    to muxer: borrowing Muxer, stream: Int, timeBase: Rational
  ) throws(MediaError) {
    while true {
      let code = unsafe avcodec_receive_packet(context, packet.pointer)
      if code == cff_error_again() || code == cff_error_eof() { return }
      guard code >= 0, !pending.isEmpty else {
        throw Self.refusal(file, "a picture cannot be encoded")
      }
      let shown = pending.removeFirst()
      let decoded = max(shown - delay, notBefore)
      guard decoded <= shown, withLengths() else {
        throw Self.refusal(file, "there is no room between its timestamps")
      }
      notBefore = decoded + 1
      unsafe packet.pointer.pointee.pts = shown.count
      unsafe packet.pointer.pointee.dts = decoded.count
      packet.setDuration(duration)
      try muxer.write(packet, stream: stream, timeBase: timeBase)
    }
  }

  /// Puts lengths in the place of the start codes; `false` when there is no memory.
  private func withLengths() -> Bool {
    let bytes = packet.withBytes { sample in
      AnnexB.units(in: sample).flatMap { range in
        let length = UInt32(truncatingIfNeeded: range.count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
          + range.map { sample[$0] }
      }
    }
    let missing = bytes.count - packet.byteCount
    if missing > 0, unsafe av_grow_packet(packet.pointer, Int32(missing)) < 0 { return false }
    guard unsafe av_packet_make_writable(packet.pointer) >= 0 else { return false }
    if missing < 0 { unsafe av_shrink_packet(packet.pointer, Int32(bytes.count)) }
    unsafe packet.pointer.pointee.data.update(from: bytes, count: bytes.count)
    return true
  }

  private static func refusal(_ file: String, _ why: String) -> MediaError {
    MediaError(
      .mux, file: file, cause: .unusableOutput, detail: "the smart cut is not possible: \(why)")
  }
}

extension SmartCutEncoder {
  /// Opens an encoder for `demuxer`'s pictures; throws where the track takes no second encoder.
  ///
  /// Times are ticks of the track.
  /// - Parameters:
  ///   - delay: from decoding to showing, as the copied pictures have it.
  ///   - notBefore: when the first picture may be decoded; `nil` at the start of the track.
  ///   - duration: how long a picture stays.
  package init(
    _ demuxer: borrowing Demuxer, delay: Ticks, notBefore: Ticks?, duration: Ticks, file: String
  ) throws(MediaError) {
    guard let video = demuxer.video else { throw Self.refusal(file, "there is no video") }
    let parameters = unsafe demuxer.parameters(video.index)
    let extra = unsafe UnsafeBufferPointer(
      start: parameters.pointee.extradata, count: Int(parameters.pointee.extradata_size))
    guard var configuration = unsafe AVCConfiguration(Array(extra)), configuration.lengthSize == 4,
      let identifier = configuration.freeIdentifier
    else { throw Self.refusal(file, "its parameter sets are not those of an MP4") }
    let profiles = [66: "baseline", 77: "main", 100: "high"]
    guard let profile = profiles[configuration.profile] else {
      throw Self.refusal(file, "no encoder for its profile \(configuration.profile)")
    }
    guard let codec = unsafe avcodec_find_encoder_by_name(VideoEncoder.name) else {
      throw Self.refusal(file, "FFmpeg has no \(VideoEncoder.name)")
    }
    guard let packet = Packet(), let context = unsafe allocated(avcodec_alloc_context3(codec))
    else { throw .outOfMemory(.encode, file: file) }
    unsafe Self.configure(context, parameters.pointee, video)
    var options: OpaquePointer?
    for (name, value) in [
      ("preset", "veryfast"), ("profile", profile), ("crf", "\(Self.quality)"),
      ("x264-params", "sps-id=\(identifier):ref=1:scenecut=0:open-gop=0"),
    ] {
      unsafe av_dict_set(&options, name, value, 0)
    }
    let code = unsafe avcodec_open2(context, codec, &options)
    unsafe av_dict_free(&options)
    let sets = unsafe UnsafeBufferPointer(
      start: context.pointee.extradata, count: Int(context.pointee.extradata_size))
    guard code >= 0, unsafe configuration.add(Array(sets)) else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      throw Self.refusal(file, "libx264 does not take its parameters")
    }
    unsafe self.init(
      context: context, packet: packet, file: file,
      format: video.color.assumed(width: video.width, height: video.height).format,
      header: configuration.bytes, delay: delay, duration: duration,
      notBefore: notBefore ?? .min)
  }
}
