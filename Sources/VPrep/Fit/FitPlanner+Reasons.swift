internal import MediaIO
internal import Services

/// What speaks against a clip as it is, in sentences.
extension FitPlanner {
  /// Why the clip cannot stay as it is, the window aside; the size comes first.
  var reasons: [String] {
    var reasons: [String] = []
    if isTooLarge { reasons.append("\(clip.byteCount) bytes are more than the limit of \(limit)") }
    let container = clip.container.rawValue
    if let accepted = limits.acceptedContainers, !accepted.contains(container) {
      let names = accepted.map { $0.uppercased() }.joined(separator: ", ")
      reasons.append("the container \(container) is not accepted (\(names))")
    }
    for codec in [unsafeVideo, unsafeAudio].compactMap({ $0 }) {
      reasons.append("the codec \(codec) is not known to be accepted")
    }
    if clip.isDamaged {
      reasons.append("the clip is damaged; what can be decoded is kept")
    } else if clip.isDecoded, !clip.decodesCleanly {
      reasons.append("the clip does not decode without errors; what can be decoded is kept")
    }
    if clip.picturesGoBack { reasons.append("its video timestamps go back") }
    if clip.audioGoesBack { reasons.append("its audio timestamps go back") }
    if clip.hasCorrectedTimes { reasons.append("some of its timestamps are wrong") }
    if clip.hasClockJumps { reasons.append("its clock restarts inside the clip") }
    if pictureFitsMP4, audioFitsMP4 { reasons += headerReasons }
    // What somebody cut off at the end is not to be sent, however well the clip may stay as it is.
    if !keepsMetadata, clip.packets.hidesEnd, copiesPictures, audioFitsMP4 {
      reasons.append(Self.hiddenPictures)
    }
    if !keepsMetadata, !clip.metadata.isEmpty {
      reasons.append("data that may identify people are left out: \(clip.metadata.text)")
    }
    return reasons
  }

  /// What speaks against copying a stream, where the clip cannot stay as it is.
  var changes: [String] {
    var reasons: [String] = []
    if clip.contents.videoChanges {
      reasons.append("the video changes its format inside the clip")
    }
    if clip.contents.audioChanges { reasons.append("the audio changes its format inside the clip") }
    if clip.packets.hidesPictures { reasons.append(Self.hiddenPictures) }
    return reasons
  }

  private static let hiddenPictures = "frames that an edit list hides are left out"

  /// Faults that a remux repairs; no reason to encode.
  private var headerReasons: [String] {
    var reasons: [String] = []
    if clip.hasTrailingIndex { reasons.append("the index comes after the media data") }
    if clip.durationSource == .content {
      reasons.append("the header's duration is missing or wrong")
    }
    return reasons
  }
}
