internal import CFFmpeg

/// What a container's index says about the video's packets before any of them is read.
package struct VideoIndex: Sendable, Equatable {
  /// Times of decoding in seconds of the stream's clock, in the order of decoding.
  package let times: [Double]
  /// Positions of the key frames in `times`, ascending; the first is 0.
  package let keys: [Int]

  package init(times: [Double], keys: [Int]) {
    self.times = times
    self.keys = keys
  }
}

extension Demuxer {
  /// The video's index; `nil` where the container has none that is known to be whole.
  ///
  /// Only MP4 and its relatives carry every packet in their header, and only when they are not
  /// fragmented: the count of the sample table then is that of the index. FFmpeg lists sync samples
  /// as key frames, which decode on their own (ISO/IEC 14496-12, 8.6.2).
  package var videoIndex: VideoIndex? {
    guard container.isISOBaseMedia, let video, video.headerFrames > 0 else {
      return nil
    }
    let stream = unsafe stream(video.index)
    let count = unsafe Int(avformat_index_get_entries_count(stream))
    guard count == video.headerFrames else { return nil }
    var times: [Double] = []
    var keys: [Int] = []
    times.reserveCapacity(count)
    for position in 0..<count {
      guard let entry = unsafe avformat_index_get_entry(stream, Int32(position)) else { return nil }
      // What an edit list hides is decoded but not shown: such clips are read packet by packet.
      guard unsafe entry.pointee.flags & AVINDEX_DISCARD_FRAME == 0 else { return nil }
      if unsafe entry.pointee.flags & AVINDEX_KEYFRAME != 0 { keys.append(position) }
      guard let time = unsafe Ticks(entry.pointee.timestamp, in: video.timeBase) else { return nil }
      times.append(time.seconds(video.timeBase))
    }
    guard keys.first == 0 else { return nil }
    return VideoIndex(times: times, keys: keys)
  }
}

/// A packet as an index lists it.
package struct IndexedPacket: Sendable, Equatable {
  /// Presentation time in ticks of the stream.
  package let time: Ticks
  /// Where its bytes are in the file.
  package let position: Int
  package let byteCount: Int
  package let isKey: Bool
}

extension Demuxer {
  /// The packets of stream `index`, read from a complete header.
  ///
  /// `nil` if the header does not say when they are shown, or places them outside the file.
  ///
  /// - Parameter includingHidden: includes packets that an edit list hides, such as priming samples,
  ///   instead of returning `nil`.
  package func indexedPackets(
    of index: Int, includingHidden: Bool = false
  ) -> [IndexedPacket]? {
    let stream = unsafe stream(index)
    // With B-frames the index has the times of decoding alone.
    guard isTrusted, unsafe stream.pointee.codecpar.pointee.video_delay == 0 else { return nil }
    let count = unsafe Int(avformat_index_get_entries_count(stream))
    guard unsafe count == Int(stream.pointee.nb_frames) else { return nil }
    let timeBase = unsafe Rational(stream.pointee.time_base)
    var packets: [IndexedPacket] = []
    packets.reserveCapacity(count)
    for position in 0..<count {
      guard let entry = unsafe avformat_index_get_entry(stream, Int32(position)),
        unsafe includingHidden || entry.pointee.flags & AVINDEX_DISCARD_FRAME == 0,
        unsafe entry.pointee.pos >= 0, unsafe entry.pointee.size >= 0,
        let time = unsafe Ticks(entry.pointee.timestamp, in: timeBase)
      else { return nil }
      let packet = unsafe IndexedPacket(
        time: time, position: Int(entry.pointee.pos),
        byteCount: Int(entry.pointee.size), isKey: entry.pointee.flags & AVINDEX_KEYFRAME != 0)
      let (end, overflow) = packet.position.addingReportingOverflow(packet.byteCount)
      guard !overflow, end <= byteCount else { return nil }
      packets.append(packet)
    }
    return packets
  }
}
