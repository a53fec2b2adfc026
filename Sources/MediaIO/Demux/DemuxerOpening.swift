internal import CFFmpeg

/// Opens containers within the limits: what is not on the lists of `AcceptedMedia` stays closed, and
/// what claims too much is refused before anything is allocated for it.
struct DemuxerOpening {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  let messages: LoggedErrors
  /// Whether a photo is wanted; a photo that is given as a clip is refused.
  let isPhoto: Bool

  private var name: String { input.name }

  /// Bytes that an AVI, an FLV, an ASF or an MPEG stream may take to open beside its metadata: FFmpeg
  /// searches 5 MB for streams, and reads the end for the duration.
  private static let searched = 24_000_000

  /// Finds the container by content alone: a file's ending may lie.
  func detectFormat(
    _ io: borrowing InputIO
  ) throws(MediaError) -> (format: UnsafePointer<AVInputFormat>, kind: DemuxerKind) {
    var format: UnsafePointer<AVInputFormat>?
    let code = unsafe av_probe_input_buffer2(io.context, &format, "", nil, 0, 0)
    guard code >= 0, let format = unsafe format else {
      try watchdog.check(.open, file: name)
      throw Self.unknownContent(name)
    }
    let names = unsafe String(cString: format.pointee.name)
    guard let kind = DemuxerKind(names: names), isPhoto || !kind.isStillPicture else {
      if !isPhoto, let kind = ImageKind(input.prefix(ImageKind.prefixLength)) {
        throw kind.refusedAsClip(name)
      }
      let long = unsafe format.pointee.long_name.map { unsafe String(cString: $0) } ?? names
      throw MediaError(
        .open, file: name, cause: .unsupportedContainer,
        detail: "refused: the content is \(long) (\(names)), not a video container",
        advice: Self.containerAdvice)
    }
    return unsafe (format, kind)
  }

  /// How many bytes at the start of a file are searched for a container.
  static let searchedForFormat = 1 << 20

  /// Whether a file may be a container that FFmpeg knows.
  ///
  /// - Parameter start: as many of its first bytes as are searched.
  static func isKnown(_ start: consuming [UInt8]) -> Bool {
    let count = Int32(clamping: start.count)
    var bytes = start + [UInt8](repeating: 0, count: Int(AVPROBE_PADDING_SIZE))
    return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var data = unsafe AVProbeData()
      unsafe data.buf = buffer.baseAddress
      unsafe data.buf_size = count
      return unsafe av_probe_input_format(&data, 1) != nil
    }
  }

  static func unknownContent(_ name: String) -> MediaError {
    MediaError(
      .open, file: name, cause: .unsupportedContainer,
      detail: "not a video: the content matches no known container", advice: containerAdvice)
  }

  private static let containerAdvice = "Give an MP4, MOV, WebM, MKV, AVI, FLV or MPEG clip."

  /// Opens the container and reads its headers.
  func open(
    _ io: borrowing InputIO, format: UnsafePointer<AVInputFormat>, _ kind: DemuxerKind
  ) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
    try ContainerScan.run(input, kind, limits: limits)
    var opening = unsafe allocated(avformat_alloc_context())
    guard let fresh = unsafe opening else { throw MediaError.outOfMemory(.open, file: name) }
    unsafe fresh.pointee.pb = io.context
    unsafe fresh.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    unsafe fresh.pointee.interrupt_callback = AVIOInterruptCB(
      callback: { opaque in
        guard let opaque = unsafe opaque else { return 0 }
        let watchdog = unsafe Unmanaged<Watchdog>.fromOpaque(opaque).takeUnretainedValue()
        return watchdog.shouldStop ? 1 : 0
      }, opaque: Unmanaged.passUnretained(watchdog).toOpaque())
    unsafe fresh.pointee.opaque = unsafe messages.opaque
    // Whatever the content names, it is not opened.
    unsafe fresh.pointee.io_open = { _, _, _, _, _ in cff_error_access() }
    unsafe fresh.pointee.protocol_whitelist = unsafe av_strdup("none")
    unsafe fresh.pointee.format_whitelist = unsafe av_strdup(AcceptedMedia.formatList)
    unsafe fresh.pointee.codec_whitelist = unsafe av_strdup(AcceptedMedia.decoderList)
    // One more than is accepted, so that too many can be told from enough.
    unsafe fresh.pointee.max_streams = Int32(clamping: limits.streams + 1)
    // These two were scanned; of the others FFmpeg reads the headers first.
    if kind != .isoBaseMedia, kind != .matroska {
      io.allow(limits.metadata + Self.searched)
    }
    // On failure FFmpeg frees the context itself.
    let code = unsafe avformat_open_input(&opening, nil, format, nil)
    guard code >= 0, let context = unsafe opening else {
      throw failure(code, io, detail: "the container cannot be opened")
    }
    let count = unsafe Int(context.pointee.nb_streams)
    guard count <= limits.streams else {
      unsafe Self.close(context)
      throw limits.exceeded("the clip has more than \(limits.streams) streams", file: name)
    }
    do throws(MediaError) {
      try unsafe checkCoverArt(context)
    } catch {
      unsafe Self.close(context)
      throw error
    }
    // FFmpeg 5.1 takes the duration of the whole from the movie's header; 7.1 leaves it to the packets,
    // and then nobody would learn that the header lies.
    if kind == .isoBaseMedia, unsafe context.pointee.duration == cff_no_pts(),
      let header = MP4Layout.movieDuration(input)
    {
      unsafe context.pointee.duration = av_rescale(
        Int64(header.ticks), Int64(cff_time_base()), Int64(header.perSecond))
    }
    io.reachedPacket()
    return unsafe context
  }

  /// Looks into cover art, which FFmpeg decodes to describe it.
  private func checkCoverArt(
    _ context: UnsafeMutablePointer<AVFormatContext>
  ) throws(MediaError) {
    let scan = StillPictureScan(limits: limits, file: name)
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index] else { continue }
      let codec = unsafe CodecName(stream.pointee.codecpar.pointee.codec_id)
      let picture = unsafe stream.pointee.attached_pic
      let bytes = unsafe UnsafeBufferPointer(start: picture.data, count: Int(picture.size))
      try unsafe scan.check(bytes.span, codec: codec)
    }
  }

  /// Reads and decodes as much as it takes to know the streams; closes the container on an error.
  ///
  /// - Parameter isTold: whether the streams are known by their headers, so that nothing is read.
  func analyse(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ io: borrowing InputIO,
    isTold: Bool = false
  ) throws(MediaError) {
    let sizes = unsafe StreamSizes(context)
    let count = sizes.sizes.count
    // FFmpeg keeps pictures of every stream at once: two may be as large as is read, many share it.
    let share = Int64(max(sizes.videos, 2))
    let pixels = limits.paddedPixels / share * 2
    let options = UnsafeMutablePointer<OpaquePointer?>.allocate(capacity: max(count, 1))
    unsafe options.initialize(repeating: nil, count: max(count, 1))
    for index in 0..<count {
      _ = unsafe av_dict_set_int(&options[index], "max_pixels", pixels, 0)
    }
    let told = unsafe Self.takeColors(context)
    // Otherwise it reads until every stream has a time.
    if isTold { unsafe context.pointee.max_ts_probe = 0 }
    let code = unsafe avformat_find_stream_info(context, options)
    unsafe Self.fill(told, in: context)
    for index in 0..<count { unsafe av_dict_free(&options[index]) }
    unsafe options.deallocate()
    unsafe sizes.restore(in: context)
    // A stream without a start got the container's duration, which is not its own.
    if isTold {
      for index in 0..<count {
        unsafe context.pointee.streams[index]?.pointee.duration = cff_no_pts()
      }
    }
    guard code < 0 || watchdog.shouldStop else { return }
    unsafe Self.close(context)
    throw failure(code, io, detail: "the streams cannot be read")
  }

  /// What the container tells of each stream's colours, which is taken from the stream but for the range.
  ///
  /// What is found then are the pictures' own words, which come first. FFmpeg up to 7 lets them replace the
  /// container's, FFmpeg 9 does not.
  private static func takeColors(
    _ context: UnsafeMutablePointer<AVFormatContext>
  ) -> [ColorDescription] {
    (0..<(unsafe Int(context.pointee.nb_streams))).map { index in
      guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar else {
        return ColorDescription()
      }
      let told = unsafe ColorDescription(parameters.pointee)
      // The range decides on the pixel format.
      unsafe ColorDescription(range: told.range).write(to: parameters)
      return told
    }
  }

  /// Keeps the container's colours if the codec header says "unspecified", which FFmpeg would take as
  /// a value.
  private static func fill(
    _ told: [ColorDescription], in context: UnsafeMutablePointer<AVFormatContext>
  ) {
    for (index, color) in told.enumerated() {
      guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar else {
        continue
      }
      unsafe ColorDescription(parameters.pointee).filled(from: color).write(to: parameters)
    }
  }

  /// Why FFmpeg could not open the container.
  private func failure(
    _ code: Int32, _ io: borrowing InputIO, detail: String
  ) -> MediaError {
    do throws(MediaError) {
      try watchdog.check(.open, file: name)
      try io.check(.open)
    } catch {
      return error
    }
    if code == cff_error_no_memory() { return limits.noMemory(.open, file: name) }
    return MediaError(
      .open, file: name, cause: .corrupt, detail: detail, ffmpeg: code,
      advice: "The file is damaged or incomplete; record the clip again.")
  }

  static func close(_ context: UnsafeMutablePointer<AVFormatContext>) {
    var closing: UnsafeMutablePointer<AVFormatContext>? = unsafe context
    unsafe avformat_close_input(&closing)
  }
}

/// The sizes of pictures as the container tells them: FFmpeg forgets those that it does not decode.
private struct StreamSizes {
  let sizes: [(width: Int32, height: Int32)]
  /// How many streams hold pictures.
  let videos: Int

  init(_ context: UnsafeMutablePointer<AVFormatContext>) {
    var sizes: [(width: Int32, height: Int32)] = []
    var videos = 0
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar else {
        sizes.append((0, 0))
        continue
      }
      unsafe sizes.append((parameters.pointee.width, parameters.pointee.height))
      if unsafe parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO { videos += 1 }
    }
    (self.sizes, self.videos) = (sizes, videos)
  }

  func restore(in context: UnsafeMutablePointer<AVFormatContext>) {
    for (index, size) in sizes.enumerated() {
      guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar,
        unsafe parameters.pointee.width == 0, size.width > 0
      else { continue }
      unsafe parameters.pointee.width = size.width
      unsafe parameters.pointee.height = size.height
    }
  }
}
