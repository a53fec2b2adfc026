/// What the container and the codec parameters say about the video stream.
package struct VideoStreamInfo: Sendable, Equatable {
  package let index: Int
  /// FFmpeg's codec name, such as `h264`.
  package let codec: String
  /// Coded size in pixels, before rotation and sample aspect.
  package let width: Int
  package let height: Int
  package let sampleAspect: Rational
  package let orientation: Orientation
  /// FFmpeg's pixel format name; empty when the header does not tell.
  package let pixelFormat: String
  package let transfer: TransferCharacteristic
  /// FFmpeg's name of the transfer characteristic, `unknown` when it is not tagged.
  package let transferName: String
  package let timeBase: Rational
  package let averageFrameRate: Rational
  /// The lowest rate with which all timestamps can be written.
  package let nominalFrameRate: Rational
  /// Seconds; `nil` when the header has none.
  package let headerDuration: Double?
  /// Frames as the header counts them, 0 when it does not.
  package let headerFrames: Int
  package let isInterlaced: Bool

  /// Size as a viewer sees it: square pixels, then turned upright.
  package var displaySize: (width: Int, height: Int) {
    let ratio = sampleAspect.value
    let wide = ratio > 0 ? Int(saturating: (Double(width) * ratio).rounded()) : width
    let squareWidth = max(1, wide)
    return orientation.swapsAxes ? (height, squareWidth) : (squareWidth, height)
  }
}

/// What the container and the codec parameters say about the sound track.
package struct AudioStreamInfo: Sendable, Equatable {
  package let index: Int
  /// FFmpeg's codec name, such as `aac`.
  package let codec: String
  /// Samples a second.
  package let sampleRate: Int
  package let channels: Int
  package let timeBase: Rational
  /// Seconds; `nil` when the header has none.
  package let headerDuration: Double?
}

/// A stream that is neither the video nor the sound track that is judged.
package struct OtherStreamInfo: Sendable, Equatable {
  package let index: Int
  /// `video`, `audio`, `data`, `subtitle` or `attachment`.
  package let kind: String
  package let codec: String
}

/// How code values map to light; only the curves that change how a clip is judged have a case.
package enum TransferCharacteristic: Sendable, Equatable {
  /// BT.709-like or untagged: standard dynamic range.
  case standard
  /// SMPTE ST 2084, used by HDR10.
  case pq
  /// ARIB STD-B67, hybrid log-gamma.
  case hlg

  package var isHDR: Bool { self != .standard }
}
