/// Reads what a container claims, before FFmpeg allocates for it.
enum ContainerScan {
  /// Throws at the first claim beyond a limit, and for content that is encrypted.
  ///
  /// - Parameter demuxer: the one that will read it.
  static func run(
    _ input: MediaInput, _ demuxer: DemuxerKind, limits: InputLimits
  ) throws(MediaError) {
    let tally = HeaderTally(limits: limits, file: input.name)
    switch demuxer {
    case .isoBaseMedia:
      var scan = MP4Scan(input, tally)
      try scan.run()
      if !scan.hasIndex, let kind = ImageKind(input.prefix(ImageKind.prefixLength)) {
        throw kind.refusedAsClip(input.name)
      }
    case .matroska:
      var scan = MatroskaScan(input, tally)
      try scan.run()
    case .avi:
      var scan = AVIScan(input, tally)
      try scan.run()
    case .flv, .liveFLV:
      var scan = FLVScan(input, tally)
      try scan.run()
    case .asf:
      var scan = ASFScan(input, tally)
      try scan.run()
    case .transportStream: try TransportStreamScan(input, tally).run()
    case .programStream, .jpeg, .png: break
    }
  }
}
